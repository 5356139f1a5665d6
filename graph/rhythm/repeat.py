"""Whether a customer buys a product evenly, and when the next purchase is to be expected."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from statistics import fmean, median, stdev

KNOWN_DISTANCES, EVEN = 3, 0.35
"""Distances between purchases, and their spread as a share of their mean, that make a rhythm."""
AHEAD_DAYS, SHORTEST_DAYS = 14, 7
"""How many days ahead a purchase is due; a shorter distance is no rhythm to act on."""
WINDOW_DAYS = 730
"""Purchases of two years count."""


@dataclass(frozen=True, slots=True)
class Rhythm:
    """Purchases at even distances; moments are the beginnings of days."""

    last_on: datetime
    due_on: datetime
    usual: float
    """Median days between purchases."""
    unevenness: float
    """Standard deviation of the distances as a share of their mean."""
    days: int
    """Days with a purchase."""

    def is_due(self, now: datetime) -> bool:
        """Whether the next purchase is at most AHEAD_DAYS ahead, or late by less than one distance."""
        left = (self.due_on.date() - now.date()).days
        return -self.usual < left <= AHEAD_DAYS


def repeat_rhythm(purchases: Iterable[datetime]) -> Rhythm | None:
    """The rhythm of these moments; None where they are too few, too uneven or too close together."""
    days = sorted({moment.replace(hour=0, minute=0, second=0, microsecond=0) for moment in purchases})
    distances = [(later - earlier).days for earlier, later in pairwise(days)]
    if len(distances) < KNOWN_DISTANCES:
        return None
    usual, unevenness = median(distances), stdev(distances) / fmean(distances)
    if unevenness > EVEN or usual < SHORTEST_DAYS:
        return None
    due_on = days[-1] + timedelta(days=int(usual + 0.5))
    return Rhythm(days[-1], due_on, float(usual), unevenness, len(days))
