"""`relgraph audit`: who was told what, and whether what is told is right."""

from dataclasses import asdict
from typing import Annotated, Any

import typer

from relgraph.console import Json, emit, out
from relgraph.help import command_group
from relgraph.moment import beginning
from relgraph.settings import Settings

audit = command_group("audit", "See who was told what, and check random answers.")


def register(app: typer.Typer) -> None:
    app.add_typer(audit)


@audit.command()
def trail(
    subject: Annotated[
        str | None,
        typer.Option(
            metavar="ID", help="Of whom: any id of a contact, or Kind:id such as Employee:crm:E-17."
        ),
    ] = None,
    principal: Annotated[
        str | None, typer.Option(metavar="ID", help="By whom: any id of an employee, or the id of a token.")
    ] = None,
    since: Annotated[
        str | None, typer.Option(metavar="DATE", help="From this day or moment on, such as 2026-03-05.")
    ] = None,
    first: Annotated[int, typer.Option(min=1, max=100_000, help="The newest so many.")] = 100,
    ids: Annotated[
        bool, typer.Option("--ids", help="Name the people who were told of, where the graph still has them.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Show who was told of a person, or what an employee was told.

    Also who stated something of the person, or what the employee stated.

    Exit code 1 where a file of the trail is not what was written, or is missing.
    """
    from relgraph.engine import opened
    from relgraph.trail import Asked
    from relgraph.trail import trail as found_in

    settings = Settings()
    asked = Asked(subject, principal, beginning(since) if since is not None else None, first, ids)
    with opened(settings) as store:
        found = found_in(store, settings.home, asked)
    emit(found, as_json=as_json, render=_shown)
    if found["altered"] or found["missing"]:
        raise typer.Exit(1)


@audit.command()
def answers(
    sample: Annotated[int, typer.Option(min=1, help="How many answers.")] = 1_000,
    seed: Annotated[int | None, typer.Option(help="Repeats a sample; else another each time.")] = None,
    as_json: Json = False,
) -> None:
    """Compute answers about random accounts a second way.

    Asks the services, and computes the same answers by SQL of its own.

    Orders, sums per currency, tickets, owners, contacts with a job, deals, receivables, last contact; from
    the history in RELGRAPH_HOME. Exit code 1 where one differs.
    """
    from secrets import randbelow

    from graph.clock import data_now
    from graph.history import open_history
    from graph.recomputed import check
    from graph.service import run_sync
    from relgraph.engine import opened
    from relgraph.memory import duckdb_limits

    settings, chosen = Settings(), randbelow(10**9) if seed is None else seed
    with opened(settings) as store, open_history(store, settings.home, duckdb_limits(settings)) as history:
        now = settings.now or run_sync(store, data_now)
        found = check(store, history, now, sample, chosen)
    emit({"seed": chosen, "now": now, **asdict(found)}, as_json=as_json, render=_compared)
    if found.differences:
        raise typer.Exit(1)


def _compared(found: dict[str, Any]) -> None:
    for one in found["differences"]:
        out.print(f"{one['question']} of {one['customer_id']}:", markup=False)
        out.print(f"    served     {one['served']}\n    recomputed {one['recomputed']}", markup=False)
    counts = ", ".join(f"{name} {count}" for name, count in sorted(found["answers"].items()))
    total = sum(found["answers"].values())
    filled = f"{found['filled']} of them with something to say"
    out.print(f"{total} answers ({counts}), {filled}; seed {found['seed']}")
    out.print(f"{len(found['differences'])} differences")


def _shown(found: dict[str, Any]) -> None:
    for one in found["entries"]:
        out.print(_line(one), markup=False)
    out.print(f"{len(found['entries'])} of {found['found']} entries, {found['files']} files", markup=False)
    if found["dropped"]:
        out.print(f"{found['dropped']} answers found no room in the trail and are not told here")
    for name in found["altered"]:
        out.print(f"{name} is not what was written: somebody altered it, or the disk did", markup=False)
    for name in found["missing"]:
        out.print(f"{name} is missing: somebody took it away, or put another in its place", markup=False)
    for name in found["cut"]:
        out.print(f"{name} ends early: its process was killed, the last half second may be missing")


def _line(one: dict[str, Any]) -> str:
    at, who = f"{one['at']:%Y-%m-%d %H:%M:%S}", one["who"] or "a service"
    why = f' "{one["purpose"]}"' if one["purpose"] else ""
    told = ", ".join(one["subjects"][:5]) + (" …" if len(one["subjects"]) > 5 else "")
    if one["did"] != "read":
        return f"{at}  {who}  {one['did']}  {told}{why}"
    asked = f"{one['field']} [{one['operation']}]" if one["operation"] else one["field"]
    token = f"token {one['token_id']}, {one['role']}, {one['via']}"
    return f"{at}  {who} ({token})  {asked}: {len(one['subjects'])} told of, {told}{why}"
