"""Whether a customer buys a product evenly, and when the next purchase is to be expected."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from math import exp, lgamma, log, pi
from statistics import fmean, median, stdev

KNOWN_DISTANCES, EVEN = 3, 0.35
"""Distances between purchases, and their spread as a share of their mean, that make a rhythm."""
FALSE = 0.1
"""Share of the rhythms told that may be chance."""
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
    chance: float
    """Probability that purchases on days drawn at random stood as evenly (`chance_of_evenness`)."""

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
    chance = chance_of_evenness(unevenness, len(distances))
    return Rhythm(days[-1], due_on, float(usual), unevenness, len(days), chance)


def chance_of_evenness(unevenness: float, distances: int) -> float:
    """Probability that so many distances of a Poisson process are at least as even, at most 1.

    Given their sum, these distances are a point drawn evenly from a simplex. The points whose spread is at
    most `unevenness` of their mean are a ball about its middle; its share of the simplex is
    the answer. It is exact while the ball lies inside, and too large, never too small, where it does not.
    """
    if unevenness <= 0.0:
        return 0.0
    around = distances - 1
    radius = log(around) / 2 + log(unevenness) - log(distances)
    ball = around / 2 * log(pi) - lgamma(around / 2 + 1) + around * radius
    simplex = log(distances) / 2 - lgamma(distances)
    return exp(min(0.0, ball - simplex))


def beyond_chance(found: Sequence[Rhythm | None]) -> list[Rhythm | None]:
    """The rhythms among all that were looked for (None: not even) of which at most FALSE are chance.

    Each stays in its place; None: not even, or it may be chance. Benjamini and Hochberg (1995), "Controlling
    the false discovery rate", over every series looked at.
    """
    chances = sorted(one.chance for one in found if one is not None)
    kept = [chance for n, chance in enumerate(chances, start=1) if chance <= FALSE * n / len(found)]
    highest = max(kept, default=-1.0)
    return [one if one is not None and one.chance <= highest else None for one in found]
