"""`relgraph runs`: what loads and rounds of work have done, and a load taken back."""

from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any

import orjson
import typer

from graph.errors import NotFound
from relgraph.commands.ingest import render as render_load
from relgraph.commands.work import render as render_round
from relgraph.console import Json, emit, out, step
from relgraph.help import command_group
from relgraph.settings import Settings

if TYPE_CHECKING:
    from graph.store import Store

runs = command_group("runs", "List and show loads and rounds of work; take a load back.")

SHOWN = 5
"""Ids that a sentence names."""
COUNTED = ("read", "loaded", "unchanged", "quarantined")


def register(app: typer.Typer) -> None:
    app.add_typer(runs)


@runs.command("list")
def list_(
    first: Annotated[int, typer.Option(min=1, max=10_000, help="How many, the newest first.")] = 20,
    as_json: Json = False,
) -> None:
    """List loads that changed the graph, and rounds of `relgraph work`."""
    from relgraph.engine import opened

    with opened(Settings()) as store:
        found = newest_runs(store, first)
    emit(found, as_json=as_json, render=_table)


@runs.command("watermarks")
def watermarks_(as_json: Json = False) -> None:
    """Show the newest moment seen of each dataset.

    Also when it was seen and in how many rows, the cursors of systems, and which went back or stands still.
    """
    from dataclasses import asdict

    from graph import migrations
    from graph.clock import data_now
    from graph.service import run_sync
    from graph.watermark import watermarks
    from relgraph.engine import opened
    from relgraph.work.state import read_state

    settings = Settings()
    with opened(settings) as store:
        marks = run_sync(store, watermarks, now=settings.now or run_sync(store, data_now))
        state = read_state(settings.home, migrations.check(store).database_id or "")
    cursors = [
        {"system": name.partition("|")[0], "stream": stream, "cursor": one.cursor, "due": asked.due}
        for name, asked in sorted(state.asked.items())
        for stream, one in sorted(asked.streams.items())
    ]
    emit({"datasets": [asdict(one) for one in marks], "cursors": cursors}, as_json=as_json, render=_marks)


@runs.command()
def show(
    run_id: Annotated[str, typer.Argument(metavar="ID", help="The id that `runs list` shows.")],
    as_json: Json = False,
) -> None:
    """Show the whole report of a run."""
    from relgraph.engine import opened

    with opened(Settings()) as store:
        found = run_of(store, run_id)
    emit(found, as_json=as_json, render=_show)


@runs.command()
def revert(
    run_id: Annotated[str, typer.Argument(metavar="ID", help="The id of a load that `runs list` shows.")],
    as_json: Json = False,
) -> None:
    """Take a load back.

    The graph becomes what the other loads add up to.

    Later loads stay, and what people have said. Rows of later loads that refer to what only this one had
    brought go to quarantine. A revert that is killed is finished by the next revert or load.
    """
    from datetime import UTC, datetime

    from ingest.revert.run import revert as take_back
    from relgraph.engine import opened
    from relgraph.memory import duckdb_limits

    settings = Settings()
    with opened(settings) as store:
        done = take_back(
            store, settings.home, run_id, datetime.now(UTC), step=step, limits=duckdb_limits(settings)
        )
    emit(done.as_dict(), as_json=as_json, render=_reverted)


def newest_runs(store: "Store", most: int) -> list[dict[str, Any]]:
    """The newest runs: id, kind, status, start, end (ISO texts), and the rows of their loads."""
    return [_told(row) | {"rows": _rows(row)} for row in store.read("run.newest", most=most)]


def run_of(store: "Store", run_id: str) -> dict[str, Any]:
    """One run with its whole report; raises NotFound."""
    row = store.one("run.of", run_id=run_id)
    if row is None:
        raise NotFound("run", run_id)
    return _told(row) | {"report": _report(row)}


def _told(row: dict[str, Any]) -> dict[str, Any]:
    ends = {name: _iso(row[name]) for name in ("started_at", "finished_at")}
    return {"run_id": row["run_id"], "kind": row["kind"], "status": row["status"], **ends}


def _rows(row: dict[str, Any]) -> dict[str, int]:
    report = _report(row)
    loads = [report.get("totals", {})] if row["kind"] == "ingest" else report.get("loads", [])
    return {name: sum(load.get(name, 0) for load in loads) for name in COUNTED}


def _report(row: dict[str, Any]) -> dict[str, Any]:
    report: dict[str, Any] = orjson.loads(row["report"] or "{}")
    return report


def _iso(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()


def _table(found: list[dict[str, Any]]) -> None:
    for run in found:
        counts = ", ".join(f"{run['rows'][name]:,} {name}" for name in COUNTED)
        line = f"{run['started_at'][:19]}  {run['kind']:<6}  {run['status']:<7}  {run['run_id']}  {counts}"
        out.print(line, markup=False)
    if not found:
        out.print("no runs yet; `relgraph ingest` or `relgraph work` make one")


def _marks(told: dict[str, Any]) -> None:
    for one in told["datasets"]:
        line = f"{one['source']}.{one['dataset']}: {one['newest']:%Y-%m-%d %H:%M}"
        seen = f"seen {one['moved_at']:%Y-%m-%d %H:%M}"
        loads = f"{one['loads']:,} loads, the last of {one['last_rows']:,} rows"
        out.print(f"{line}, {seen}; {loads}; {one['state']}", markup=False)
        if one["said"]:
            out.print(f"  {one['said']}", markup=False)
    for one in told["cursors"]:
        out.print(f"{one['system']} {one['stream']}: cursor {one['cursor'] or 'none yet'}", markup=False)
    if not told["datasets"]:
        out.print("no load with dated rows yet")


def _reverted(done: dict[str, Any]) -> None:
    out.print(f"{done['run_id']} is taken back, by {done['revert_id']}")
    for verb, counts in (("written anew", done["put"]), ("taken out", done["dropped"])):
        told = ", ".join(f"{count:,} {name}" for name, count in counts.items())
        out.print(f"{verb}: {told or 'nothing'}", markup=False)
    for label, ids in done["stays"].items():
        shown = ", ".join(ids[:SHOWN]) + (" …" if len(ids) > SHOWN else "")
        out.print(f"{len(ids):,} {label} stay, for people have said something of them: {shown}", markup=False)
    if done["killed"]:
        told = ", ".join(done["killed"])
        out.print(f"taken back with it, for they were killed before their end: {told}", markup=False)
    if done["unreferred"]:
        out.print(
            f"{done['unreferred']:,} rows of later loads refer to what is gone; `relgraph quarantine list`"
        )


def _show(run: dict[str, Any]) -> None:
    out.print(
        f"{run['kind']} {run['status']}, {run['started_at'][:19]} to {(run['finished_at'] or '?')[:19]}"
    )
    if run["kind"] == "revert":
        _reverted(run["report"])
        return
    (render_load if run["kind"] == "ingest" else render_round)(run["report"])
