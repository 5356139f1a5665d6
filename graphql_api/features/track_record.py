"""How often what was served came true."""

from datetime import date, datetime

import strawberry

from graph import track_record as domain
from graphql_api.context import Info
from graphql_api.execution.taken import shaped
from graphql_api.features.field import resolved


@strawberry.type(
    description="What came of the scores, offers or forecasts of a model in one group: `by` is `all`, "
    "`band`, `industry`, `probability` (tenths), `segment` or `currency`, as of the day each was served. "
    "`realised` is the share that came true (no order within the horizon; for offers: bought within it; for "
    "`win` and `lead`: ended well within it), `low` to `high` its 95% interval; `predicted` is the mean "
    "probability. Of days and amounts (`next-order`, `value`) `realised` is the share that lay within the "
    "band, `predicted` the one that was to; `expected` and `actual` are means, `error` the mean absolute "
    "difference. Groups of fewer than five customers are left out, and what would tell of them by "
    "subtraction."
)
class TrackRecordLine:
    """`cases` of `customers`, served from one day to another."""

    task: str
    model_id: strawberry.ID
    by: str
    value: str
    cases: int
    customers: int
    predicted: float | None
    realised: float
    low: float
    high: float
    accepted: int | None
    auc: float | None
    brier: float | None
    expected: float | None
    actual: float | None
    error: float | None
    served_from: date
    served_until: date

    @classmethod
    def of(cls, line: domain.RecordLine) -> "TrackRecordLine":
        """From the domain's value."""
        days = {
            "served_from": date.fromisoformat(line.served_from),
            "served_until": date.fromisoformat(line.served_until),
        }
        return shaped(cls, line, model_id=strawberry.ID(line.model_id), **days)


@strawberry.type(
    description="How often what was served came true, as it was last judged; `pending` scores have their "
    "horizon still before them."
)
class TrackRecord:
    """By `relgraph score` once a day, and by `relgraph track-record`."""

    as_of: datetime
    pending: int
    lines: list[TrackRecordLine]


@resolved(weight=10, name="trackRecord")
async def track_record_field(
    info: Info, task: str | None = None, model: strawberry.ID | None = None
) -> TrackRecord | None:
    """How often a model was right, by group; null where nothing was judged, or not all rows are seen."""
    found = await domain.track_record(info.context.store, task=task, model_id=model)
    if found is None:
        return None
    return shaped(TrackRecord, found, lines=[TrackRecordLine.of(line) for line in found.lines])
