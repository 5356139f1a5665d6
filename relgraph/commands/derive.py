"""`relgraph derive`: ties, purchases, likely roles and reporting lines, gaps in our coverage."""

from datetime import UTC, datetime
from typing import Annotated, Any

import typer
from rich.table import Table

from relgraph.console import Json, emit, out, step
from relgraph.moment import Now
from relgraph.settings import Settings

Recalibrate = Annotated[
    bool,
    typer.Option(
        "--recalibrate",
        help="Measure anew how ties fade and what makes a superior likely, and derive everything by it.",
    ),
]


def register(app: typer.Typer) -> None:

    @app.command()
    def derive(now: Now = None, recalibrate: Recalibrate = False, as_json: Json = False) -> None:
        """Derive ties, purchases, roles, reporting lines and gaps; running it again changes nothing."""
        from graph.clock import fixed_clock, keep_clock
        from graph.derive import derive as derived
        from graph.history import open_history
        from relgraph.engine import opened
        from relgraph.memory import duckdb_limits

        settings = Settings().at(now)
        with opened(settings) as store:
            if settings.now is not None:
                keep_clock(store, fixed_clock(settings.now), datetime.now(UTC))
            step("history")
            with open_history(store, settings.home, duckdb_limits(settings)) as history:
                report = derived(store, None, step, history=history, recalibrate=recalibrate)
        data = {
            "now": report.now.isoformat(),
            "calibration": report.version,
            "whole": report.whole,
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


def _render(data: dict[str, Any]) -> None:
    table = Table(
        "", "standing", "written", "removed", title=f"Derived as of {data['now']}", title_justify="left"
    )
    for name, done in data["counts"].items():
        table.add_row(
            name.replace("_", " "), *(f"{done[key]:,}" for key in ("standing", "written", "removed"))
        )
    out.print(table)
    looked = "everything" if data["whole"] else "what changed since the last derive"
    out.print(f"Looked at {looked}, by calibration {data['calibration']}.")
    out.print(f"A tie halves in {data['half_life_days']} silent days; {sum(data['seconds'].values()):.1f} s.")
