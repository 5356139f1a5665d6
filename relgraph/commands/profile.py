"""`relgraph profile`: an account in five dimensions, each value with its origin and how fresh that is."""

from dataclasses import asdict
from itertools import groupby
from typing import Any

import typer

from relgraph.console import Json, emit, out, step
from relgraph.moment import Now, moment
from relgraph.options import Account, AsOf, Lang
from relgraph.settings import Settings


def register(app: typer.Typer) -> None:
    @app.command()
    def profile(
        account: Account,
        as_of: AsOf = None,
        lang: Lang = "en",
        now: Now = None,
        as_json: Json = False,
    ) -> None:
        """Show an account in five dimensions, with origins.

        They are basic, behaviour, preference, commercial and relationship.
        """
        from graph.account.dimensions import dimensions
        from graph.alert.playbook import language
        from graph.clock import data_now
        from graph.history import open_history
        from graph.service import run_sync
        from relgraph.account import account_named
        from relgraph.engine import opened
        from relgraph.memory import duckdb_limits

        told, settings = language(lang), Settings().at(now)
        day = moment(as_of, "--as-of") if as_of is not None else None
        with opened(settings) as store:
            at = settings.now or run_sync(store, data_now)
            customer_id = run_sync(store, account_named, account, at)
            step("history")
            with open_history(store, settings.home, duckdb_limits(settings)) as history:
                found = dimensions(store, history.connection, customer_id, at, day)
        emit(asdict(found) | {"language": told}, as_json=as_json, render=_render)


def _render(data: dict[str, Any]) -> None:
    out.print(f"{data['name']} ({data['customer_id']}), as of {data['as_of']:%Y-%m-%d}", markup=False)
    title = "title_zh" if data["language"] == "zh" else "title"
    for dimension, values in data["dimensions"].items():
        out.print(f"[bold]{dimension}[/bold]")
        for origin, found in groupby(values, key=_origin):
            out.print(f"  {origin}:", markup=False)
            for one in found:
                if one["value"] != 0:
                    out.print(f"    {one[title]}: {_shown(one['value'])}", markup=False)
                    for cause in one["causes"]:
                        out.print(f"      {cause['days']:+.1f}: {cause[title]}", markup=False)


def _shown(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(map(str, value))
    if isinstance(value, dict):
        return ", ".join(f"{amount:,.2f} {currency}" for currency, amount in value.items())
    if isinstance(value, bool) or not isinstance(value, int | float):
        return str(value)
    if isinstance(value, int):
        return f"{value:,}"
    return f"{value:g}" if abs(value) < 1_000 else f"{value:,.2f}".rstrip("0").rstrip(".")


def _origin(one: dict[str, Any]) -> str:
    origin = one["origin"]
    if origin["kind"] == "inferred":
        return f"inferred from {origin['source']}"
    if origin["newest"] is None:
        return "stated without a source row"
    told = f"row {origin['source']}" if origin["source"] else f"{origin['records']:,} × {origin['kind']}"
    return f"{told}, newest {origin['newest']:%Y-%m-%d}, {one['age_days']} days before"
