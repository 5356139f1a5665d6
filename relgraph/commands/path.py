"""`relgraph path`: the best ways from one of us to a contact, or to whoever decides at an account."""

from dataclasses import asdict
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from relgraph.console import Json, emit, out
from relgraph.moment import Now, moment
from relgraph.options import AsOf, Lang
from relgraph.settings import Settings

if TYPE_CHECKING:
    from graph.store import Store


def register(app: typer.Typer) -> None:
    @app.command()
    def path(
        from_: Annotated[str, typer.Argument(metavar="FROM", help="Any id of an employee.")],
        to: Annotated[
            str, typer.Argument(metavar="TO", help="Contact:ID, or an account (name, tax number, or any id).")
        ],
        first: Annotated[int, typer.Option(min=1, max=20, help="How many at most.")] = 3,
        lang: Lang = "en",
        as_of: AsOf = None,
        now: Now = None,
        as_json: Json = False,
    ) -> None:
        """Show warm paths from an employee to somebody."""
        from graph.alert.playbook import language
        from graph.clock import data_now
        from graph.resolve_id import resolve
        from graph.service import run_sync
        from graph.warm_path.find import warm_paths
        from relgraph.engine import opened

        settings, told = Settings().at(now), language(lang)
        day = moment(as_of, "--as-of") if as_of is not None else None
        with opened(settings) as store:
            at = settings.now or run_sync(store, data_now)
            employee = run_sync(store, resolve, "Employee", from_.removeprefix("Employee:"))
            account, contacts = _targets(store, to, at, day)
            found = run_sync(
                store, warm_paths, employee_id=employee, contact_ids=contacts, now=at, as_of=day,
                first=first, viewer=employee, language=told,
            )  # fmt: skip
        data = {
            "from": employee, "account": account, "to": list(contacts), "as_of": (day or at).isoformat(),
            "paths": [asdict(one) for one in found],
        }  # fmt: skip
        emit(data, as_json=as_json, render=_render)


def _targets(
    store: "Store", to: str, now: datetime, as_of: datetime | None
) -> tuple[str | None, tuple[str, ...]]:
    """The account that is named, if one is, and the contacts to be reached: of an account who decides."""
    from graph.decision_chain.read import chain
    from graph.resolve_id import resolve
    from graph.service import run_sync
    from graph.warm_path.find import decision_makers
    from relgraph.account import account_named

    if to.startswith("Contact:"):
        return None, (run_sync(store, resolve, "Contact", to.removeprefix("Contact:")),)
    customer_id = run_sync(store, account_named, to, now)
    return customer_id, decision_makers(run_sync(store, chain, customer_id=customer_id, now=now, as_of=as_of))


def _render(data: dict[str, Any]) -> None:
    if not data["to"]:
        out.print(f"Nobody is known to decide at {data['account']}; `relgraph chain` says what is missing.")
    elif not data["paths"]:
        out.print(f"No tie leads from {data['from']} to {', '.join(data['to'])}; "
                  "`relgraph introductions find` also looks at teams, colleagues and groups.")  # fmt: skip
    for number, one in enumerate(data["paths"], 1):
        out.print(f"{number}. strength {one['strength']:.2f}")
        for step in one["steps"]:
            people = " → ".join(_person(step[end]) for end in ("from_person", "to_person"))
            out.print(f"   {people}: {step['strength']:.2f}, {step['why']}", markup=False)


def _person(one: dict[str, Any]) -> str:
    told = ", ".join(filter(None, (one["title"], one["company"])))
    return f"{one['name'] or one['person_id']}{f' ({told})' if told else ''}"
