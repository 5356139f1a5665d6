"""`relgraph train`: fit a task on the graph, keep the winner, let it serve."""

import importlib.util
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from gnn.tasks import find_task, task_names
from graph.errors import RelgraphError, UsageError
from relgraph.console import Json, emit, out, step

if TYPE_CHECKING:
    import pandas as pd


class LearningNotInstalled(RelgraphError):
    """The packages for learning are not there."""


TaskName = Annotated[str, typer.Argument(metavar="|".join(task_names()), help="What to learn or judge.")]
Cutoff = Annotated[
    str | None, typer.Option(metavar="DATE", help="Learn from before this date (default: all data).")
]
Horizon = Annotated[int | None, typer.Option(min=1, help="Days ahead (default: from the customers' rhythm).")]
Seed = Annotated[int, typer.Option(help="Same data and seed, same model.")]


def require_learning() -> None:
    """Raise LearningNotInstalled, with what to do, where torch and its companions are absent."""
    needed = ("torch", "torch_geometric", "sklearn", "scipy")
    missing = [name for name in needed if importlib.util.find_spec(name) is None]
    if missing:
        raise LearningNotInstalled(
            f"{', '.join(missing)} not installed; install relgraph[gnn] to train and score"
        )


def day(text: str) -> "pd.Timestamp":
    """A date such as 2025-06-30 as a timestamp; raises UsageError."""
    import pandas as pd

    try:
        return pd.Timestamp(datetime.strptime(text, "%Y-%m-%d"))  # noqa: DTZ007 - snapshots keep naive UTC
    except ValueError as error:
        raise UsageError(f"{text!r} is not a date; write it as YYYY-MM-DD") from error


def register(app: typer.Typer) -> None:

    @app.command()
    def train(
        task: TaskName,
        cutoff: Cutoff = None,
        horizon: Horizon = None,
        seed: Seed = 7,
        as_json: Json = False,
    ) -> None:
        """Train the models of a task, and let the best one serve.

        The best one is chosen on validation.

        The report names the candidates that ran, and why any did not.
        """
        require_learning()
        emit(trained(task, cutoff, horizon, seed), as_json=as_json, render=_render)


def trained(task: str, cutoff: str | None, horizon: int | None, seed: int) -> dict[str, Any]:
    """Train on the graph of the settings and promote; returns the report."""
    from gnn.snapshot.known import known_log
    from gnn.train import train as fit
    from gnn.write_back import promote
    from relgraph.engine import opened
    from relgraph.memory import duckdb_limits
    from relgraph.settings import Settings

    settings, moment, learned = Settings(), None if cutoff is None else day(cutoff), find_task(task)
    with opened(settings) as store:
        step("reading the graph")
        log, _ = known_log(store, settings.now, settings.home, duckdb_limits(settings))
        step(f"training {task}")
        done = fit(log, learned, settings.home, seed, datetime.now(UTC), moment, horizon)
        promote(store, done.node)
    config = done.artefact.config
    return {
        "task": task,
        "model_id": done.artefact.model_id,
        "selected": config.selected,
        "cutoff": config.cutoff,
        "horizon_days": config.horizon_days,
        "seed": config.seed,
        "snapshot_hash": config.snapshot_hash,
        "candidates": done.artefact.metrics["candidates"],
        "not_run": done.artefact.metrics["not_run"],
        "validation": done.artefact.metrics["validation"],
        "remarks": done.artefact.metrics["remarks"],
    }


def _render(report: dict[str, Any]) -> None:
    out.print(
        f"{report['task']}: {report['selected']} serves as {report['model_id']} "
        f"(cut-off {report['cutoff']}, horizon {report['horizon_days']} days)"
    )
    out.print(f"candidates run: {', '.join(report['candidates'])}")
    for name, reason in report["not_run"].items():
        out.print(f"  {name:22s} not run: {reason}")
    for name, value in report["validation"].items():
        out.print(f"  {name:22s} {value:.4f} on validation")
    for remark in report["remarks"]:
        out.print(f"note: {remark}")
