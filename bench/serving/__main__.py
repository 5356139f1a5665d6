"""`python -m bench.serving [--customers 2000]`: five questions over HTTP, bare, and by `@neo4j/graphql`.

All sides answer about the same scored company on the same engine, in turn. What is started listens on
loopback and ends with the run; npm installs `@neo4j/graphql` into a cache folder outside the tree.
"""

import shutil
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from bench.company import simulated
from bench.engines import EngineName, usable
from bench.machine import machine_facts
from bench.report import Result, Table, show_and_keep
from bench.serve import scored
from bench.serving.library import missing
from bench.serving.measure import WARM_UP, Effort, measure_serving, tables

SIDES = (
    "bare: one record as hand-written Cypher (bench/bare/serving_*.cypher) by the official driver, in "
    "autocommit, without rules of who sees what. relgraph: `relgraph serve`, one worker, a bearer token of "
    "the role reader; statements carry the rules of rows and facts.",
    "@neo4j/graphql 7.6.3 in its best variant: Node's own HTTP server, documents parsed once, autocommit, "
    "sockets with TCP_NODELAY (the JavaScript driver leaves Nagle's delay on; the bench patches it). It has "
    "neither tokens nor rules here, and it speaks to Neo4j only. When tickets were opened is left out of its "
    "profile: it reads moments by a function of APOC, which a bare Neo4j lacks.",
    "processor: of the engine and of whoever asks it (the bare client with what it decodes; either server), "
    "the mean of a call, as Linux's scheduler counts it: steadier than times where others compute too.",
    "same as bare: answers that hold the same ids. Ours keep to rules that the others do not know, such as "
    "people who left, employees who are not active, and ties that fade.",
)
CROWD = (
    "Clients, servers and engine share the cores. Bare clients decode what they read (threads, and tasks of "
    "one loop); the clients of both servers read the whole answer and do not decode it.",
)


def main(
    customers: Annotated[int, typer.Option(min=200, help="Size of the company.")] = 2_000,
    company: Annotated[
        Path | None, typer.Option(help="A backup of a scored company, instead of making one.")
    ] = None,
    engines: Annotated[str, typer.Option(help="Comma-separated.")] = "neo4j,embedded",
    calls: Annotated[int, typer.Option(min=20, help="Calls per question and side.")] = 200,
    rounds: Annotated[int, typer.Option(min=1, help="Rounds of crowds.")] = 2,
    seconds: Annotated[float, typer.Option(min=0.5, help="How long a crowd asks.")] = 2.0,
    out: Annotated[Path, typer.Option(help="Folder for the results.")] = Path("bench/results"),
) -> None:
    """Measure, print the tables and keep them."""
    effort = Effort(calls, rounds, seconds)
    folder = Path(tempfile.mkdtemp(prefix="relgraph-serving-"))
    try:
        names = _usable(engines)
        facts = machine_facts()
        backup = company or scored(simulated(customers, folder / "exports"), folder)
        found: list[Table] = []
        for name in names:
            beside = name == "neo4j" and _has_library()
            held, run = measure_serving(name, backup, folder, effort, library=beside)
            found += tables(name, held, run, effort)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    found[0] = _noted(found[0], (f"{calls} calls each after {WARM_UP} to warm up, sides in turn.", *SIDES))
    found[1] = _noted(found[1], CROWD)
    words = " ".join(sys.argv[1:])
    command = f"python -m bench.serving {words}".strip()
    result = Result("serving", command, datetime.now(UTC), facts, found)
    show_and_keep(result, out)


def _usable(engines: str) -> list[EngineName]:
    """The engines of `--engines` that can be started here; a line for each other."""
    names, left_out = usable(engines, ("neo4j", "embedded"))
    for line in left_out:
        typer.echo(line, err=True)
    if not names:
        raise typer.BadParameter(f"--engines {engines}: none of these can be measured here")
    return names


def _has_library() -> bool:
    reason = missing()
    if reason:
        typer.echo(f"@neo4j/graphql is left out: {reason}", err=True)
    return reason is None


def _noted(table: Table, notes: tuple[str, ...]) -> Table:
    return Table(table.title, table.columns, table.rows, notes)


if __name__ == "__main__":
    typer.run(main)
