"""`relgraph weights`: weights of health fitted to outcomes, shown, adopted or rejected by a person."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from relgraph.console import Json, emit, out, step
from relgraph.help import command_group
from relgraph.options import By
from relgraph.settings import Settings

if TYPE_CHECKING:
    from graph.weights.model import Proposal

Version = Annotated[int, typer.Argument(metavar="VERSION", help="As `weights show` names it.")]
SHOWN = 6


def register(app: typer.Typer) -> None:
    group = command_group("weights", "Fit the weights of health to who kept ordering.")
    group.command("fit")(_fit)
    group.command("show")(_show)
    group.command("adopt")(_adopt)
    group.command("reject")(_reject)
    app.add_typer(group)


def _fit(
    horizon: Annotated[
        int, typer.Option(min=14, max=730, help="Within how many days a customer is to keep ordering.")
    ] = 120,
    as_json: Json = False,
) -> None:
    """Fit weights on past days, and keep them as a proposal.

    They are judged on later days.

    Nothing changes before somebody adopts it. `relgraph work` fits once a month.
    """
    emit(_told(_fitted(horizon)), as_json=as_json, render=_render_proposal)


def _show(as_json: Json = False) -> None:
    """Show the weights that stand, and what was decided about fits."""
    emit(_shown(), as_json=as_json, render=_render_shown)


def _adopt(version: Version, by: By, as_json: Json = False) -> None:
    """Let a fit stand from now on.

    Earlier days keep the weights of their day.
    """
    emit(_adopted(version, by), as_json=as_json, render=_render_adopted)


def _reject(
    version: Version,
    by: By,
    reason: Annotated[str, typer.Option(metavar="TEXT", help="Why, for whoever reads the next fit.")],
    as_json: Json = False,
) -> None:
    """Decide against a fit."""
    emit(_rejected(version, by, reason), as_json=as_json, render=_render_proposal)


def _fitted(horizon: int) -> "Proposal":
    from gnn.health_weights.propose import propose
    from graph.clock import data_now
    from graph.history import open_history
    from graph.service import run_sync
    from relgraph.engine import opened
    from relgraph.memory import duckdb_limits

    settings = Settings()
    with opened(settings) as store:
        step("history")
        with open_history(store, settings.home, duckdb_limits(settings)) as history:
            step("reading past days")
            now = settings.now or run_sync(store, data_now)
            return propose(store, history.connection, now, datetime.now(UTC), horizon)


def _shown() -> dict[str, Any]:
    from graph.clock import data_now
    from graph.service import run_sync
    from graph.weights.decide import proposals, weights_at
    from relgraph.engine import opened

    settings = Settings()
    with opened(settings) as store:
        now = settings.now or run_sync(store, data_now)
        standing, fits = run_sync(store, weights_at, now), run_sync(store, proposals)
    return {
        "now": now.isoformat(),
        "standing": standing.stored() | {"text": standing.in_words()},
        "fits": [_told(one) for one in fits],
    }


def _adopted(version: int, by: str) -> dict[str, Any]:
    from graph.weights.decide import adopt
    from relgraph.author import author_named
    from relgraph.engine import opened

    settings = Settings()
    with opened(settings) as store:
        author = author_named(store, by, now=settings.now)
        weights = adopt(store, version, author.employee_id, author.now, author.loaded_at)
    return weights.stored() | {"text": weights.in_words()}


def _rejected(version: int, by: str, reason: str) -> dict[str, Any]:
    from graph.weights.decide import reject
    from relgraph.author import author_named
    from relgraph.engine import opened

    settings = Settings()
    with opened(settings) as store:
        author = author_named(store, by, now=settings.now)
        return _told(reject(store, version, author.employee_id, reason, author.now, author.loaded_at))


def _told(proposal: "Proposal") -> dict[str, Any]:
    from dataclasses import asdict

    return asdict(proposal) | {"standing": proposal.standing.stored()}


def _render_proposal(data: dict[str, Any]) -> None:
    judged, before = data["judged"], data["standing"]
    out.print(f"weights {data['version']} of {data['at']:%Y-%m-%d}: {data['status'].replace('_', ' ')}")
    for name, value in data["values"].items():
        out.print(f"  {name}: {value:.3f} (stood: {before['values'][name]:.3f})")
    out.print(
        f"  fitted on {data['readings']:,} customer days, {data['fitted_on'][0]} to {data['fitted_on'][-1]};",
        f"judged on {', '.join(data['judged_on'])}: {judged['customers']:,} customers,",
        f"{judged['lost']:,} times fewer than half the usual orders within {data['horizon_days']} days",
        markup=False,
    )
    out.print(
        f"  log loss {judged['loss_proposed']:.4f} (stood: {judged['loss_standing']:.4f}); smaller by "
        f"{judged['gain']:+.4f} ({judged['gain_low']:+.4f} … {judged['gain_high']:+.4f}); "
        f"AUC {judged['auc_proposed']:.3f} (stood: {judged['auc_standing']:.3f})",
        markup=False,
    )
    if data["decided_by"]:
        why = f": {data['reason']}" if data["reason"] else ""
        out.print(
            f"  {data['status']} by {data['decided_by']} on {data['decided_at']:%Y-%m-%d}{why}", markup=False
        )


def _render_shown(data: dict[str, Any]) -> None:
    standing = data["standing"]
    values = ", ".join(f"{name} {value:.3f}" for name, value in standing["values"].items())
    out.print(f"standing: {standing['text']}: {values}", markup=False)
    for one in data["fits"][:SHOWN]:
        _render_proposal(one)
    if len(data["fits"]) > SHOWN:
        out.print(f"… {len(data['fits']) - SHOWN} earlier ones")
    if not data["fits"]:
        out.print("No fits; `relgraph weights fit` makes one.")


def _render_adopted(data: dict[str, Any]) -> None:
    values = ", ".join(f"{name} {value:.3f}" for name, value in data["values"].items())
    out.print(f"{data['text']}: {values}", markup=False)
