"""`relgraph group`: the group of an account, who decides in its parts, and who of us owns them."""

from dataclasses import asdict
from typing import Any

import typer
from rich.markup import escape

from relgraph.console import Json, emit, out
from relgraph.moment import Now
from relgraph.options import Account, AsOf


def register(app: typer.Typer) -> None:
    @app.command()
    def group(
        account: Account,
        as_of: AsOf = None,
        now: Now = None,
        as_json: Json = False,
    ) -> None:
        """Show the group of companies that an account belongs to.

        Parent, sisters and subsidiaries, who decides there and who of us owns them; partners and referrers.
        """
        from graph.group.read import group as read
        from relgraph.account import told_of_account

        found = told_of_account(read, account, as_of, now)
        emit(asdict(found), as_json=as_json, render=_render)


def _render(data: dict[str, Any]) -> None:
    for one in data["companies"]:
        name = escape(_called(one, "customer_id"))
        owners = ", ".join(_called(owner, "employee_id") for owner in one["owners"]) or "nobody"
        bold = f"[bold]{name}[/bold]" if one["relation"] == "self" else name
        out.print(
            f"{'   ' * one['level']}{bold}{_link(one['parent_link'])}: owned by {escape(owners)}, "
            f"{one['open_deals']} open deals"
        )
        for decider in one["deciders"]:
            role = decider["role"].replace("_", " ")
            out.print(f"{'   ' * one['level']}   {escape(_called(decider, 'contact_id'))}: {role}")
    for one in data["connected"]:
        out.print(f"{one['kind']}: {escape(_called(one, 'customer_id'))}, since {one['since']:%Y-%m-%d}")
    for one in data["shared"]:
        out.print(
            f"[yellow]also of us[/yellow]: {escape(_called(one, 'employee_id'))} owns a part of the group"
        )


def _link(link: dict[str, Any] | None) -> str:
    """Said of what nobody stated."""
    return f" (inferred, {link['confidence']:.2f})" if link and link["basis"] == "inferred" else ""


def _called(one: dict[str, Any], key: str) -> str:
    return str(one["name"] or one[key])
