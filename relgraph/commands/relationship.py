"""`relgraph relationship`: how we stand with an account and its people, now and before."""

from dataclasses import asdict
from typing import Annotated, Any

import typer
from rich.markup import escape

from relgraph.console import Json, emit, out
from relgraph.help import command_group
from relgraph.moment import Now
from relgraph.options import Account, AsOf, By, Reason
from relgraph.settings import Settings


def register(app: typer.Typer) -> None:
    group = command_group("relationship", "Show or set how we stand with an account and its people.")
    group.command("show")(_show)
    group.command("set")(_set)
    app.add_typer(group)


def _show(
    account: Account,
    as_of: AsOf = None,
    now: Now = None,
    as_json: Json = False,
) -> None:
    """Show levels of an account and its contacts, and their stances.

    Levels are the current and the wanted one; each stance is shown with its time.
    """
    from graph.relationship.read import relationships
    from relgraph.account import told_of_account

    found = told_of_account(relationships, account, as_of, now)
    emit(asdict(found), as_json=as_json, render=_render)


def _set(
    by: By,
    account: Annotated[
        str | None, typer.Option(metavar="ACCOUNT", help="Of this account: name, tax number, or any id.")
    ] = None,
    contact: Annotated[
        str | None, typer.Option(metavar="CONTACT", help="Or of this contact: any id.")
    ] = None,
    current: Annotated[
        str | None,
        typer.Option(metavar="LEVEL", help="none, contact, working, trusted or partner; default: as it was."),
    ] = None,
    wanted: Annotated[
        str | None, typer.Option(metavar="LEVEL", help="Where we want to be; default: as it was.")
    ] = None,
    why: Reason = None,
    now: Now = None,
    as_json: Json = False,
) -> None:
    """Say how we stand with an account or a contact from now on."""
    from graph.service import run_sync
    from graph.writing.level import LevelWords, state_level
    from relgraph.account import account_named
    from relgraph.author import author_named
    from relgraph.engine import opened

    settings = Settings().at(now)
    with opened(settings) as store:
        author = author_named(store, by, why, settings.now)
        customer_id = run_sync(store, account_named, account, author.now) if account else None
        done = run_sync(store, state_level, author, LevelWords(customer_id, contact, current, wanted))
    levels = {"current": current, "wanted": wanted}
    data = {"subject": done.touched[0], **levels, "by": author.source, "reason": why}
    emit(data, as_json=as_json, render=lambda _: out.print(f"{escape(done.touched[0])}: stated"))


def _render(data: dict[str, Any]) -> None:
    out.print(f"[bold]{escape(data['customer_id'])}[/bold], as of {data['as_of']:%Y-%m-%d}")
    for one in data["standings"]:
        out.print(escape(one["name"] or one["subject"]))
        for each in one["history"]:
            levels = f"{each['current'] or 'not judged'}, wanted: {each['wanted'] or 'not said'}"
            out.print(f"  {_time(each)}  {levels}  by {escape(each['by'])}{_why(each['why'])}")
    for one in data["stances"]:
        stance = "–" if one["stance"] is None else f"{one['stance']:+d}"
        influence = "–" if one["influence"] is None else f"{one['influence']:.2f}"
        said = f"{one['name'] or one['contact_id']}, {one['role'].replace('_', ' ')} ({one['about']})"
        gone = ", [yellow]dismissed[/yellow]" if one["dismissed_at"] else ""
        weighed = f"stance {stance}, influence {influence}"
        out.print(f"{escape(said)}: {weighed}, {_time(one)}, {escape(one['source'])}{gone}")


def _time(one: dict[str, Any]) -> str:
    until = f"{one['until']:%Y-%m-%d}" if one["until"] else "today"
    return f"{one['since']:%Y-%m-%d} to {until}"


def _why(text: str | None) -> str:
    return f": {escape(text)}" if text else ""
