"""`relgraph what-if`: what would be otherwise if a contact left; nothing is written."""

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.markup import escape

from relgraph.commands.chain import completeness_data
from relgraph.console import Json, emit, out
from relgraph.moment import Now
from relgraph.options import Account
from relgraph.settings import Settings

if TYPE_CHECKING:
    from graph.what_if.model import Situation, WhatIf

NOT_ANEW = "The score is not reckoned anew: it says what it said with the contact there."


def register(app: typer.Typer) -> None:
    app.command("what-if")(_what_if)


def _what_if(
    account: Account,
    leaves: Annotated[
        str, typer.Option("--leaves", metavar="CONTACT", help="The contact who would leave: any id.")
    ],
    opportunity: Annotated[
        str | None, typer.Option(metavar="ID", help="On this deal; default: the largest open one.")
    ] = None,
    employee: Annotated[
        str | None,
        typer.Option("--from", metavar="EMPLOYEE", help="Ways of this employee; default: anybody."),
    ] = None,
    now: Now = None,
    as_json: Json = False,
) -> None:
    """Show what changes at an account when a contact leaves.

    Compares coverage, gaps, completeness, and the ways to who decides.
    """
    from graph.clock import data_now
    from graph.decision_chain.required import read_required
    from graph.resolve_id import resolve
    from graph.service import run_sync
    from graph.what_if.contact_leaves import Supposed, contact_leaves
    from relgraph.account import account_named
    from relgraph.engine import opened

    settings = Settings().at(now)
    required = read_required(settings.required_roles) if settings.required_roles else None
    with opened(settings) as store:
        at = settings.now or run_sync(store, data_now)
        eyes = run_sync(store, resolve, "Employee", employee) if employee else None
        supposed = Supposed(
            run_sync(store, account_named, account, at),
            run_sync(store, resolve, "Contact", leaves),
            run_sync(store, resolve, "Opportunity", opportunity) if opportunity else None,
            eyes,
        )
        found = run_sync(store, contact_leaves, supposed, now=at, viewer=eyes, required=required)
    emit(_data(found), as_json=as_json, render=_render)


def _data(found: "WhatIf") -> dict[str, Any]:
    risk = asdict(found.risk) | {"note": NOT_ANEW} if found.risk else None
    return {
        "customer_id": found.customer_id, "contact_id": found.contact_id, "as_of": found.as_of,
        "before": _situation(found.before), "after": _situation(found.after),
        "new_gaps": [asdict(gap) for gap in found.new_gaps],
        "solved_gaps": [asdict(gap) for gap in found.solved_gaps], "risk": risk,
    }  # fmt: skip


def _situation(one: "Situation") -> dict[str, Any]:
    return {
        "members": len(one.chain.members), "covered": one.covered, "known_by": one.known_by,
        "deciders": one.deciders, "completeness": completeness_data(one.completeness),
        "gaps": [asdict(gap) for gap in one.gaps], "ways": [asdict(way) for way in one.ways],
    }  # fmt: skip


def _render(data: dict[str, Any]) -> None:
    before, after = data["before"], data["after"]
    out.print(f"Without {escape(data['contact_id'])} at {escape(data['customer_id'])}:")
    for name, of in (
        ("members of the chain", lambda one: one["members"]),
        ("covered members", lambda one: len(one["covered"])),
        ("of us who know one", lambda one: len(one["known_by"])),
        ("who decide", lambda one: len(one["deciders"])),
    ):
        out.print(f"  {name}: {of(before)} → {of(after)}")
    for name in ("known", "covered", "in_favour"):
        shares = f"{before['completeness'][name]:.0%} → {after['completeness'][name]:.0%}"
        out.print(f"  required roles {name.replace('_', ' ')}: {shares}")
    best = [one["ways"][0]["strength"] if one["ways"] else 0.0 for one in (before, after)]
    out.print(f"  best way to who decides: {best[0]:.2f} → {best[1]:.2f}")
    for gap in data["new_gaps"]:
        out.print(f"  [yellow]new gap[/yellow] {escape(gap['message'])}")
    for gap in data["solved_gaps"]:
        out.print(f"  no gap any more: {escape(gap['message'])}")
    if data["risk"]:
        out.print(f"  risk {data['risk']['probability']:.0%} ({data['risk']['band']}). {NOT_ANEW}")
        for reason in data["risk"]["of_people"]:
            out.print(f"    {reason['contribution']:+.2f}  {escape(reason['text'])}")
