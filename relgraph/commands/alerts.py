"""`relgraph alerts`: what somebody should look at, what to do about it, and what was decided."""

from dataclasses import asdict
from typing import Annotated, Any

import typer

from relgraph.console import Json, emit, out
from relgraph.help import command_group
from relgraph.moment import moment
from relgraph.options import AsOf, By, Lang
from relgraph.settings import Settings

AlertId = Annotated[str, typer.Argument(metavar="ALERT", help="The id that `alerts list` shows.")]
Reason = Annotated[str | None, typer.Option("--reason", "--why", metavar="TEXT", help="Why; needed to mute.")]


def register(app: typer.Typer) -> None:
    group = command_group("alerts", "List what somebody should look at, and decide about it.")
    group.command("list")(_list)
    for name, state_, text in (
        ("acknowledge", "acknowledged", "Say that an alert is seen and worked on."),
        ("done", "done", "Say that an alert is dealt with; it is not shown while it lasts."),
        ("mute", "muted", "Do not show an alert while it lasts; says why."),
        ("reopen", "open", "Show an alert again."),
    ):
        group.command(name, help=text)(_decision(state_))
    app.add_typer(group)


def _list(  # noqa: PLR0913, PLR0917 - one parameter per option
    employee: Annotated[
        str | None, typer.Option(metavar="EMPLOYEE", help="Of the accounts of this employee: any id.")
    ] = None,
    customer: Annotated[str | None, typer.Option(metavar="ID", help="Of this customer: any id.")] = None,
    team: Annotated[str | None, typer.Option(metavar="TEAM", help="Of the accounts of this team.")] = None,
    kind: Annotated[
        list[str] | None, typer.Option(metavar="KIND", help="Of this kind; may be repeated.")
    ] = None,
    severity: Annotated[
        list[str] | None,
        typer.Option(metavar="critical|warning|info", help="May be repeated; default: all."),
    ] = None,
    state: Annotated[
        list[str] | None,
        typer.Option(metavar="open|acknowledged|done|muted", help="May be repeated; default: the first two."),
    ] = None,
    as_of: AsOf = None,
    lang: Lang = "en",
    first: Annotated[int, typer.Option(min=1, max=1000, help="How many at most.")] = 50,
    as_json: Json = False,
) -> None:
    """List alerts, the gravest first; a derive finds and closes them.

    Those about the data (`relgraph quality`) follow, unless accounts or a past day are asked for.
    """
    from graph.alert.model import IN_WORK, Selection, states
    from graph.alert.playbook import language
    from graph.alert.read import Asking, alerts
    from graph.clock import data_now
    from graph.portfolio import Portfolio
    from graph.quality.missing import KIND, missing_fields
    from graph.resolve_id import resolve
    from graph.service import run_sync
    from relgraph.engine import opened

    told, wanted = language(lang), states(state) if state else IN_WORK
    day = moment(as_of, "--as-of") if as_of is not None else None
    with opened(Settings()) as store:
        owner = run_sync(store, resolve, "Employee", employee) if employee else None
        account = run_sync(store, resolve, "Customer", customer) if customer else None
        selection = Selection(
            Portfolio(account, owner, team), tuple(kind or ()), tuple(severity or ()), wanted
        )
        asking = Asking(run_sync(store, data_now), day, owner, told)
        found = [asdict(one) for one in run_sync(store, alerts, selection, asking, first=first).alerts]
        if not (employee or customer or team or day):
            of_data = run_sync(store, missing_fields, told, states=wanted)
            found += [
                _of_data(one)
                for one in of_data
                if (not kind or KIND in kind) and (not severity or one.severity in severity)
            ]
    emit({"alerts": found[:first]}, as_json=as_json, render=_render)


def _decision(state: str) -> Any:
    def decided(alert: AlertId, by: By, reason: Reason = None, as_json: Json = False) -> None:
        from graph.alert.decide import Decision
        from graph.alert.model import states
        from graph.quality.missing import decide_any
        from graph.service import run_sync
        from relgraph.author import author_named
        from relgraph.engine import opened

        with opened(Settings()) as store:
            author = author_named(store, by, reason)
            (chosen,) = states([state])
            run_sync(store, decide_any, author, Decision(alert, chosen))
        data = {"alert_id": alert, "state": state, "by": author.source, "reason": reason}
        emit(data, as_json=as_json, render=lambda _: out.print(f"{alert}: {state}"))

    return decided


def _of_data(alert: Any) -> dict[str, Any]:
    """With the keys by which an alert of an account is told; `customer_name` is the field it is about."""
    told = asdict(alert)
    source, label, field = told.pop("place")
    return {"customer_id": None, "customer_name": f"{source}: {label} {field}", "owner": None, **told}


def _render(data: dict[str, Any]) -> None:
    for alert in data["alerts"]:
        owner = alert["owner"]["name"] or alert["owner"]["employee_id"] if alert["owner"] else "nobody"
        out.print(f"[bold]{alert['severity']}[/bold]  {alert['title']} · {alert['customer_name']} ({owner})")
        out.print(
            f"  {alert['message']} Since {alert['since']:%Y-%m-%d}; {alert['state']}; {alert['alert_id']}"
        )
        for step in alert["play"]["steps"]:
            out.print(f"  → {step}")
    out.print(f"{len(data['alerts'])} alerts")
