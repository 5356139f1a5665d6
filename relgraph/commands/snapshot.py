"""`relgraph snapshot`: what was known at a moment, as a folder of tables."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from graph.private import kept_key
from relgraph.console import Json, emit, out, step
from relgraph.moment import moment

if TYPE_CHECKING:
    from gnn.snapshot.tables import Log

KEY = "snapshot.key"
"""The file of a home whose bytes key its pseudonyms."""
AsOf = Annotated[
    str | None,
    typer.Option("--as-of", metavar="DATE", help="A past day or moment (default: the company's now)."),
]


KeepNames = Annotated[
    bool, typer.Option("--keep-names", help="Ids and names as they are, where that is permitted.")
]


def register(app: typer.Typer) -> None:

    @app.command()
    def snapshot(
        folder: Annotated[
            Path,
            typer.Argument(metavar="FOLDER", help="Where to write it; files of a snapshot are replaced."),
        ],
        as_of: AsOf = None,
        keep_names: KeepNames = False,
        as_json: Json = False,
    ) -> None:
        """Write what was known at a moment as Parquet tables.

        Ids and names of companies, people and records are replaced by pseudonyms, keyed by the home, unless
        they are to be kept; a snapshot has no mail addresses, phone numbers or texts.

        `relgraph.open(FOLDER)` reads it in Python, without an engine.
        """
        emit(taken(folder, as_of, keep_names=keep_names), as_json=as_json, render=_render)


def taken(folder: Path, as_of: str | None, *, keep_names: bool) -> dict[str, Any]:
    """Take the snapshot of the settings' graph; returns the report. Raises AsOfAfterNow."""
    from gnn.snapshot.known import known_log
    from relgraph.engine import opened
    from relgraph.memory import duckdb_limits
    from relgraph.settings import Settings

    settings = Settings()
    with opened(settings) as store:
        step("reading the graph")
        log, now = known_log(store, settings.now, settings.home, duckdb_limits(settings))
    return kept(log, now, folder, as_of, None if keep_names else settings.home)


def kept(log: "Log", now: datetime, folder: Path, as_of: str | None, home: Path | None) -> dict[str, Any]:
    """Write the snapshot; returns the report. home: of the key of pseudonyms, without it names are kept.

    Raises AsOfAfterNow.
    """
    from gnn.snapshot.folder import keep
    from gnn.snapshot.known import JUST_AFTER
    from graph.clock import reading_moment

    asked = reading_moment(None if as_of is None else moment(as_of, "--as-of"), now)
    made = keep(log, asked + JUST_AFTER, folder, None if home is None else kept_key(home / KEY))
    return {
        "folder": str(folder),
        "as_of": asked.isoformat(),
        "content_hash": made.content_hash,
        "pseudonymised": home is not None,
        "rows": {name: len(frame) for name, frame in made.log.tables.items()},
    }


def _render(report: dict[str, Any]) -> None:
    out.print(f"{report['folder']}: as of {report['as_of']}, content {report['content_hash'][:16]}")
    if report["pseudonymised"]:
        out.print("ids and names of companies, people and records are pseudonyms; --keep-names keeps them")
    for name, rows in report["rows"].items():
        out.print(f"  {rows:>10,} {name}")
