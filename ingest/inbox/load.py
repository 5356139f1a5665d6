"""One load of events: written as tables of a folder, loaded as files are, and told what became of each."""

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import uuid4

import orjson

from graph.duckdb_limits import USUAL_LIMITS, DuckDbLimits
from graph.inbox.event import Event
from graph.inbox.waiting import Taken, mark_taken, waiting_events
from graph.store import Store
from ingest.inbox.mapping import columns_of, mapping_of
from ingest.inbox.rows import EVENT, Table, stated_by, tables_of
from ingest.mapping.model import Mapping
from ingest.options import LoadOptions
from ingest.report import Report
from ingest.run import ingest
from ingest.scratch import scratch_of

MOST = 5_000
"""Events per load."""


@dataclass(frozen=True, slots=True)
class InboxLoad:
    """A load of events: its report, and what became of the events; one that is not named still waits."""

    report: Report
    taken: list[Taken]


def load_inbox(
    store: Store, home: Path, now: datetime, *, like: Mapping | None = None, fixed: datetime | None = None,
    most: int = MOST, limits: DuckDbLimits = USUAL_LIMITS,
) -> InboxLoad | None:  # fmt: skip
    """Load the oldest waiting events, then mark them as taken; None where none waits.

    now: the wall clock. A load that is killed before its events are marked is simply made again: it finds
    what it wrote, and writes nothing twice. Raises as `ingest.run.ingest` does.
    """
    events, unreadable = waiting_events(store, most)
    mark_taken(store, unreadable, None, now)
    if not events:
        return None
    made = load_events(store, events, home, now, like=like, fixed=fixed, limits=limits)
    mark_taken(store, made.taken, made.report.run_id, now)
    return InboxLoad(made.report, [*unreadable, *made.taken])


def load_events(
    store: Store, events: Sequence[Event], home: Path, now: datetime, *, like: Mapping | None = None,
    fixed: datetime | None = None, limits: DuckDbLimits = USUAL_LIMITS,
) -> InboxLoad:  # fmt: skip
    """Load these events, which are given in the order in which they came."""
    tables = tables_of(events)
    with scratch_of(home, f"inbox-{uuid4().hex[:12]}") as folder:
        for table in tables:
            _write(table, folder)
        mapping = mapping_of(tables, like)
        options = LoadOptions(fixed=fixed, limits=limits)
        report = ingest(store, mapping, folder, home, now, options)
    return InboxLoad(report, list(_taken(events, report)))


def _write(table: Table, folder: Path) -> None:
    with (folder / f"{table.name}.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns_of(table), restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(table.rows)


def _taken(events: Sequence[Event], report: Report) -> Iterator[Taken]:
    """An event is in quarantine where one of its rows is, for the first reason.

    One that was replaced by such an event was not loaded at all: it goes on waiting.
    """
    reasons = _reasons(Path(report.quarantine_file)) if report.quarantine_file else {}
    stated = stated_by(events)
    for event in events:
        reason = reasons.get(event.event_id)
        if reason:
            yield Taken(event.event_id, "quarantined", reason)
        elif stated[event.event_id] not in reasons:
            yield Taken(event.event_id, "loaded")


def _reasons(quarantine: Path) -> dict[str, str]:
    reasons: dict[str, str] = {}
    with quarantine.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            event_id = orjson.loads(row["cells"]).get(EVENT)
            if event_id:
                reasons.setdefault(event_id, row["reason"])
    return reasons
