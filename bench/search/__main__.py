"""`python -m bench.search`: how well and how quickly misspelt names are found; `bench/results/search.md`."""

import shutil
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from bench.engines import EngineName, bed, usable
from bench.machine import machine_facts
from bench.report import Result, Table, keep, markdown
from bench.search.company import directory
from bench.search.load import count, load
from bench.search.measure import measured
from graph.search import read_index
from graph.store import open_store

COLUMNS = (
    "way", "first", "first, or alike and told", "in five",
    "p50 ms", "p95 ms", "own p95 ms", "missed, such as",
)  # fmt: skip


def main(
    sizes: Annotated[str, typer.Option(help="Customers, comma-separated.")] = "2000,20000",
    engines: Annotated[str, typer.Option(help="Comma-separated.")] = "embedded,neo4j",
    seed: Annotated[int, typer.Option(help="Of names and misspellings.")] = 1,
    out: Annotated[Path, typer.Option(help="Folder for the results.")] = Path("bench/results"),
) -> None:
    """Make companies of these sizes, misspell their names in thirteen ways, fifty of each, and search."""
    folder = Path(tempfile.mkdtemp(prefix="relgraph-bench-"))
    tables: list[Table] = []
    try:
        for name in usable(engines)[0]:
            for size in map(int, sizes.split(",")):
                tables.append(_table(name, size, seed, folder / f"{name}-{size}"))
                typer.echo(markdown(_result(tables[-1:])), err=True)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    page, data = keep(_result(tables), out)
    typer.echo(f"kept in {page} and {data}", err=True)


def _result(tables: list[Table]) -> Result:
    command = f"python -m bench.search {' '.join(sys.argv[1:])}".strip()
    return Result("search", command, datetime.now(UTC), machine_facts(), tables)


def _table(name: EngineName, size: int, seed: int, folder: Path) -> Table:
    found = directory(size, seed)
    with bed(name, folder) as engine, open_store(engine.config) as store:
        load(store, found)
        began = time.perf_counter()
        finder = read_index(store)
        took = time.perf_counter() - began
        rows = measured(store, finder, found, seed)
    megabytes = finder.base.nbytes / 1e6
    return Table(
        title=f"Search, {size:,} customers, {name}",
        columns=COLUMNS,
        rows=rows,
        notes=(
            f"{count(found):,} nodes; their index was built in {took:.0f} s and takes {megabytes:.0f} MB.",
            "Each answer is timed from the text to the hits as the viewer may see them, through the store; "
            "own: processor time of the asking process alone.",
        ),
    )


if __name__ == "__main__":
    typer.run(main)
