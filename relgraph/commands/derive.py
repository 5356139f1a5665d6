"""`relgraph derive`: ties, purchases, likely roles and reporting lines, gaps, alerts, tags and segments."""

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
    app.command("derive")(_derive)


def _derive(
    what: Annotated[
        str | None, typer.Argument(metavar="[tags|segments]", help="These alone; default: everything.")
    ] = None,
    now: Now = None,
    recalibrate: Recalibrate = False,
    as_json: Json = False,
) -> None:
    """Derive ties, roles, reporting lines, gaps, alerts and tags.

    After the first time only what has changed; running it again changes nothing.
    """
    if what is not None:
        emit(_only(what, Settings().at(now)), as_json=as_json, render=_render_only)
        return
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
            report = derived(
                store, None, step, history=history, recalibrate=recalibrate, off=settings.rules_off
            )
    data = {
        "now": report.now.isoformat(),
        "calibration": report.version,
        "whole": report.whole,
        "off": sorted(settings.rules_off),
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


def _only(what: str, settings: Settings) -> dict[str, Any]:
    """What deriving tags or segments alone did; with segments go those that are found by a method."""
    from graph.clock import data_now, fixed_clock, keep_clock
    from graph.derive.groups import derive_tags_and_segments
    from graph.errors import UsageError
    from graph.history import open_history
    from graph.service import run_sync
    from relgraph.commands.train import require_learning
    from relgraph.engine import opened
    from relgraph.memory import duckdb_limits

    if what not in {"tags", "segments"}:
        raise UsageError(f"derive {what}: alone can be derived tags and segments")
    if what == "segments":
        require_learning()
    with opened(settings) as store:
        if settings.now is not None:
            keep_clock(store, fixed_clock(settings.now), datetime.now(UTC))
        moment = run_sync(store, data_now)
        step("history")
        with open_history(store, settings.home, duckdb_limits(settings)) as history:
            counts = derive_tags_and_segments(store, history.connection, moment)
            if what == "segments":
                from relgraph.found_segments import derive_found_segments

                counts["found segments"] = derive_found_segments(store, history.connection, moment)
    told = {
        name: {"standing": done.standing, "written": done.written, "removed": done.removed}
        for name, done in counts.items()
    }
    return {"now": moment.isoformat(), "counts": told}


def _render_only(data: dict[str, Any]) -> None:
    out.print(_table(data))


def _render(data: dict[str, Any]) -> None:
    out.print(_table(data))
    looked = "everything" if data["whole"] else "what changed since the last derive"
    if data["off"]:
        out.print(f"Switched off, and withdrawn: {', '.join(data['off'])}.")
    out.print(f"Looked at {looked}, by calibration {data['calibration']}.")
    out.print(f"A tie halves in {data['half_life_days']} silent days; {sum(data['seconds'].values()):.1f} s.")


def _table(data: dict[str, Any]) -> Table:
    table = Table(
        "", "standing", "written", "removed", title=f"Derived as of {data['now']}", title_justify="left"
    )
    for name, done in data["counts"].items():
        table.add_row(
            name.replace("_", " "), *(f"{done[key]:,}" for key in ("standing", "written", "removed"))
        )
    return table
