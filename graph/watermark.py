"""Watermarks: by source and dataset the newest moment that a load has seen, and whether it goes on as it did.

A load counts that changed the graph and was not taken back. A dataset *went back* where its last load bore
nothing newer than an earlier one had: an old export, or one that lacks its newest rows. It *stands still*
where nothing newer has come for longer than it ever took before, by the company's now; a dataset whose mark
has moved fewer than three times has no such measure.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Literal

import orjson

from graph.moment import END, in_utc
from graph.service import GraphStore, Row

LOADS, PAGE = 500, 50
"""Loads that are looked at, the newest, and how many are read at once: a report may be long."""
MOVES = 3
"""Moves of a mark from which its rhythm is known."""
PATIENCE = 2.0
"""Times the longest distance between two moves after which a dataset stands still. A judgement."""
LEAST = timedelta(days=2)
"""Silence that is none, however often a dataset moved."""
State = Literal["ok", "went back", "stands still"]
Name = tuple[str, str]
"""Source and dataset."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What one load saw of a dataset."""

    run_id: str
    at: datetime
    newest: datetime
    rows: int


@dataclass(frozen=True, slots=True)
class Watermark:
    """The mark of a dataset."""

    source: str
    dataset: str
    newest: datetime
    """The newest moment that any load saw."""
    moved_at: datetime
    """When the load came that saw it first."""
    run_id: str
    """That load."""
    last_at: datetime
    """When the last load with rows of it came."""
    last_rows: int
    loads: int
    state: State
    said: str | None
    """What is wrong, in a sentence."""


async def watermarks(store: GraphStore, *, now: datetime) -> list[Watermark]:
    """The marks of all datasets whose rows bear moments, by source and name. now: the company's."""
    rows = await _loads(store)
    return [_mark(name, seen, now) for name, seen in sorted(_seen(rows).items())]


async def _loads(store: GraphStore) -> list[Row]:
    """The newest loads, page by page."""
    found: list[Row] = []
    before, behind = END, ""
    while len(found) < LOADS:
        page = await store.read("run.loads", most=PAGE, before=before.isoformat(), behind=behind)
        found += page
        if len(page) < PAGE:
            break
        before, behind = in_utc(page[-1]["started_at"]), page[-1]["run_id"]
    return found


def _seen(rows: Sequence[Row]) -> Mapping[Name, list[Seen]]:
    """What the loads saw, the oldest first."""
    found = defaultdict[Name, list[Seen]](list)
    for row in reversed(rows):
        report = orjson.loads(row["report"] or "{}")
        for dataset, told in report.get("datasets", {}).items():
            if told.get("newest") is not None:
                newest = in_utc(datetime.fromisoformat(told["newest"]))
                seen = Seen(row["run_id"], in_utc(row["started_at"]), newest, told["read"])
                found[told["source"], dataset].append(seen)
    return found


def _mark(name: Name, seen: Sequence[Seen], now: datetime) -> Watermark:
    moves = [seen[0]]
    for one in seen[1:]:
        if one.newest > moves[-1].newest:
            moves.append(one)
    top, last = moves[-1], seen[-1]
    state, said = _judged([one.newest for one in moves], last, now)
    return Watermark(
        *name, top.newest, top.at, top.run_id, last.at, last.rows, len(seen), state, said
    )  # fmt: skip


def _judged(marks: Sequence[datetime], last: Seen, now: datetime) -> tuple[State, str | None]:
    newest = marks[-1]
    if last.newest < newest:
        return "went back", (
            f"the last load ({last.run_id}) bore nothing after {last.newest:%Y-%m-%d}, "
            f"and {newest:%Y-%m-%d} was seen before: an old export, or one that lacks its newest rows"
        )
    longest = max((later - one for one, later in pairwise(marks)), default=timedelta())
    if len(marks) > MOVES and now - newest > max(PATIENCE * longest, LEAST):
        return "stands still", (
            f"nothing after {newest:%Y-%m-%d} for {(now - newest).days} days, "
            f"where it took {max(1, longest.days)} at most before"
        )
    return "ok", None
