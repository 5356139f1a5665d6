"""`relgraph export`: what the graph says goes back into the systems it came from."""

from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer

from graph.errors import RelgraphError
from relgraph.console import Json, emit, out
from relgraph.help import command_group
from relgraph.moment import Now
from relgraph.settings import Settings

SHOWN = 10
"""Changes that are told one by one."""


class NothingToSend(RelgraphError):
    """A mapping was named that says nothing of a way back."""

    exit_code = 2

    def __init__(self, mapping: Path) -> None:
        super().__init__(f"{mapping} has no `push:`, which says what is sent where; see docs/connectors.md")


def register(app: typer.Typer) -> None:
    export = command_group("export", "Send scores, tags and corrections back into the sources.")
    export.command()(crm)
    export.command()(queue)
    app.add_typer(export)


def crm(
    mapping: Annotated[Path, typer.Option("--mapping", "-m", metavar="FILE", help="A mapping with `push:`.")],
    put: Annotated[
        bool, typer.Option("--queue", help="Queue the changes; `relgraph work` sends them.")
    ] = False,
    now: Now = None,
    as_json: Json = False,
) -> None:
    """Say what a source lacks of what the graph knows.

    That is scores, tags, merges, corrections and statements. With --queue they are sent.

    Without --queue nothing is written anywhere.
    """
    from datetime import UTC, datetime

    from graph.clock import data_now
    from graph.service import run_sync
    from ingest.mapping.read import read_mapping
    from relgraph.engine import opened
    from relgraph.outgoing.plan import plan
    from relgraph.outgoing.queue import opened_queue, queue_path

    settings = Settings().at(now)
    read = read_mapping(mapping)
    if read.push is None:
        raise NothingToSend(mapping)
    path = queue_path(settings.home, mapping, read.source)
    with opened(settings) as store, opened_queue(path) as known:
        planned = plan(store, read.push, read.source, known, settings.now or run_sync(store, data_now))
        queued = known.put(mapping, planned.changes, planned.withdrawn, datetime.now(UTC)) if put else 0
    told = {
        "records": planned.records,
        "changes": [asdict(one) for one in planned.changes],
        "withdrawn": len(planned.withdrawn),
        "queued": queued,
        "dry": not put,
    }
    emit(told, as_json=as_json, render=_planned)


def _planned(told: dict[str, Any]) -> None:
    count = len(told["changes"])
    verb = "would be queued; --queue queues them" if told["dry"] else "queued; `relgraph work` sends them"
    out.print(f"{told['records']:,} records looked at, {count:,} changes {verb}", markup=False)
    counted: dict[tuple[str, str], int] = {}
    for one in told["changes"]:
        counted[one["record"], one["field"]] = counted.get((one["record"], one["field"]), 0) + 1
    for (record, field), many in sorted(counted.items()):
        out.print(f"  {record}.{field}: {many:,}", markup=False)
    for one in told["changes"][:SHOWN]:
        _change(one)
    if told["withdrawn"]:
        out.print(f"{told['withdrawn']:,} that wait are no longer so, and are withdrawn", markup=False)


def _change(one: dict[str, Any]) -> None:
    before, value = one["before"], one["value"]
    out.print(f"  {one['record']} {one['key']}: {one['field']} {before!r} → {value!r}", markup=False)


def queue(as_json: Json = False) -> None:
    """List what waits to be sent, and what became of the rest.

    It was sent, there already, in conflict, or refused.
    """
    from relgraph.outgoing.queue import opened_queue, queue_paths

    told = []
    for path in queue_paths(Settings().home):
        with opened_queue(path) as known:
            unsent = known.newest("conflict", SHOWN) + known.newest("refused", SHOWN)
            said = {"mapping": str(known.mapping), "counts": known.counts()}
            told.append(said | {"unsent": [asdict(one) for one in unsent]})
    emit({"queues": told}, as_json=as_json, render=_queues)


def _queues(told: dict[str, Any]) -> None:
    for one in told["queues"]:
        counts = ", ".join(f"{count:,} {state}" for state, count in one["counts"].items())
        out.print(f"{one['mapping']}: {counts or 'nothing'}", markup=False)
        for unsent in one["unsent"]:
            _change(unsent["change"])
            out.print(f"    {unsent['state']}: {unsent['why']}", markup=False)
    if not told["queues"]:
        out.print("nothing was queued yet; `relgraph export crm -m MAPPING --queue` does")
