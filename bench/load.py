"""Load rate: `relgraph ingest`, beside the bare driver writing the very same nodes and relationships."""

import os
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from bench.bare import BareGraph, read_graph, write_graph
from bench.company import Exports
from bench.engines import Bed, EngineName, bed
from bench.report import Cell, Table
from bench.scale.process import cpu_seconds


@dataclass(frozen=True, slots=True)
class Spent:
    """Wall seconds of one side in one round; processor seconds of the client and of the engine."""

    seconds: float
    client_cpu: float
    engine_cpu: float


@dataclass(slots=True)
class Rounds:
    """What each side spent, round by round, for the same items."""

    items: int = 0
    ingest: list[Spent] = field(default_factory=list)
    bare: list[Spent] = field(default_factory=list)


def measure_load(engines: list[EngineName], exports: Exports, rounds: int, folder: Path) -> list[Table]:
    """Both sides on each engine, alternating, each on a fresh engine: wall time, and processor time."""
    measured = {name: _engine_rounds(name, exports, rounds, folder / name) for name in engines}
    return [_walls(measured, exports.customers, rounds), _processors(measured)]


def _walls(measured: dict[EngineName, Rounds], customers: int, rounds: int) -> Table:
    return Table(
        title=f"Load, {customers:,} customers",
        columns=("engine", "items", "ingest s", "items/s", "bare s", "bare items/s", "bare / ingest"),
        rows=[_row(name, one) for name, one in measured.items()],
        notes=(
            f"Median of {rounds} round(s), sides alternating, each on a fresh engine that runs already.",
            "Items: nodes and relationships in the graph after the load. Ingest: the whole command, from the "
            "start of its process through reading, staging and checking to the report.",
            "Bare: the official driver, UNWIND and MERGE of the same items by 10,000, rows in memory.",
        ),
    )


def _processors(measured: dict[EngineName, Rounds]) -> Table:
    return Table(
        title="Processor seconds of the same rounds",
        columns=("engine", "ingest: command", "ingest: engine", "bare: driver", "bare: engine",
                 "bare / ingest", "of the engine alone"),
        rows=[_processor_row(name, one) for name, one in measured.items()],
        notes=("What else the machine does changes them less than wall time: by a fifth, at a load of 20.",),
    )  # fmt: skip


def _engine_rounds(name: EngineName, exports: Exports, rounds: int, folder: Path) -> Rounds:
    measured = Rounds()
    graph: BareGraph | None = None
    for number in range(rounds):
        with bed(name, folder / f"ingest-{number}") as engine:
            measured.ingest.append(_ingest(engine, exports))
            graph = graph or _read(engine)
        measured.items = graph.items
        with bed(name, folder / f"bare-{number}") as engine:
            measured.bare.append(_write(engine, graph))
    return measured


def _ingest(engine: Bed, exports: Exports) -> Spent:
    words = ("ingest", str(exports.path), "--mapping", str(exports.mapping))
    return _spent(engine.pid, lambda: engine.relgraph(*words))


def _spent(pid: int, work: Callable[[], object]) -> Spent:
    began, own, worked = time.perf_counter(), _own_cpu(), cpu_seconds(pid)
    work()
    return Spent(time.perf_counter() - began, _own_cpu() - own, cpu_seconds(pid) - worked)


def _own_cpu() -> float:
    """Processor seconds of this process and of the commands that it ran to their end."""
    return sum(os.times()[:4])


def _read(engine: Bed) -> BareGraph:
    with engine.driver() as driver:
        return read_graph(driver, engine.config.database)


def _write(engine: Bed, graph: BareGraph) -> Spent:
    """What the bare side spent; refuses to report a load that lost something."""
    with engine.driver() as driver:
        spent = _spent(engine.pid, lambda: write_graph(driver, engine.config.database, graph))
        written = read_graph(driver, engine.config.database).counts
    if written != graph.counts:
        raise RuntimeError(f"the bare load wrote {written} nodes and relationships, not {graph.counts}")
    return spent


def _row(name: EngineName, measured: Rounds) -> tuple[Cell, ...]:
    ingest, bare = (median(one.seconds for one in side) for side in (measured.ingest, measured.bare))
    rates = (ingest, round(measured.items / ingest), bare, round(measured.items / bare))
    return (name, measured.items, *rates, f"{bare / ingest:.0%}")


def _processor_row(name: EngineName, measured: Rounds) -> tuple[Cell, ...]:
    sides = (measured.ingest, measured.bare)
    clients = [median(one.client_cpu for one in side) for side in sides]
    engines = [median(one.engine_cpu for one in side) for side in sides]
    (ingest, bare), (of_ingest, of_bare) = clients, engines
    share = (bare + of_bare) / (ingest + of_ingest)
    return (name, ingest, of_ingest, bare, of_bare, f"{share:.0%}", f"{of_bare / of_ingest:.0%}")
