"""`relgraph report segments`: what each segment is like, and whether fuller profiles win more."""

from dataclasses import asdict
from typing import Any

import typer
from rich.markup import escape
from rich.table import Table

from relgraph.console import Json, emit, out, step
from relgraph.help import command_group
from relgraph.moment import Now
from relgraph.settings import Settings

TRAITS = {
    "ordered_before": "customers that had ordered before",
    "large_deal": "deals above the usual amount",
    "large_company": "companies with more employees than the median",
}


def register(app: typer.Typer) -> None:
    group = command_group("report", "Report on all customers at once.")
    group.command("segments")(_segments)
    app.add_typer(group)


def _segments(now: Now = None, as_json: Json = False) -> None:
    """Show size, conversion and repurchase of each segment.

    Also its tickets and lost deals, and the win rate by completeness of profile.
    """
    from graph.clock import data_now
    from graph.history import open_history
    from graph.segment_report.read import segment_report
    from graph.service import run_sync
    from relgraph.engine import opened
    from relgraph.memory import duckdb_limits

    settings = Settings().at(now)
    with opened(settings) as store:
        at = settings.now or run_sync(store, data_now)
        step("history")
        with open_history(store, settings.home, duckdb_limits(settings)) as history:
            report = segment_report(store, history.connection, at)
    data = asdict(report)
    for shown, one in zip(data["profiles"]["groups"], report.profiles.groups, strict=True):
        shown["win_rate"] = one.win_rate
    emit(data, as_json=as_json, render=_render)


def _render(data: dict[str, Any]) -> None:
    table = Table("segment", "customers", "have ordered", "win rate", "order again within a year")
    for one in data["segments"]:
        again = f"{_share(one['repurchase'])} of {one['repurchase_of']}"
        won = f"{_share(one['win_rate'])} of {one['deals']}"
        table.add_row(escape(one["name"]), f"{one['customers']:,}", _share(one["conversion"]), won, again)
    out.print(table)
    for one in data["segments"]:
        _counted(one["name"], "tickets", one["ticket_themes"])
        _counted(one["name"], "lost", one["lost_reasons"])
    _profiles(data["profiles"])


def _counted(segment: str, what: str, counts: list[dict[str, Any]]) -> None:
    of = [f" ({one['product']})" if one["product"] else "" for one in counts]
    told = ", ".join(
        f"{one['what']}{product} {one['count']}" for one, product in zip(counts, of, strict=True)
    )
    if told:
        out.print(f"{escape(segment)}, {what}: {escape(told)}")


def _profiles(effect: dict[str, Any]) -> None:
    for one in effect["groups"]:
        filled = f"{one['least']:.0%} to {one['most']:.0%}"
        out.print(f"Profiles filled to {filled}: {_share(one['win_rate'])} of {one['deals']} deals won.")
    if effect["difference"] is None:
        out.print("All profiles are alike: nothing can be said of profiles that win.")
        return
    alike = "not comparable" if effect["adjusted"] is None else f"{100 * effect['adjusted']:+.0f} points"
    raw = f"{100 * effect['difference']:+.0f} points"
    out.print(f"Fullest against sparsest: {raw}; among deals that are alike: {alike}.")
    for one in effect["confounders"]:
        shares = f"{one['among_full']:.0%} against {one['among_sparse']:.0%}"
        out.print(f"Confounding: fuller profiles belong to other deals, {TRAITS[one['trait']]}: {shares}.")
    out.print("Not a cause: a profile is also filled in because a deal was won, and completeness is today's.")


def _share(value: float | None) -> str:
    return "–" if value is None else f"{value:.0%}"
