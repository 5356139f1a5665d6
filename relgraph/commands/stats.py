"""`relgraph stats`: how much of what the graph holds."""

from typing import Any

import typer
from rich.table import Table

from relgraph.console import Json, emit, out
from relgraph.settings import Settings


def register(app: typer.Typer) -> None:

    @app.command()
    def stats(as_json: Json = False) -> None:
        """Count nodes by label and relationships by type."""
        from graph.census import take
        from relgraph.engine import opened

        with opened(Settings()) as store:
            census = take(store)
        emit({"nodes": census.nodes, "relationships": census.relationships}, as_json=as_json, render=_render)


def _render(census: dict[str, Any]) -> None:
    for title, counts in census.items():
        table = Table("", "count", title=title, title_justify="left")
        for name, count in counts.items():
            table.add_row(name, f"{count:,}")
        out.print(table)
