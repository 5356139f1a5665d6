"""`relgraph score`: today's risks, recommendations and embeddings, written to the graph."""

from datetime import UTC, datetime
from typing import Any

import typer

from relgraph.commands.train import require_learning
from relgraph.console import Json, emit, out, step
from relgraph.moment import Now


def register(app: typer.Typer) -> None:

    @app.command()
    def score(now: Now = None, as_json: Json = False) -> None:
        """Score every customer with the models that serve."""
        require_learning()
        emit(scored(now), as_json=as_json, render=_render)


def scored(now: str | None = None) -> dict[str, Any]:
    """Score the graph of the settings; returns the report."""
    from gnn.snapshot.known import known_log
    from gnn.write_back import score as write_scores
    from relgraph.engine import opened
    from relgraph.memory import duckdb_limits
    from relgraph.settings import Settings

    settings = Settings().at(now)
    with opened(settings) as store:
        step("reading the graph")
        log, as_of = known_log(store, settings.now, settings.home, duckdb_limits(settings))
        step("scoring and writing back")
        return write_scores(
            store, log, settings.home, now=datetime.now(UTC), as_of=as_of, limits=settings.offer_limits
        )


def _render(report: dict[str, Any]) -> None:
    out.print(f"as of {report['as_of']}:")
    for name in ("risk_scores", "recommendations", "embeddings", "forecasts"):
        if name in report:
            changed = report["written"].get(name, 0)
            out.print(f"  {report[name]:>8,} {name.replace('_', ' ')}, {changed:,} of them written")
