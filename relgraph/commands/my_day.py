"""`relgraph my-day`: what an employee should look at on a day, the most pressing first."""

from dataclasses import asdict
from datetime import date
from typing import Annotated, Any

import typer

from graph.errors import UsageError
from relgraph.console import Json, emit, out
from relgraph.options import Lang
from relgraph.settings import Settings


def register(app: typer.Typer) -> None:
    app.command("my-day")(_my_day)


def _my_day(
    employee: Annotated[str, typer.Argument(metavar="EMPLOYEE", help="Whose day: any id of an employee.")],
    day: Annotated[
        str | None, typer.Option("--date", metavar="DATE", help="A past day; default: the company's today.")
    ] = None,
    zone: Annotated[
        str, typer.Option(metavar="ZONE", help="Time zone of the employee, such as Asia/Shanghai.")
    ] = "UTC",
    lang: Lang = "en",
    as_json: Json = False,
) -> None:
    """Say what an employee should look at today.

    At most ten things, each with why, until when, and what to do.
    """
    from graph.alert.playbook import language
    from graph.clock import data_now
    from graph.day.read import my_day
    from graph.resolve_id import resolve
    from graph.service import run_sync
    from relgraph.engine import opened

    chosen, told = _date(day) if day is not None else None, language(lang)
    with opened(Settings()) as store:
        employee_id = run_sync(store, resolve, "Employee", employee)
        now = run_sync(store, data_now)
        found = run_sync(
            store, my_day, employee_id=employee_id, now=now, day=chosen, time_zone=zone, language=told
        )
    emit(asdict(found), as_json=as_json, render=_render)


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise UsageError(f"--date {text}: write the day as 2025-12-31") from error


def _render(data: dict[str, Any]) -> None:
    out.print(f"{data['employee_id']}, {data['day']} ({data['time_zone']})")
    for item in data["items"]:
        what = item["what"]
        about = what["subject"]["customer_name"] or ""
        due = f", due {what['due']:%Y-%m-%d}" if what["due"] else ""
        out.print(f"{item['rank']:>2}. [bold]{what['kind']}[/bold]  {about}{due}")
        out.print(f"    {what['reason']}")
        for step in what["what_to_do"]:
            out.print(f"    → {step}")
    for note in data["notes"]:
        out.print(note)
