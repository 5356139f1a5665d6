"""`relgraph snapshot`: what was known at a moment, as a folder of tables."""

from pathlib import Path
from typing import Annotated, Any

import typer

from relgraph.console import Json, emit, out, step
from relgraph.moment import moment

AsOf = Annotated[
    str | None,
    typer.Option("--as-of", metavar="DATE", help="A past day or moment (default: the company's now)."),
]


def register(app: typer.Typer) -> None:

    @app.command()
    def snapshot(
        folder: Annotated[Path, typer.Argument(help="Where to write it; files of a snapshot are replaced.")],
        as_of: AsOf = None,
        as_json: Json = False,
    ) -> None:
        """Write what was known at a moment as Parquet tables with a content hash.

        `relgraph.open(FOLDER)` reads it in Python, without an engine.
        """
        emit(taken(folder, as_of), as_json=as_json, render=_render)


def taken(folder: Path, as_of: str | None) -> dict[str, Any]:
    """Take the snapshot of the settings' graph; returns the report. Raises AsOfAfterNow."""
    from gnn.snapshot.folder import keep
    from gnn.snapshot.known import JUST_AFTER, known_log
    from graph.clock import reading_moment
    from relgraph.engine import opened
    from relgraph.memory import duckdb_limits
    from relgraph.settings import Settings

    settings = Settings()
    with opened(settings) as store:
        step("reading the graph")
        log, now = known_log(store, settings.now, settings.home, duckdb_limits(settings))
    asked = reading_moment(None if as_of is None else moment(as_of, "--as-of"), now)
    made = keep(log, asked + JUST_AFTER, folder)
    return {
        "folder": str(folder),
        "as_of": asked.isoformat(),
        "content_hash": made.content_hash,
        "rows": {name: len(frame) for name, frame in made.log.tables.items()},
    }


def _render(report: dict[str, Any]) -> None:
    out.print(f"{report['folder']}: as of {report['as_of']}, content {report['content_hash'][:16]}")
    for name, rows in report["rows"].items():
        out.print(f"  {rows:>10,} {name}")
