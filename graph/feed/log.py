"""What was written since a position of the change log."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from graph.keyset import BadCursor, cursor, key_after, moment_in
from graph.moment import in_utc
from graph.service import GraphStore

PAGE = 1_000
"""Changes that are read at once."""
LATE = timedelta(seconds=30)
"""A write may be seen so much later than it is dated: its transaction lasted, or a clock differs."""
_LISTING = "change"


@dataclass(frozen=True, slots=True)
class Changed:
    """One write: its kind, such as `write.assert_role` or `derive.gaps`, and the typed ids it names."""

    change_id: str
    kind: str
    entity_ids: tuple[str, ...]
    at: datetime
    """When it was written, by the wall clock."""


async def changes_since(store: GraphStore, since: datetime, limit: int = PAGE) -> list[Changed]:
    """The writes dated at `since` or later, newest first; of more than `limit` the newest."""
    rows = await store.read("feed.since", since=since.isoformat(), limit=limit)
    return [
        Changed(row["change_id"], row["kind"], tuple(row["entity_ids"] or ()), in_utc(row["at"]))
        for row in rows
    ]


def position(at: datetime) -> str:
    """The cursor of a moment of the log."""
    return cursor(_LISTING, at.isoformat())


def moment_of(given: str) -> datetime:
    """The moment of a cursor; raises BadCursor."""
    key = key_after(given, _LISTING)
    if len(key) != 1:
        raise BadCursor
    return in_utc(moment_in(key[0]))
