"""`relgraph chain`: who decides at an account, how they relate, who of us knows them, and what is missing."""

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.markup import escape

from relgraph.console import Json, emit, out
from relgraph.moment import Now, moment
from relgraph.options import Account, AsOf
from relgraph.settings import Settings

if TYPE_CHECKING:
    from graph.decision_chain.completeness import Completeness

COVERS = 2
"""Ties shown of each member."""


def register(app: typer.Typer) -> None:
    @app.command()
    def chain(
        account: Account,
        opportunity: Annotated[
            str | None,
            typer.Option(metavar="ID", help="The deal; default: the largest open one, else the account."),
        ] = None,
        as_of: AsOf = None,
        playbook: Annotated[
            Path | None,
            typer.Option(
                metavar="FILE", help="YAML of the roles that deals need, instead of the default one."
            ),
        ] = None,
        edges: Annotated[bool, typer.Option("--edges", help="Tell what each edge rests on, too.")] = False,
        now: Now = None,
        as_json: Json = False,
    ) -> None:
        """Show who decides at an account, and what we do not know."""
        settings = Settings().at(now)
        day = moment(as_of, "--as-of") if as_of is not None else None
        data = _read(settings, account, opportunity, day, playbook, edges=edges)
        emit(data, as_json=as_json, render=_render)


def _read(
    settings: Settings, account: str, opportunity: str | None, day: Any, playbook: Path | None,
    *, edges: bool,
) -> dict[str, Any]:  # fmt: skip
    from graph.clock import data_now
    from graph.decision_chain.completeness import completeness
    from graph.decision_chain.read import chain
    from graph.decision_chain.required import default_required, read_required
    from graph.edge.answer import edge_answers
    from graph.resolve_id import resolve
    from graph.service import run_sync
    from relgraph.account import account_named
    from relgraph.engine import opened

    path = playbook or settings.required_roles
    required = read_required(path) if path else default_required()
    with opened(settings) as store:
        now = settings.now or run_sync(store, data_now)
        customer_id = run_sync(store, account_named, account, now)
        deal = run_sync(store, resolve, "Opportunity", opportunity) if opportunity else None
        found = run_sync(store, chain, customer_id=customer_id, opportunity_id=deal, as_of=day, now=now)
        whole = run_sync(store, completeness, found, required)
        answers = {"edges": [asdict(one) for one in run_sync(store, edge_answers, found)]} if edges else {}
    return asdict(found) | {"completeness": completeness_data(whole)} | answers


def completeness_data(whole: "Completeness") -> dict[str, Any]:
    """The shares, and the state of each required role."""
    roles = [asdict(one) | {"known": one.known} for one in whole.required]
    return {
        "deal_type": whole.deal_type, "covered_from": whole.covered_from, "known": whole.known,
        "covered": whole.covered, "in_favour": whole.in_favour, "required": roles,
    }  # fmt: skip


def _render(data: dict[str, Any]) -> None:
    about = data["opportunity_name"] or data["opportunity_id"] or "the account as a whole"
    out.print(f"[bold]{escape(data['customer_id'])}[/bold], {escape(about)}, as of {data['as_of']:%Y-%m-%d}")
    names = {member["contact_id"]: member["name"] or member["contact_id"] for member in data["members"]}
    for member in data["members"]:
        _member(member, [link for link in data["links"] if link["from_id"] == member["contact_id"]], names)
    for gap in data["gaps"]:
        out.print(f"[yellow]gap[/yellow] {escape(gap['message'])} Since {gap['since']:%Y-%m-%d}.")
    _completeness(data["completeness"], names)
    for edge in data.get("edges", ()):
        _edge(edge, names)


def _member(member: dict[str, Any], links: list[dict[str, Any]], names: dict[str, str]) -> None:
    role = (member["role"] or "no role known").replace("_", " ")
    stance = "" if member["stance"] is None else f", stance {member['stance']:+d}"
    sure = f" ({member['basis']}, {member['confidence']:.2f})" if member["basis"] else ""
    title = f", {member['title']}" if member["title"] else ""
    power = "" if member["decision_power"] is None else f", decision power {member['decision_power']:.2f}"
    out.print(f"├─ {escape(names[member['contact_id']] + title)}: {role}{stance}{escape(sure)}{power}")
    for cover in member["covered_by"][:COVERS]:
        known = f"{cover['name'] or cover['employee_id']} {cover['strength']:.2f}"
        out.print(f"│    known by {escape(known)}, last on {cover['last_contact_at']:%Y-%m-%d}")
    if not member["covered_by"]:
        out.print("│    known by nobody of us")
    for link in links:
        line = "──" if link["basis"] != "inferred" else "╌╌"
        other = escape(names.get(link["to_id"], link["to_id"]))
        out.print(f"│    {line} {link['kind'].replace('_', ' ').lower()} {other} ({link['confidence']:.2f})")


def _completeness(whole: dict[str, Any], names: dict[str, str]) -> None:
    kind = (whole["deal_type"] or "account").replace("_", " ")
    out.print(
        f"[bold]Required roles[/bold] ({kind}): {whole['known']:.0%} known, {whole['covered']:.0%} covered "
        f"by a tie of {whole['covered_from']:g} or more, {whole['in_favour']:.0%} in favour"
    )
    for one in whole["required"]:
        what = " or ".join(one["roles"]).replace("_", " ")
        who = ", ".join(names.get(holder, holder) for holder in one["holders"]) or "nobody known"
        marks = [name for name, on in (("covered", one["covered"]), ("in favour", one["in_favour"])) if on]
        marked = f" ({', '.join(marks)})" if marks else ""
        out.print(f"  {what}: {escape(who + marked)}")


def _edge(edge: dict[str, Any], names: dict[str, str]) -> None:
    who, kind = names.get(edge["contact_id"], edge["contact_id"]), edge["kind"].replace("_", " ")
    sources = ", ".join(dict.fromkeys(one["source"] for one in edge["sources"]))
    stale = ", [yellow]stale[/yellow]" if edge["stale"] else ""
    what = f"{who}, {kind} {edge['value'] or '–'} ({edge['about']}): {sources}"
    seen = f"{edge['corroborated']} corroborate, last seen {edge['last_seen_at']:%Y-%m-%d}{stale}"
    out.print(f"  {escape(what)}; {seen}")
    for one in edge["conflicts"]:
        said = f"{one['source']} says {one['value']} ({one['fact_id']})"
        out.print(f"    [yellow]conflict[/yellow] {escape(said)}")
