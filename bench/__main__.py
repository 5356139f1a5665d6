"""`python -m bench [load] [serve] [demo] [quality] [control] [reads] [scale]`: `bench/results/`."""

import shutil
import sys
import tempfile
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated, NamedTuple

import typer

from bench.company import simulated
from bench.demo import measure_demo
from bench.engines import EngineName, usable
from bench.load import measure_load
from bench.machine import machine_facts
from bench.quality import measure_quality
from bench.reads import measure_reads
from bench.report import Result, Table, show_and_keep
from bench.scale import measure_scale
from bench.serve import measure_serve, scored


class Bench(StrEnum):
    """What can be measured."""

    LOAD = "load"
    SERVE = "serve"
    DEMO = "demo"
    QUALITY = "quality"
    CONTROL = "control"
    """As quality, on companies without relational effects: there a graph must add about nothing."""
    READS = "reads"
    """Pages and warm paths; 10,000 customers unless said."""
    SCALE = "scale"
    """Every step at several sizes, hours at the larger ones; only where it is named."""


class Repeat(NamedTuple):
    """How often: rounds of the load bench, companies (seeds) of the quality bench and of its control."""

    rounds: int
    seeds: int


def main(  # noqa: PLR0913, PLR0917 - one parameter per option
    benches: Annotated[
        list[Bench] | None, typer.Argument(help="Which; all but scale when none is named.")
    ] = None,
    customers: Annotated[
        int | None,
        typer.Option(min=200, help="Size of the company; unless said 2,000, and 20,000 for serve."),
    ] = None,
    company: Annotated[
        Path | None, typer.Option(help="For serve: a backup of a scored company, instead of making one.")
    ] = None,
    engines: Annotated[str, typer.Option(help="Comma-separated.")] = "embedded,neo4j",
    rounds: Annotated[int, typer.Option(min=1, help="Rounds of the load bench.")] = 2,
    calls: Annotated[int, typer.Option(min=20, help="Calls per question of the serve bench.")] = 500,
    seeds: Annotated[int, typer.Option(min=1, help="Companies of quality and control: seeds 1, 2, ….")] = 5,
    sizes: Annotated[str, typer.Option(help="Customers for scale, comma-separated.")] = "2000,10000",
    work: Annotated[
        Path, typer.Option(help="For scale: where homes stand, and what is measured; run again, it goes on.")
    ] = Path(".scale"),
    out: Annotated[Path, typer.Option(help="Folder for the results.")] = Path("bench/results"),
) -> None:
    """Measure side by side, each bench on engines of its own; whatever it started ends with it."""
    names, left_out = usable(engines)
    for line in left_out:
        typer.echo(line, err=True)
    folder = Path(tempfile.mkdtemp(prefix="relgraph-bench-"))
    try:
        for bench in benches or [bench for bench in Bench if bench is not Bench.SCALE]:
            if bench is Bench.SCALE:
                tables = measure_scale(names, _sizes(sizes), work, lambda line: typer.echo(line, err=True))
            elif bench is Bench.READS:
                tables = [measure_reads(names, customers or 10_000, calls, folder / bench)]
            elif bench is Bench.SERVE:
                tables = [_serve(names, company, customers or 20_000, calls, folder / bench)]
            else:
                tables = _measure(bench, names, customers or 2_000, Repeat(rounds, seeds), folder / bench)
            _report(bench, tables, out)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _sizes(text: str) -> list[int]:
    """The sizes of `--sizes`, smallest first."""
    try:
        return sorted({int(word) for word in text.split(",")})
    except ValueError as error:
        raise typer.BadParameter(f"--sizes {text}: write numbers, such as 2000,10000") from error


def _measure(bench: Bench, names: list[EngineName], size: int, repeat: Repeat, folder: Path) -> list[Table]:
    if bench is Bench.DEMO:
        return [measure_demo(folder / "home", size)]
    if bench in (Bench.QUALITY, Bench.CONTROL):
        return measure_quality(size, repeat.seeds, folder, relational=bench is Bench.QUALITY)
    return measure_load(names, simulated(size, folder / "exports"), repeat.rounds, folder)


def _serve(names: list[EngineName], company: Path | None, size: int, calls: int, folder: Path) -> Table:
    backup = company or scored(simulated(size, folder / "exports"), folder)
    return measure_serve(names, backup, calls, folder)


def _report(bench: Bench, tables: list[Table], out: Path) -> None:
    words = " ".join(sys.argv[1:]) or bench.value
    command = f'make bench ARGS="{words}"'
    result = Result(bench.value, command, datetime.now(UTC), machine_facts(), tables)
    show_and_keep(result, out)


if __name__ == "__main__":
    typer.run(main)
