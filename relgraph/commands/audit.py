"""`relgraph audit`: who was told what."""

from typing import Annotated, Any

import typer

from relgraph.console import Json, emit, out
from relgraph.moment import moment
from relgraph.settings import Settings

audit = typer.Typer(no_args_is_help=True, help="Who saw and stated what.")


def register(app: typer.Typer) -> None:
    app.add_typer(audit, name="audit")


@audit.command()
def trail(
    subject: Annotated[
        str | None, typer.Option(help="Of whom: any id of a contact, or Kind:id such as Employee:crm:E-17.")
    ] = None,
    principal: Annotated[
        str | None, typer.Option(help="By whom: any id of an employee, or the id of a token.")
    ] = None,
    since: Annotated[str | None, typer.Option(help="From this moment on, such as 2026-03-05.")] = None,
    first: Annotated[int, typer.Option(min=1, max=100_000, help="The newest so many.")] = 100,
    ids: Annotated[
        bool, typer.Option("--ids", help="Name the people who were told of, where the graph still has them.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Who was told of a person and who stated something, or what an employee was told and stated.

    Exit code 1 where a file of the trail is not what was written.
    """
    from relgraph.engine import opened
    from relgraph.trail import Asked
    from relgraph.trail import trail as found_in

    settings = Settings()
    asked = Asked(subject, principal, moment(since, "--since") if since else None, first, ids)
    with opened(settings) as store:
        found = found_in(store, settings.home, asked)
    emit(found, as_json=as_json, render=_shown)
    if found["altered"]:
        raise typer.Exit(1)


def _shown(found: dict[str, Any]) -> None:
    for one in found["entries"]:
        out.print(_line(one), markup=False)
    out.print(f"{len(found['entries'])} of {found['found']} entries, {found['files']} files", markup=False)
    if found["dropped"]:
        out.print(f"{found['dropped']} answers found no room in the trail and are not told here")
    for name in found["altered"]:
        out.print(f"{name} is not what was written: somebody altered it, or the disk did", markup=False)
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
