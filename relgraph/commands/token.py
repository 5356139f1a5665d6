"""`relgraph token`: who may ask the API."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from relgraph.console import Json, emit, out
from relgraph.help import command_group

if TYPE_CHECKING:
    from graphql_api.security import Identity, TokenBook

TokenRole = Literal[
    "account_manager", "team_lead", "executive", "support", "marketing", "product", "data_scientist",
    "widget", "admin", "editor", "reader",
]  # fmt: skip
"""Those of `graphql_api.security`, which is imported only where it is used; a test compares them."""

tokens = command_group("token", "Create, list and revoke tokens of the API.")


def register(app: typer.Typer) -> None:
    app.add_typer(tokens)


@tokens.command()
def create(
    employee: Annotated[
        str | None,
        typer.Option(metavar="EMPLOYEE", help="Any id of an employee; none makes a service token."),
    ] = None,
    role: Annotated[
        TokenRole,
        typer.Option(help="What it may see and state, see docs/access.md; editor sees and states all."),
    ] = "editor",
    region: Annotated[
        list[str] | None,
        typer.Option(metavar="REGION", help="Only customers of this region; may be given several times."),
    ] = None,
    days: Annotated[float, typer.Option(min=0.001, help="Days until it expires.")] = 90,
    as_json: Json = False,
) -> None:
    """Issue a token and print it, this once; only its hash is kept."""
    from graphql_api.security import check_rows

    regions = tuple(dict.fromkeys(region or ()))
    check_rows(role, employee, regions)
    issued = _book().create(
        employee_id=_known(employee) if employee else None, role=role, days=days, now=datetime.now(UTC),
        regions=regions,
    )  # fmt: skip
    report = {"token": issued.token, **_shown(issued.identity)}
    emit(report, as_json=as_json, render=lambda _: out.print(issued.token))


@tokens.command("list")
def list_(as_json: Json = False) -> None:
    """Show every token without its secret."""
    shown = [_shown(identity) for identity in _book().identities()]
    emit(shown, as_json=as_json, render=_table)


@tokens.command()
def revoke(
    token_id: Annotated[str, typer.Argument(metavar="ID", help="The id that `token list` shows.")],
    as_json: Json = False,
) -> None:
    """End a token; running servers refuse it from the next request on."""
    identity = _book().revoke(token_id, datetime.now(UTC))
    emit(_shown(identity), as_json=as_json, render=lambda _: out.print(f"token {token_id} is revoked"))


def _book() -> "TokenBook":
    from graphql_api.security import TokenBook
    from relgraph.settings import Settings

    return TokenBook(Settings().home / "tokens.json")


def _known(employee: str) -> str:
    """Our id of the employee; raises NotFound, so that no token is bound to a typing error."""
    from graph.resolve_id import resolve
    from graph.service import run_sync
    from relgraph.engine import opened
    from relgraph.settings import Settings

    with opened(Settings()) as store:
        return run_sync(store, resolve, "Employee", employee)


def _shown(identity: "Identity") -> dict[str, Any]:
    return identity.model_dump(mode="json")


def _table(shown: list[dict[str, Any]]) -> None:
    for one in shown:
        ended = f"revoked {one['revoked_at']}" if one["revoked_at"] else f"until {one['expires_at']}"
        out.print(f"{one['token_id']}  {one['role']:<15} {one['employee_id'] or '(service)'}  {ended}")
    if not shown:
        out.print("no tokens yet; `relgraph token create --employee ID` makes one")
