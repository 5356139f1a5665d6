"""`relgraph derive`: ties, purchases, likely roles and reporting lines, gaps in our coverage."""

from datetime import datetime
from typing import Annotated, Any

import typer
from rich.table import Table

from graph.errors import UsageError
from graph.moment import in_utc
from relgraph.console import Json, emit, out, step
from relgraph.settings import Settings

AsOf = Annotated[
    str | None,
    typer.Option(
        "--as-of", metavar="DATE", help="The day to derive for; default: the newest event in the data."
    ),
]


def register(app: typer.Typer) -> None:

    @app.command()
    def derive(as_of: AsOf = None, as_json: Json = False) -> None:
        """Derive ties, purchases, roles, reporting lines and gaps; running it again changes nothing."""
        from graph.derive import derive as derived
        from relgraph.engine import opened

        now = None if as_of is None else moment(as_of)
        with opened(Settings()) as store:
            report = derived(store, now, step)
        data = {
            "now": report.now.isoformat(),
            "half_life_days": round(report.calibration.half_life_days, 1),
            "scale": round(report.calibration.scale, 4),
            "shape": round(report.calibration.shape, 4),
            "counts": {
                name: {"standing": done.standing, "written": done.written, "removed": done.removed}
                for name, done in report.counts.items()
            },
            "seconds": report.seconds,
        }
        emit(data, as_json=as_json, render=_render)


def moment(text: str) -> datetime:
    """A date or moment in ISO 8601 as UTC (a bare date means its end); raises UsageError."""
    try:
        read = datetime.fromisoformat(text)
    except ValueError as error:
        raise UsageError(f"--as-of {text!r} is no date; write it like 2025-06-30") from error
    if len(text) == len("2025-06-30"):
        read = read.replace(hour=23, minute=59, second=59)
    return in_utc(read)


def _render(data: dict[str, Any]) -> None:
    table = Table(
        "", "standing", "written", "removed", title=f"Derived as of {data['now']}", title_justify="left"
    )
    for name, done in data["counts"].items():
        table.add_row(
            name.replace("_", " "), *(f"{done[key]:,}" for key in ("standing", "written", "removed"))
        )
    out.print(table)
    out.print(f"A tie halves in {data['half_life_days']} silent days; {sum(data['seconds'].values()):.1f} s.")
