"""How much time a warning leaves: of two that are alike, the one that can still be acted on comes first."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from graph.day.chance import OF_LOSING_THE_DEAL
from graph.day.model import Candidate
from graph.service import Row

ENOUGH_DAYS = 45
"""A deal that is to close later than this leaves time enough; a judgement."""
LEAST, UNKNOWN = 1 / 3, 0.5
"""Of a deal that is to close now, or should have; of one without a day."""


def time_left(expected_at: datetime | None, at: datetime) -> float:
    """The days until a deal is to close as a share of `ENOUGH_DAYS`, ⅓…1; ½ where no day is expected."""
    if expected_at is None:
        return UNKNOWN
    days = (expected_at - at).total_seconds() / 86400.0
    return min(max(days / ENOUGH_DAYS, LEAST), 1.0)


def with_time_left(candidates: Iterable[Candidate], deals: Sequence[Row], at: datetime) -> list[Candidate]:
    """The candidates, those that warn of losing an open deal with the time that is left to it."""
    left = {row["deal"]["opportunity_id"]: time_left(row["deal"]["expected_at"], at) for row in deals}
    return [
        replace(one, time_left=left.get(one.subject.opportunity_id or "", 1.0))
        if one.kind_shown in OF_LOSING_THE_DEAL
        else one
        for one in candidates
    ]
