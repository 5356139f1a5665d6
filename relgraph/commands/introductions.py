"""`relgraph introductions`: who can introduce us to somebody, and asking for it."""

from dataclasses import asdict
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.markup import escape

from relgraph.console import Json, emit, out
from relgraph.help import command_group
from relgraph.moment import Now, moment
from relgraph.options import AsOf, By, Lang
from relgraph.settings import Settings

if TYPE_CHECKING:
    from graph.introduction.find import Wanted
    from graph.store import Store


def register(app: typer.Typer) -> None:
    group = command_group("introductions", "Find who can introduce us to somebody, and ask for it.")
    group.command("find")(_find)
    group.command("ask")(_ask)
    group.command("decide")(_decide)
    group.command("list")(_list)
    app.add_typer(group)


def _find(  # noqa: PLR0913, PLR0917 - one parameter per option
    contact: Annotated[
        str | None, typer.Option("--to", metavar="CONTACT", help="The contact: any id.")
    ] = None,
    account: Annotated[
        str | None, typer.Option(metavar="ACCOUNT", help="Or the account: name, tax number, or any id.")
    ] = None,
    role: Annotated[
        str, typer.Option(metavar="ROLE", help="Whom at the account, by role.")
    ] = "decision_maker",
    employee: Annotated[
        str | None, typer.Option("--from", metavar="EMPLOYEE", help="From this employee; default: anybody.")
    ] = None,
    team: Annotated[str | None, typer.Option(metavar="TEAM", help="From somebody of this team.")] = None,
    first: Annotated[int, typer.Option(min=1, max=100, help="How many at most.")] = 5,
    lang: Lang = "en",
    as_of: AsOf = None,
    now: Now = None,
    as_json: Json = False,
) -> None:
    """Find the best ways to somebody.

    Each step is shown with its reason, its day and what it rests on.
    """
    from graph.alert.playbook import language
    from graph.clock import data_now
    from graph.errors import UsageError
    from graph.introduction.find import introductions
    from graph.service import run_sync
    from relgraph.engine import opened

    if (contact is None) == (account is None) or (employee is not None and team is not None):
        raise UsageError("say either --to or --account, and at most one of --from and --team")
    settings, told = Settings().at(now), language(lang)
    day = moment(as_of, "--as-of") if as_of is not None else None
    with opened(settings) as store:
        at = settings.now or run_sync(store, data_now)
        wanted = _wanted(store, contact, account, role, employee, team, at, day)
        found = run_sync(
            store, introductions, wanted, now=at, as_of=day, first=first, viewer=wanted.employee_id,
            language=told,
        )  # fmt: skip
    emit({"introductions": [asdict(one) for one in found]}, as_json=as_json, render=_render)


def _wanted(
    store: "Store", contact: str | None, account: str | None, role: str, employee: str | None,
    team: str | None, now: datetime, as_of: datetime | None,
) -> "Wanted":  # fmt: skip
    from typing import get_args

    from graph.decision_chain.read import chain
    from graph.errors import UsageError
    from graph.introduction.find import Wanted, role_holders
    from graph.model import Role
    from graph.resolve_id import resolve
    from graph.service import run_sync
    from relgraph.account import account_named

    if role not in get_args(Role):
        raise UsageError(f"no role {role!r}; the roles are {', '.join(get_args(Role))}")
    eyes = run_sync(store, resolve, "Employee", employee) if employee else None
    if contact is not None:
        return Wanted([run_sync(store, resolve, "Contact", contact)], eyes, team)
    customer_id = run_sync(store, account_named, str(account), now)
    found = run_sync(store, chain, customer_id=customer_id, now=now, as_of=as_of, viewer=eyes)
    return Wanted(role_holders(found, role), eyes, team)  # type: ignore[arg-type] # checked above


