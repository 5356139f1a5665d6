"""`relgraph journey`: the way of an account with us, beside others of its industry."""

from dataclasses import asdict
from typing import Annotated, Any

import typer
from rich.markup import escape

from relgraph.console import Json, emit, out
from relgraph.moment import Now
from relgraph.options import Account, AsOf


def register(app: typer.Typer) -> None:
    @app.command()
    def journey(
        account: Account,
        as_of: AsOf = None,
        segment: Annotated[
            str | None,
            typer.Option(
                metavar="ID", help="Beside others of this segment, by its id; default: of the industry."
            ),
        ] = None,
        now: Now = None,
        as_json: Json = False,
    ) -> None:
        """Show milestones and stages of an account beside others."""
        from graph.journey.read import journey as read
        from relgraph.account import told_of_account

        found = told_of_account(read, account, as_of, now, segment_id=segment)
        emit(asdict(found), as_json=as_json, render=_render)


def _render(data: dict[str, Any]) -> None:
    out.print(f"[bold]{escape(data['customer_id'])}[/bold], as of {data['as_of']:%Y-%m-%d}")
    for one in data["milestones"]:
        out.print(f"  {one['at']:%Y-%m-%d}  {one['kind'].replace('_', ' ')}  {escape(one['record'])}")
    whom = f"others of {data['compared_with']}" if data["compared_with"] else "other accounts"
    for one in data["stages"]:
        until = f"until {one['until']:%Y-%m-%d}" if one["until"] else "goes on"
        usual = f"{one['peers_median']:.0f} days" if one["peers_median"] is not None else "not known"
        beside = f"median of {one['peers']} {whom}: {usual}"
        since = f"since {one['since']:%Y-%m-%d}, {until}, {one['days']:.0f} days"
        out.print(f"  {one['name']}: {since}; {escape(beside)}")
