"""The table of the scale bench: what each step costs at each size, and how that compares with linear."""

from collections.abc import Mapping, Sequence

from bench.report import Cell, Table
from bench.scale.state import Measured

MIB = 1024**2


def scale_table(engine: str, measured: Mapping[int, Sequence[Measured]]) -> Table:
    """A row per size and step; `measured` has the steps of each size, in the order done."""
    largest_first = sorted(measured.items(), reverse=True)
    smallest = {one.step: (size, one) for size, done in largest_first for one in done}
    rows = [_row(size, one, *smallest[one.step]) for size, done in measured.items() for one in done]
    return Table(
        title=f"Scale, {engine}",
        columns=("customers", "step", "seconds", "items", "command CPU s", "engine CPU s", "factor / linear",
                 "CPU factor / linear", "command peak MiB", "engine peak MiB"),
        rows=rows,
        notes=(
            "Each step is the documented command as a process of its own, its start included. Load: as of a "
            "week before the end of the history; week: what is new or has changed in that last week.",
            "Items: nodes and relationships in the graph after the step. Factor / linear: seconds over those "
            "of the smallest size, divided by the growth in customers: 1 is linear, less is better. "
            "Processor time (command and engine together) says the same where other work ran beside it.",
            "Peaks: VmHWM of the command's process and of the engine's, the latter anew for each step.",
        ),
    )  # fmt: skip


def _row(size: int, one: Measured, least: int, first: Measured) -> tuple[Cell, ...]:
    growth = size / least
    spent = (one.seconds, one.items, one.command_cpu, one.engine_cpu)
    factors = (one.seconds / first.seconds / growth, _cpu(one) / _cpu(first) / growth)
    return (size, one.step, *spent, *factors, round(one.command_peak / MIB), round(one.engine_peak / MIB))


def _cpu(one: Measured) -> float:
    return one.command_cpu + one.engine_cpu
