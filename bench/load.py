"""Load rate: `relgraph ingest`, beside the bare driver writing the very same nodes and relationships."""

import time
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from bench.bare import BareGraph, read_graph, write_graph
from bench.company import Exports
from bench.engines import Bed, EngineName, bed
from bench.report import Table


@dataclass(slots=True)
class Rounds:
    """Seconds of each side, round by round, for the same items."""

    items: int = 0
    ingest: list[float] = field(default_factory=list)
    bare: list[float] = field(default_factory=list)


def measure_load(engines: list[EngineName], exports: Exports, rounds: int, folder: Path) -> Table:
    """Both sides on each engine, alternating, each on a fresh engine."""
    rows = [_row(name, _engine_rounds(name, exports, rounds, folder / name)) for name in engines]
    return Table(
        title=f"Load, {exports.customers:,} customers",
        columns=("engine", "items", "ingest s", "items/s", "bare s", "bare items/s", "ingest / bare"),
        rows=rows,
        notes=(
            f"Median of {rounds} round(s), sides alternating, each on a fresh engine that runs already.",
            "Items: nodes and relationships in the graph after the load. Ingest: the whole command, from the "
            "start of its process through reading, staging and checking to the report.",
            "Bare: the official driver, UNWIND and MERGE of the same items by 10,000, rows in memory.",
        ),
    )


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


def _ingest(engine: Bed, exports: Exports) -> float:
    began = time.perf_counter()
    engine.relgraph("ingest", str(exports.path), "--mapping", str(exports.mapping))
    return time.perf_counter() - began


def _read(engine: Bed) -> BareGraph:
    with engine.driver() as driver:
        return read_graph(driver, engine.config.database)


def _write(engine: Bed, graph: BareGraph) -> float:
    """Seconds of the bare side; refuses to report a load that lost something."""
    with engine.driver() as driver:
        seconds = write_graph(driver, engine.config.database, graph)
        written = read_graph(driver, engine.config.database).counts
    if written != graph.counts:
        raise RuntimeError(f"the bare load wrote {written} nodes and relationships, not {graph.counts}")
    return seconds


def _row(name: EngineName, measured: Rounds) -> tuple[str | int | float, ...]:
    ingest, bare = median(measured.ingest), median(measured.bare)
    rates = (ingest, round(measured.items / ingest), bare, round(measured.items / bare))
    return (name, measured.items, *rates, f"{bare / ingest:.0%}")
