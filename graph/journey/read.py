"""Reading the journey of an account, beside that of others of its industry."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from statistics import median

from graph.clock import reading_moment
from graph.errors import NotFound
from graph.journey.model import Journey, Stage, StageName
from graph.journey.stages import milestones, stages
from graph.service import GraphStore, Row

PEERS = 60
"""Other accounts that are compared with at most, in the order of their ids."""
FEWEST = 5
"""With fewer of its industry than this an account is compared with any others."""
DAY_SECONDS = 86400.0

Spans = Sequence[tuple[StageName, datetime, datetime | None]]


async def journey(
    store: GraphStore,
    *,
    customer_id: str,
    now: datetime,
    as_of: datetime | None = None,
    viewer: str | None = None,
) -> Journey:
    """Milestones and stages by the moment, as the viewer may see them. Raises NotFound, AsOfAfterNow."""
    moment = reading_moment(as_of, now)
    asked = {"as_of": moment.isoformat(), "viewer": viewer or ""}
    rows = await store.read("journey.milestones", customer_ids=[customer_id], **asked)
    if not rows:
        raise NotFound("Customer", customer_id)
    industry, peer_ids = await _peers(store, customer_id, moment)
    others = await store.read("journey.milestones", customer_ids=peer_ids, **asked) if peer_ids else []
    of_peers = [stages(row, moment) for row in others]
    return Journey(
        customer_id=customer_id,
        as_of=moment,
        milestones=milestones(rows[0]),
        stages=tuple(_stages(rows[0], moment, of_peers)),
        compared_with=industry,
    )


async def _peers(store: GraphStore, customer_id: str, moment: datetime) -> tuple[str | None, list[str]]:
    """The industry and the others of it; of any industry, None, where there are too few."""
    asked = {"customer_id": customer_id, "as_of": moment.isoformat(), "limit": PEERS}
    rows: list[Row] = await store.read("journey.peers", **asked, alike=True)
    if len(rows) >= FEWEST:
        return str(rows[0]["industry"]), [row["customer_id"] for row in rows]
    every = await store.read("journey.peers", **asked, alike=False)
    return None, [row["customer_id"] for row in every]


def _stages(row: Row, moment: datetime, of_peers: Sequence[Spans]) -> Iterable[Stage]:
    for name, since, until in stages(row, moment):
        lasted = [
            _days(begun, ended)
            for spans in of_peers
            for other, begun, ended in spans
            if other == name and ended is not None
        ]
        usual = median(lasted) if lasted else None
        yield Stage(name, since, until, _days(since, until or moment), usual, len(lasted))


def _days(since: datetime, until: datetime) -> float:
    return (until - since).total_seconds() / DAY_SECONDS
