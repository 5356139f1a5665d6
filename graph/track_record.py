"""How often scores and offers came true, as it was last judged (`relgraph track-record`)."""

from dataclasses import dataclass
from datetime import datetime

import orjson

from graph.service import GraphStore

RUN = "track-record"
"""The `Run` node that holds it."""


@dataclass(frozen=True, slots=True)
class RecordLine:
    """What came of the cases of one group.

    by, value: `all`, a `band`, an `industry`, a tenth of the `probability`, a `segment`. realised: the share
    that came true, with its 95% interval; predicted: the mean probability of scores. accepted: of offers. Of
    forecast numbers (days, or amounts by `currency`) realised is the share that lay within the band and
    predicted the one that was to; expected and actual are means, error the mean absolute difference.
    """

    task: str
    model_id: str
    by: str
    value: str
    cases: int
    customers: int
    realised: float
    low: float
    high: float
    served_from: str
    served_until: str
    predicted: float | None = None
    accepted: int | None = None
    auc: float | None = None
    brier: float | None = None
    expected: float | None = None
    actual: float | None = None
    error: float | None = None


@dataclass(frozen=True, slots=True)
class TrackRecord:
    """pending: scores whose horizon had not passed by `as_of`."""

    as_of: datetime
    pending: int
    lines: tuple[RecordLine, ...]


async def track_record(
    store: GraphStore, *, task: str | None = None, model_id: str | None = None
) -> TrackRecord | None:
    """The lines of a task or model, or all; None where nothing was judged yet."""
    rows = await store.read("track_record.kept")
    if not rows:
        return None
    told = orjson.loads(rows[0]["report"])
    lines = (RecordLine(**line) for line in told["lines"])
    chosen = (one for one in lines if task in (None, one.task) and model_id in (None, one.model_id))
    return TrackRecord(datetime.fromisoformat(told["as_of"]), told["pending"], tuple(chosen))
