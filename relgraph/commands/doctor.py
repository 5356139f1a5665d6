"""`relgraph doctor`: is everything there, and what to do where it is not."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import typer

from relgraph.console import Json, emit, out
from relgraph.moment import Now
from relgraph.settings import Settings

if TYPE_CHECKING:
    from relgraph.doctor import Finding, Report

MARKS = {"ok": "ok", "optional": "--", "todo": "!", "broken": "BROKEN"}


def register(app: typer.Typer) -> None:
    app.command()(doctor)


def doctor(now: Now = None, as_json: Json = False) -> None:
    """Check the installation, and say what to do where it is broken.

    Looks at Python, packages, memory, disk, the engine, its schema, and the age of data and models.

    Exit code 0 when relgraph can work here, 1 when something that is needed is broken.
    """
    report = examined(now)
    emit(report.document(), as_json=as_json, render=lambda _: show(report))
    if not report.usable:
        raise typer.Exit(1)


def examined(now: str | None = None) -> "Report":
    """Look at everything, with the settings of the environment and the wall clock."""
    from relgraph.doctor import Report, audit, examine_graph, examine_machine, examine_packages
    from relgraph.engine import engine_config
    from relgraph.memory import budget, usable_memory

    settings = Settings().at(now)
    machine = (*examine_machine(settings.home), audit(settings.home, datetime.now(UTC)))
    given = budget(settings, usable_memory())
    graph = examine_graph(engine_config(settings), datetime.now(UTC), given, settings.now)
    return Report(findings=(*machine, *examine_packages(), *graph))


def show(report: "Report") -> None:
    """One line per finding, in columns."""
    for finding in report.findings:
        out.print(line(finding), markup=False)


def line(finding: "Finding") -> str:
    """`mark subject found → advice` on one line."""
    text = f"{MARKS[finding.status]:<7}{finding.subject:<17}{finding.found}"
    return f"{text} → {finding.advice}" if finding.advice else text
