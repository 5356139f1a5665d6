"""`relgraph backup FILE` and `relgraph restore FILE`: the whole graph as one engine-neutral file."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from relgraph.console import Json, emit, out
from relgraph.settings import Settings

File = Annotated[Path, typer.Argument(metavar="FILE", help="The backup file (a ZIP of Parquet tables).")]


def register(app: typer.Typer) -> None:

    @app.command()
    def backup(file: File, as_json: Json = False) -> None:
        """Write the whole graph to a file; nothing else may write meanwhile."""
        from graph.backup import backup as run
        from relgraph.engine import opened

        with opened(Settings()) as store:
            manifest = run(store, file, datetime.now(UTC))
        emit(_report(file, manifest), as_json=as_json, render=_render)

    @app.command()
    def restore(file: File, as_json: Json = False) -> None:
        """Fill an empty graph from a backup, on either engine."""
        from graph.backup import restore as run
        from graph.store import open_store
        from relgraph.engine import engine_config

        with open_store(engine_config(Settings())) as store:
            manifest = run(store, file, datetime.now(UTC))
        emit(_report(file, manifest), as_json=as_json, render=_render)


def _report(file: Path, manifest: Any) -> dict[str, Any]:
    tables = manifest.tables
    return {
        "file": str(file),
        "taken_at": manifest.taken_at.isoformat(),
        "nodes": sum(table.rows for table in tables if table.kind == "node"),
        "relationships": sum(table.rows for table in tables if table.kind != "node"),
        "tables": {table.file: {"rows": table.rows, "sha256": table.sha256} for table in tables},
    }


def _render(report: dict[str, Any]) -> None:
    out.print(f"{report['file']}: {report['nodes']:,} nodes, {report['relationships']:,} relationships")
