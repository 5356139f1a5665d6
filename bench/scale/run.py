"""Every step at every size, kept as it is done; what a stopped run has measured is not measured again."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

from bench.engines import EngineName
from bench.report import Table
from bench.scale.engine import Running, running
from bench.scale.process import cpu_seconds, forget_peak, peak, relgraph
from bench.scale.state import Measured, State, read, resumed, write
from bench.scale.steps import Step, steps
from bench.scale.table import scale_table


def measure_scale(
    engines: list[EngineName], sizes: list[int], folder: Path, say: Callable[[str], None]
) -> list[Table]:
    """Measure what is not measured yet under `folder`; a table per engine. Raises CommandFailed.

    `say` is given a line per step.
    """
    for name in engines:
        for size in sizes:
            _measure_size(name, size, folder / f"{name}-{size}", say)
    return [
        scale_table(name, {size: read(folder / f"{name}-{size}").done for size in sizes}) for name in engines
    ]


def _measure_size(name: EngineName, size: int, folder: Path, say: Callable[[str], None]) -> None:
    plan = steps(size, folder)
    state = resumed(folder, plan)
    if all(state.of(step) for step in plan):
        return
    with running(name, folder) as engine:
        for step in plan:
            if state.of(step) is None:
                write(folder, state.begun(step))
                state = _measured(engine, step, state, folder)
                write(folder, state)
                say(f"{name}, {size:,} customers, {step.name}: {state.done[-1].seconds:.1f} s")


def _measured(engine: Running, step: Step, state: State, folder: Path) -> State:
    if step.words[0] == "simulate":
        _clear(Path(step.words[-1]))
    forget_peak(engine.pid)
    worked = cpu_seconds(engine.pid)
    spent = relgraph(step.words, engine.environment, folder)
    worked, engine_peak = cpu_seconds(engine.pid) - worked, peak(engine.pid)
    items = _items(engine, folder)
    return state.ended(
        Measured(step.name, spent.seconds, items, spent.cpu_seconds, worked, spent.peak_bytes, engine_peak)
    )


def _clear(exports: Path) -> None:
    """Remove what a stopped simulation left."""
    for half in (exports, exports.with_name(f"{exports.name}-truth")):
        shutil.rmtree(half, ignore_errors=True)


def _items(engine: Running, folder: Path) -> int:
    """Nodes and relationships in the graph."""
    counted = json.loads(relgraph(("stats", "--json"), engine.environment, folder).output)
    return sum(int(count) for kind in ("nodes", "relationships") for count in counted[kind].values())
