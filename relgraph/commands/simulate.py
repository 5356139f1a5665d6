"""`relgraph simulate`: the exports of a simulated company, and apart from them the truth."""

from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer

from graph.errors import UsageError
from relgraph.console import Json, emit, out


def register(app: typer.Typer) -> None:
    app.command("simulate")(simulate)


def simulate(  # noqa: PLR0913, PLR0917 - one parameter per option
    customers: Annotated[int, typer.Option(help="How many customers (50 … 1000000).")],
    out: Annotated[Path, typer.Option(metavar="FOLDER", help="New or empty folder for the exports.")],
    seed: Annotated[int, typer.Option(help="Same seed, same bytes.")] = 7,
    dirt: Annotated[float, typer.Option(help="0 clean … 1 filthy.")] = 0.5,
    relational_effects: Annotated[
        bool, typer.Option(help="Whether links between companies and people matter.")
    ] = True,
    end: Annotated[str, typer.Option(metavar="DATE", help="Last day of the three years.")] = "2025-12-31",
    until: Annotated[
        str | None,
        typer.Option(metavar="DATE", help="Export as of this day's evening (default: the last day's)."),
    ] = None,
    since: Annotated[
        str | None,
        typer.Option(metavar="DATE", help="Export only what is new or has changed after this day's evening."),
    ] = None,
    truth: Annotated[
        Path | None, typer.Option(metavar="FOLDER", help="Folder for the truth (default: OUT-truth).")
    ] = None,
    as_json: Json = False,
) -> None:
    """Write the exports of a simulated company.

    They are three years of CRM, ERP, help desk, mail log and calendar. Their truth goes to another folder.
    """
    from simulate import SimulationConfig  # numpy and pandas load only here
    from simulate import simulate as run

    config = SimulationConfig(
        customers, seed, dirt, relational_effects, _day(end, "--end"),
        since=_day(since, "--since") if since is not None else None,
        until=_day(until, "--until") if until is not None else None,
    )  # fmt: skip
    emit(run(config, out, truth).as_dict(), as_json=as_json, render=_show)


def _day(text: str, option: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise UsageError(f"{option} {text}: write the day as 2025-12-31") from error


def _show(report: dict[str, Any]) -> None:
    out.print(
        f"{report['customers']} customers, {report['first_day']} to {report['last_day']}, "
        f"seed {report['seed']}, dirt {report['dirt']}"
    )
    for name, rows in report["rows"].items():
        out.print(f"  {rows:>10,}  {name}")
    out.print(f"  {report['total_rows']:>10,}  rows in {report['exports']}")
    out.print(f"truth (for no pipeline to read): {report['truth']}")