def _ask(
    contact: Annotated[str, typer.Argument(metavar="CONTACT", help="To whom: any id of a contact.")],
    through: Annotated[
        str, typer.Argument(metavar="THROUGH", help="Who is asked: Employee:ID or Contact:ID.")
    ],
    by: By,
    note: Annotated[str | None, typer.Option(metavar="TEXT", help="What for.")] = None,
    now: Now = None,
    as_json: Json = False,
) -> None:
    """Ask for an introduction; prints the id of the request."""
    from graph.service import run_sync
    from graph.writing.introduction import IntroductionWords, ask_introduction
    from relgraph.author import author_named
    from relgraph.engine import opened

    settings = Settings().at(now)
    with opened(settings) as store:
        author = author_named(store, by, now=settings.now)
        run_sync(store, ask_introduction, author, IntroductionWords(contact, through, note))
    data = {"introduction_id": author.record_id, "state": "asked", "by": author.source}
    emit(data, as_json=as_json, render=lambda _: out.print(f"{author.record_id}: asked"))


def _decide(
    introduction: Annotated[
        str, typer.Argument(metavar="ID", help="The id that `introductions ask` printed.")
    ],
    outcome: Annotated[str, typer.Argument(metavar="made|declined", help="What came of it.")],
    by: By,
    channel: Annotated[
        str, typer.Option(metavar="CHANNEL", help="How it was made, such as email or meeting.")
    ] = "email",
    why: Annotated[
        str | None, typer.Option("--reason", "--why", metavar="TEXT", help="Why it was declined.")
    ] = None,
    now: Now = None,
    as_json: Json = False,
) -> None:
    """Say what came of a request.

    An introduction that was made ties those who took part at the next derive.
    """
    from graph.service import run_sync
    from graph.writing.introduction import DecisionWords, decide_introduction
    from relgraph.author import author_named
    from relgraph.engine import opened

    settings = Settings().at(now)
    with opened(settings) as store:
        author = author_named(store, by, now=settings.now)
        run_sync(store, decide_introduction, author, DecisionWords(introduction, outcome, channel, why))
    data = {"introduction_id": introduction, "state": outcome, "by": author.source, "reason": why}
    emit(data, as_json=as_json, render=lambda _: out.print(f"{introduction}: {outcome}"))


def _list(
    employee: Annotated[
        str | None, typer.Option(metavar="EMPLOYEE", help="Whom they concern; default: everybody's.")
    ] = None,
    state: Annotated[
        list[str] | None, typer.Option(metavar="asked|made|declined", help="May be repeated; default: all.")
    ] = None,
    as_json: Json = False,
) -> None:
    """List requests, the newest first."""
    from graph.introduction.model import REQUEST_STATES
    from graph.introduction.requests import introduction_requests
    from graph.resolve_id import resolve
    from graph.service import run_sync
    from relgraph.engine import opened

    states: Any = state or REQUEST_STATES
    with opened(Settings()) as store:
        who = run_sync(store, resolve, "Employee", employee) if employee else None
        found = run_sync(store, introduction_requests, employee_id=who, states=states, viewer=who)
    emit({"requests": [asdict(one) for one in found]}, as_json=as_json, render=_render_requests)


def _render(data: dict[str, Any]) -> None:
    for place, found in enumerate(data["introductions"], 1):
        out.print(f"{place}. strength {found['strength']:.2f}")
        for step in found["steps"]:
            one, other = (_who(step[end]) for end in ("from_person", "to_person"))
            out.print(f"   {one} → {other}  {step['strength']:.2f}  {escape(step['why'])}")
    if not data["introductions"]:
        out.print("nobody: no way leads there")


def _who(person: dict[str, Any]) -> str:
    where = f" ({person['company']})" if person["company"] else ""
    return escape(f"{person['name'] or person['person_id']}{where}")


def _render_requests(data: dict[str, Any]) -> None:
    for one in data["requests"]:
        whom = escape(one["contact_name"] or one["contact_id"])
        out.print(f"{one['introduction_id']}  {one['state']}  {whom}, asked of {escape(one['through'])}")
    out.print(f"{len(data['requests'])} requests")
