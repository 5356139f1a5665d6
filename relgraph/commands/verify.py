"""`relgraph verify`: exports against the graph."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from relgraph.console import Json, emit, out, step
from relgraph.moment import Now

if TYPE_CHECKING:
    from ingest.verify import Verified


def register(app: typer.Typer) -> None:

    @app.command()
    def verify(
        path: Annotated[
            Path, typer.Argument(metavar="PATH", help="Folder (or file) with the newest exports.")
        ],
        mapping: Annotated[
            Path, typer.Option("--mapping", "-m", metavar="FILE", help="The mapping that loaded them.")
        ],
        now: Now = None,
        as_json: Json = False,
    ) -> None:
        """Compare exports with the graph.

        Compares rows, keys, sums, and what the reports say that their rows add up to.

        Exit code 1 where something differs. Nothing is written.
        """
        found = compare(path, mapping, now)
        emit(found.as_dict(), as_json=as_json, render=_render)
        if not found.equal:
            raise typer.Exit(1)


def compare(path: Path, mapping: Path, now: str | None) -> "Verified":
    """The exports against the configured engine."""
    from datetime import UTC, datetime

    from ingest.look import verify as against_graph
    from ingest.mapping.read import read_mapping
    from relgraph.engine import opened
    from relgraph.memory import duckdb_limits
    from relgraph.settings import Settings

    settings = Settings().at(now)
    with opened(settings) as store:
        return against_graph(
            store, read_mapping(mapping), path, settings.home, datetime.now(UTC),
            fixed=settings.now, step=step, limits=duckdb_limits(settings),
        )  # fmt: skip


def _render(found: dict[str, Any]) -> None:
    for check in found["checks"]:
        sign = "=" if check["equal"] else "≠"
        out.print(f"{check['what']}: {check['source']:,.10g} {sign} {check['found']:,.10g}", markup=False)
        for sample in check["samples"]:
            out.print(f"    {sample}", markup=False)
    out.print("all agree" if found["equal"] else "the exports and the graph differ")
