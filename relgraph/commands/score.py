"""`relgraph score`: today's risks, recommendations and embeddings, written to the graph."""

from datetime import UTC, datetime
from typing import Any

import typer

from relgraph.commands.train import require_learning
from relgraph.console import Json, emit, out, step


def register(app: typer.Typer) -> None:

    @app.command()
    def score(as_json: Json = False) -> None:
        """Score every customer as of the newest data with the models that serve."""
        require_learning()
        emit(scored(), as_json=as_json, render=_render)


def scored() -> dict[str, Any]:
    """Score the graph of the settings; returns the report."""
    from gnn.snapshot import read_log
    from gnn.write_back import score as write_scores
    from relgraph.engine import opened
    from relgraph.settings import Settings

    settings = Settings()
    with opened(settings) as store:
        step("reading the graph")
        log = read_log(store)
        step("scoring and writing back")
        return write_scores(store, log, settings.home, datetime.now(UTC))


def _render(report: dict[str, Any]) -> None:
    out.print(f"as of {report['as_of']}:")
    for name in ("risk_scores", "recommendations", "embeddings"):
        if name in report:
            out.print(f"  {report[name]:>8,} {name.replace('_', ' ')}")
