"""Records that may be one, with the evidence weight by weight."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import orjson

from graph.errors import UsageError
from graph.merge.candidate import Weight
from graph.service import GraphStore, Row

KINDS = ("Customer", "Contact")
MOST = 200


@dataclass(frozen=True, slots=True)
class Review:
    """Two records of a kind that may be one, until somebody decides."""

    kind: str
    one_id: str
    one_name: str | None
    other_id: str
    other_name: str | None
    probability: float
    since: datetime
    weights: tuple[Weight, ...]
    parent_id: str | None = None
    """Which of two customers stands above the other, as stated or inferred: the other is its branch."""


async def reviews(
    store: GraphStore, *, kind: str, first: int, now: datetime, viewer: str | None, ids: Sequence[str] = ()
) -> list[Review]:
    """At most `first` (1…200) of a kind, the surest first; with `ids` those of these records.

    Raises UsageError.
    """
    if kind not in KINDS:
        raise UsageError(f"there are reviews of {' and '.join(KINDS)}, not of {kind[:40]!r}")
    if not 1 <= first <= MOST:
        raise UsageError(f"a page holds 1 to {MOST} reviews, not {first}")
    rows = await store.read(
        "merge.reviews", kind=kind, ids=list(ids), now=now.isoformat(), limit=first, viewer=viewer or ""
    )
    return [_review(kind, row) for row in rows]


async def reviews_of_each(
    store: GraphStore, record_ids: Sequence[str], *, kind: str, now: datetime, viewer: str | None
) -> dict[str, list[Review]]:
    """What each of these records of a kind may be the same as, by its id."""
    ids = sorted(set(record_ids))
    found = await reviews(store, kind=kind, first=MOST, now=now, viewer=viewer, ids=ids)
    return {one: [review for review in found if one in (review.one_id, review.other_id)] for one in ids}


def _review(kind: str, row: Row) -> Review:
    weights = tuple(Weight(**weight) for weight in orjson.loads(row["weights"] or "[]"))
    own = {name: value for name, value in row.items() if name not in {"weights", "parents"}}
    return Review(kind, **own, weights=weights, parent_id=next(iter(row["parents"]), None))
