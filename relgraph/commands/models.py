"""`relgraph models`: which models there are, which serve, and letting another one serve."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated, Any

import typer

from gnn.tasks import find_task
from relgraph.commands.train import require_learning
from relgraph.console import Json, emit, out
from relgraph.help import command_group
from relgraph.moment import Now
from relgraph.settings import Settings

if TYPE_CHECKING:
    from graph.store import Store

TaskName = Annotated[str, typer.Argument(metavar="TASK", help="Such as churn or cross-sell.")]
TaskOption = Annotated[str | None, typer.Option("--task", metavar="TASK", help="Only of this task.")]
ModelId = Annotated[str, typer.Argument(metavar="MODEL", help="A model's id, or how it begins.")]
SHOWN = (
    "name",
    "cutoff",
    "horizon_days",
    "trained_at",
    "validation",
    "seed",
    "snapshot_hash",
    "checked_as_of",
)


def register(app: typer.Typer) -> None:
    models = command_group("models", "List, compare, promote and switch off trained models.")
    app.add_typer(models)
    models.command("list")(_list)
    models.command("show")(_show)
    models.command("compare")(_compare)
    models.command("promote")(_promote)
    models.command("rollback")(_rollback)
    models.command("off")(_off)


def _list(task: TaskOption = None, as_json: Json = False) -> None:
    """List every trained model, of each task the newest first."""
    from gnn.models import models as known

    with _store() as store:
        rows = known(store, task)
    emit({"models": rows}, as_json=as_json, render=_render_list)


def _show(model_id: ModelId, as_json: Json = False) -> None:
    """Show what a model learned from and how it was judged."""
    from gnn.models import model

    with _store() as store:
        row = model(store, model_id)
    emit(row, as_json=as_json, render=lambda shown: _render_side_by_side([shown]))


def _compare(first: ModelId, second: ModelId, as_json: Json = False) -> None:
    """Show two models side by side.

    Each was validated before its own cut-off.

    `relgraph evaluate` judges candidates on the same customers.
    """
    from gnn.models import model

    with _store() as store:
        rows = [model(store, first), model(store, second)]
    emit({"models": rows}, as_json=as_json, render=lambda shown: _render_side_by_side(shown["models"]))


def _promote(model_id: ModelId, as_json: Json = False) -> None:
    """Let a trained model serve its task.

    It serves until the task is trained again by hand. Its folder must be whole.
    """
    from gnn.models import serve_again

    require_learning()
    with _store() as store:
        row = serve_again(store, Settings().home, model_id)
    emit(row, as_json=as_json, render=_render_serves)


def _rollback(task: TaskName, as_json: Json = False) -> None:
    """Let the model that was trained before serve again."""
    from gnn.models import roll_back

    require_learning()
    with _store() as store:
        row = roll_back(store, Settings().home, find_task(task).name)
    emit(row, as_json=as_json, render=_render_serves)


def _off(task: TaskName, now: Now = None, as_json: Json = False) -> None:
    """Let no model serve a task, and withdraw what its models said.

    A model that is trained or promoted serves again.
    """
    from gnn.switch_off import switch_off
    from graph.clock import data_now
    from graph.service import run_sync

    require_learning()
    name = find_task(task).name
    with _store() as store:
        withdrawn = switch_off(store, name, Settings().at(now).now or run_sync(store, data_now))
    emit({"task": name, "withdrawn": withdrawn}, as_json=as_json, render=_render_off)


@contextmanager
def _store() -> "Iterator[Store]":
    from relgraph.engine import opened

    with opened(Settings()) as store:
        yield store


def _render_list(report: dict[str, Any]) -> None:
    for row in report["models"]:
        quality = "" if row["validation"] is None else f", {row['validation']:.4f} on validation"
        serves = ("  serves, pinned" if row["pinned"] else "  serves") if row["promoted"] else ""
        out.print(f"{row['model_id']}  {row['name']}, before {row['cutoff']:%Y-%m-%d}{quality}{serves}")
    if not report["models"]:
        out.print("no model was trained yet; run `relgraph train`")


def _render_side_by_side(rows: list[dict[str, Any]]) -> None:
    for row in rows:
        out.print(f"{row['model_id']}{'  serves' if row['promoted'] else ''}")
        for name in SHOWN:
            out.print(f"  {name:14s} {row[name]}")
        for candidate, value in sorted(
            row["metrics"].get("validation", {}).items(), key=lambda item: -item[1]
        ):
            out.print(f"    {candidate:22s} {value:.4f} on validation")


def _render_serves(row: dict[str, Any]) -> None:
    out.print(f"{row['task']}: {row['name']} serves as {row['model_id']}; `relgraph score` writes its scores")


def _render_off(report: dict[str, Any]) -> None:
    out.print(f"{report['task']}: no model serves; `relgraph train {report['task']}` lets one serve again")
    for kind, count in report["withdrawn"].items():
        out.print(f"  {count:>8,} {kind.replace('_', ' ')} withdrawn")
