"""Lists that are not all of one family, and products that are not in every list.

Customers get their products place by place, as schools admit by immediate acceptance: everybody asks for the
best that they were not refused yet, and a product that more ask for than it may be shown to is given to those
whose scores are highest. What the family's share held back fills up a list that would otherwise be short, and
a list that is short then is filled without limits: many who are alike ask for the same few products.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from gnn.cross_sell.families import Families
from gnn.cross_sell.ranking import Ranked
from gnn.features.history import History, Ints, indicator
from gnn.offer_limits import OfferLimits

SHELF = 10
"""Different products of a customer from which on the share of its largest family tells something."""
USUAL = 0.9
"""Lists are as one-sided as the purchases of this share of the customers."""
ROOM = 1.5
"""So many times the places of all lists must be there when every product is shown as often as it may."""


@dataclass(frozen=True)
class Spread:
    """The limits of one scoring: `families` [products] by number, −1 where none is known."""

    families: Ints
    family_share: float
    exposure: float

    def of(self, ranked: Ranked, most: int) -> Ranked:
        """The lists within the limits, `most` products each (−1: none left), of the customers together."""
        return _Lists(self, ranked, most).made()


def spread(history: History, limits: OfferLimits, most: int) -> Spread:
    """The limits as set, or as the purchases show.

    Share of a family: that of the largest family among the products of a customer, which nine in ten
    customers with ten products or more do not exceed. Exposure: the share of customers who bought the
    product that most bought; at least so much that all lists can be filled.
    """
    families = Families(history).codes
    share = _family_share(history, families) if limits.family_share is None else limits.family_share
    exposure = _exposure(history, most) if limits.exposure is None else limits.exposure
    return Spread(families, share, exposure)


def _family_share(history: History, families: Ints) -> float:
    known = np.flatnonzero(families >= 0)
    of_family = indicator(known, families[known], (len(families), families.max(initial=0) + 1))
    counts = history.bought() @ of_family
    total = np.asarray(counts.sum(axis=1)).ravel()
    largest = counts.max(axis=1).toarray().ravel()
    wide = total >= SHELF
    return float(np.quantile(largest[wide] / total[wide], USUAL)) if wide.any() else 1.0


def _exposure(history: History, most: int) -> float:
    customers = max(int(history.has_order.sum()), 1)
    usual = float(history.buyers().max(initial=0.0)) / customers
    return min(1.0, max(usual, ROOM * most / max(history.shape[1], 1)))


class _Lists:
    """Lists in the making: of n customers the places in their ranking that were given, in order."""

    def __init__(self, limits: Spread, ranked: Ranked, most: int) -> None:
        self.limits, self.ranked, self.most = limits, ranked, most
        customers = len(ranked.columns)
        self.places = np.full((customers, most), -1, dtype=np.int64)
        self.length = np.zeros(customers, dtype=np.int64)
        self.shown = np.zeros(len(limits.families), dtype=np.int64)
        self.room = max(1, int(limits.exposure * customers))
        self.held = np.zeros(ranked.columns.shape, dtype=np.bool_)
        """What a family's share held back."""
        self.given = np.zeros(ranked.columns.shape, dtype=np.bool_)

    def made(self) -> Ranked:
        """The lists."""
        width = self.ranked.columns.shape[1]
        for place in range(width):
            self._give(place, self._within_family(place))
        for place in range(width):
            self._give(place, self.held[:, place])
        self.room = len(self.ranked.columns)
        for place in range(width):
            self._give(place, ~self.given[:, place])
        found = np.maximum(self.places, 0)
        columns = np.take_along_axis(self.ranked.columns, found, axis=1)
        scores = np.take_along_axis(self.ranked.scores, found, axis=1)
        return Ranked(np.where(self.places < 0, -1, columns), scores)

    def _within_family(self, place: int) -> npt.NDArray[np.bool_]:
        """Who may get the product at this place without too many of its family; keeps who may not."""
        columns = self.ranked.columns[:, place]
        family = self.limits.families[columns]
        listed = np.take_along_axis(self.ranked.columns, np.maximum(self.places, 0), axis=1)
        alike = ((self.limits.families[listed] == family[:, None]) & (self.places >= 0)).sum(axis=1)
        allowed = np.maximum(1, np.ceil(self.limits.family_share * (self.length + 1) - 1e-9))
        fits: npt.NDArray[np.bool_] = (family < 0) | (alike < allowed)
        self.held[:, place] = ~fits
        return fits

    def _give(self, place: int, asking: npt.NDArray[np.bool_]) -> None:
        """The product at this place to those asking who still want one, the highest scores first."""
        columns, scores = self.ranked.columns[:, place], self.ranked.scores[:, place]
        wanting = np.flatnonzero(asking & (columns >= 0) & (self.length < self.most))
        order = wanting[np.lexsort((wanting, -scores[wanting], columns[wanting]))]
        turn = _turns(columns[order])
        given = order[turn < self.room - self.shown[columns[order]]]
        self.places[given, self.length[given]] = place
        self.given[given, place] = True
        self.length[given] += 1
        np.add.at(self.shown, columns[given], 1)


def _turns(sorted_columns: Ints) -> Ints:
    """Of equal values that stand together the first is 0, the second 1, …"""
    start = np.searchsorted(sorted_columns, sorted_columns, side="left")
    return np.asarray(np.arange(len(sorted_columns)) - start, dtype=np.int64)
