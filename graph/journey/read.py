"""Reading the journey of an account, beside that of others of its industry."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from statistics import median

from graph.clock import reading_moment
from graph.errors import NotFound
from graph.journey.model import Journey, Span, Stage
from graph.journey.stages import milestones, stages
from graph.service import GraphStore, Row

PEERS = 60
"""Other accounts that are compared with at most, in the order of their ids."""
FEWEST = 5
"""With fewer of its industry than this an account is compared with any others."""
DAY_SECONDS = 86400.0


async def journey(
    store: GraphStore,
    *,
    customer_id: str,
    now: datetime,
    as_of: datetime | None = None,
    segment_id: str | None = None,
    viewer: str | None = None,
) -> Journey:
    """Milestones and stages by the moment, beside others of the segment, else of the industry.

    Raises NotFound, AsOfAfterNow.
    """
    moment = reading_moment(as_of, now)
    asked = {"as_of": moment.isoformat(), "viewer": viewer or ""}
    rows = await store.read("journey.milestones", customer_ids=[customer_id], **asked)
    if not rows:
        raise NotFound("Customer", customer_id)
    whom, peer_ids = await _peers(store, customer_id, segment_id, asked)
    others = await store.read("journey.milestones", customer_ids=peer_ids, **asked) if peer_ids else []
    of_peers = [span for row in others for span in stages(row, moment)]
    return Journey(
        customer_id=customer_id,
        as_of=moment,
        milestones=milestones(rows[0]),
        stages=tuple(_stages(rows[0], moment, of_peers)),
        compared_with=whom,
    )


async def _peers(
    store: GraphStore, customer_id: str, segment_id: str | None, asked: Mapping[str, str]
) -> tuple[str | None, list[str]]:
    """The segment's name, else the industry, and the others of it; None and any where it has too few."""
    among = {"customer_id": customer_id, "segment_id": segment_id or "", "limit": PEERS, **asked}
    if segment_id is not None:
        rows = await store.read("journey.peers", **among, alike="segment")
        if not rows:
            raise NotFound("Segment", segment_id)
        return str(rows[0]["group"]), [row["customer_id"] for row in rows]
    rows = await store.read("journey.peers", **among, alike="industry")
    if len(rows) >= FEWEST:
        return str(rows[0]["group"]), [row["customer_id"] for row in rows]
    every = await store.read("journey.peers", **among, alike="any")
    return None, [row["customer_id"] for row in every]


def _stages(row: Row, moment: datetime, of_peers: Sequence[Span]) -> Iterable[Stage]:
    for name, since, until in stages(row, moment):
        lasted = [
            _days(other.since, other.until)
            for other in of_peers
            if other.name == name and other.until is not None
        ]
        usual = median(lasted) if lasted else None
        yield Stage(name, since, until, _days(since, until or moment), usual, len(lasted))


def _days(since: datetime, until: datetime) -> float:
    return (until - since).total_seconds() / DAY_SECONDS
