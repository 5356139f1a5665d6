"""Whole days to or from a moment, as bounds of that moment: moments are compared, and not durations."""

import math
from dataclasses import dataclass
from datetime import datetime, timedelta

from graph.customer_filter.condition import Kind, Operator, Value

DAYS = frozenset({"days_since", "days_until"})
FARTHEST = 1_000_000
"""Days beyond which a bound lies before or after everything."""
_FIRST, _LAST = datetime(1, 1, 2), datetime(9999, 12, 30)  # noqa: DTZ001 - bounds that take the zone of now


@dataclass(frozen=True, slots=True)
class Bounds:
    """The moment lies at or after `since` and before `before`, or after `after` and at or before `until`."""

    since: datetime | None = None
    before: datetime | None = None
    after: datetime | None = None
    until: datetime | None = None

    @property
    def signs(self) -> list[tuple[str, datetime]]:
        """The comparisons that hold, each a sign with its bound."""
        all_signs = ((">=", self.since), ("<", self.before), (">", self.after), ("<=", self.until))
        return [(sign, at) for sign, at in all_signs if at is not None]


def as_text(at: Value) -> str:
    """A bound as the ISO text, in UTC, that days and moments of items are kept as."""
    return str(at.isoformat() if isinstance(at, datetime) else at)


def bounds(kind: Kind, operator: Operator, days: float, now: datetime) -> Bounds:
    """Where a moment lies so that the whole days since it (or until it) compare with `days` at `now`.

    `is_not` has the bounds of `is`. Days are the floor of the difference, so `above 5` begins at 6.
    """
    least, beyond = _span(operator, days)
    if kind == "days_until":
        return Bounds(since=_moved(now, least), before=_moved(now, beyond))
    return Bounds(
        after=_moved(now, None if beyond is None else -beyond),
        until=_moved(now, None if least is None else -least),
    )


def _span(operator: Operator, days: float) -> tuple[int | None, int | None]:
    """The whole days that answer: from the first, to below the second."""
    lowest, highest = math.ceil(days), math.floor(days)
    match operator:
        case "above":
            return highest + 1, None
        case "at_least":
            return lowest, None
        case "below":
            return None, lowest
        case "at_most":
            return None, highest + 1
    return lowest, highest + 1


def _moved(now: datetime, days: int | None) -> datetime | None:
    """The moment so many days from now, within what a moment can be."""
    if days is None:
        return None
    try:
        return now + timedelta(days=max(-FARTHEST, min(days, FARTHEST)))
    except OverflowError:
        return (_LAST if days > 0 else _FIRST).replace(tzinfo=now.tzinfo)
