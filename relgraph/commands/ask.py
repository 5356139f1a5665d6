"""`relgraph ask`: one account's answer in the terminal."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from graph.errors import NotFound
from relgraph.console import Json, emit
from relgraph.moment import Now

if TYPE_CHECKING:
    from relgraph.settings import Settings

TOKEN_DAYS = 0.01


def register(app: typer.Typer) -> None:

    @app.command()
    def ask(
        match: Annotated[
            str, typer.Argument(metavar="ACCOUNT", help="Name, tax number, or any id of the customer.")
        ],
        employee: Annotated[
            str | None,
            typer.Option(
                metavar="EMPLOYEE", help="Through whose eyes; default: who looks after most customers."
            ),
        ] = None,
        products: Annotated[int, typer.Option(min=1, max=50, help="How many products to suggest.")] = 3,
        paths: Annotated[int, typer.Option(min=1, max=10, help="How many introductions to show.")] = 1,
        now: Now = None,
        as_json: Json = False,
    ) -> None:
        """Answer one account: who decides, who leads there, what next."""
        from relgraph.answer import show
        from relgraph.settings import Settings

        answer = _asked(Settings().at(now), match, employee, products, paths)
        emit(answer, as_json=as_json, render=show)


def _asked(
    settings: "Settings", match: str, employee: str | None, products: int, paths: int
) -> dict[str, Any]:
    from graphql_api.security import TokenBook
    from relgraph.answer import ask_account, running
    from relgraph.commands.serve import application

    eyes = employee or _busiest(settings)
    book = TokenBook(settings.home / "tokens.json")
    issued = book.create(employee_id=eyes, role="reader", days=TOKEN_DAYS, now=datetime.now(UTC))
    try:
        with running(application(settings, graphiql=False, indexed=False)) as url:
            answer = ask_account(url, issued.token, match, products=products, paths=paths if eyes else 0)
    finally:
        book.revoke(issued.identity.token_id, datetime.now(UTC))
    if answer is None:
        raise NotFound("Customer", match)
    return answer


def _busiest(settings: "Settings") -> str | None:
    from relgraph.engine import opened

    with opened(settings) as store:
        row = store.one("demo.busiest_employee")
    return str(row["employee_id"]) if row else None
