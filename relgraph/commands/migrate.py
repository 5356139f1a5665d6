"""`relgraph migrate`: bring the graph's schema to this program's version."""

from dataclasses import asdict
from typing import Any

import typer

from relgraph.console import Json, emit, out
from relgraph.settings import Settings


def register(app: typer.Typer) -> None:

    @app.command()
    def migrate(as_json: Json = False) -> None:
        """Create or update constraints and indexes.

        Running it again changes nothing.
        """
        from graph.migrations import migrate as run
        from graph.store import open_store
        from relgraph.engine import engine_config

        with open_store(engine_config(Settings())) as store:
            report = run(store)
        emit(asdict(report), as_json=as_json, render=_render)


def _render(report: dict[str, Any]) -> None:
    if not report["applied"]:
        out.print(f"schema version {report['to_version']}: nothing to do")
        return
    for step in report["applied"]:
        out.print(f"applied {step}")
    out.print(f"schema version {report['from_version'] or 0} → {report['to_version']}")
