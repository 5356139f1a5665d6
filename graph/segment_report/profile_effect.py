"""Do customers with fuller profiles buy more, or are they others? Win rates, stratified by what differs."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt

from graph.segment_report.model import Confounder, ProfileEffect, ProfileGroup

GROUPS = 3
"""Thirds of the deals, by the completeness of their customers' profiles."""
TOLD_FROM = 0.1
"""Standardised difference from which a trait is unevenly spread (Austin 2009)."""


@dataclass(frozen=True, slots=True)
class ClosedDeal:
    """A deal with what was true before it: had the customer ordered; is it a large deal, a large company?"""

    won: bool
    completeness: float
    ordered_before: bool
    large_deal: bool
    large_company: bool


TRAITS: Mapping[str, Callable[[ClosedDeal], bool]] = {
    "ordered_before": lambda deal: deal.ordered_before,
    "large_deal": lambda deal: deal.large_deal,
    "large_company": lambda deal: deal.large_company,
}


def profile_effect(deals: Sequence[ClosedDeal]) -> ProfileEffect:
    """The effect; without two groups of different completeness no difference is told."""
    groups = _groups(deals)
    shown = tuple(
        ProfileGroup(one[0].completeness, one[-1].completeness, len(one), sum(deal.won for deal in one))
        for one in groups
    )
    if len(groups) < 2:
        return ProfileEffect(shown, None, None, ())
    sparse, full = groups[0], groups[-1]
    return ProfileEffect(
        groups=shown,
        difference=shown[-1].win_rate - shown[0].win_rate,
        adjusted=_adjusted(full, sparse),
        confounders=tuple(_confounders(full, sparse)),
    )


def _groups(deals: Sequence[ClosedDeal]) -> list[list[ClosedDeal]]:
    """At most GROUPS groups by completeness, the sparsest first; equal completeness stays together."""
    ordered = sorted(deals, key=lambda deal: deal.completeness)
    places = [len(ordered) * part // GROUPS for part in range(1, GROUPS)] if ordered else []
    bounds = [ordered[place].completeness for place in places]
    groups: dict[int, list[ClosedDeal]] = defaultdict(list)
    for deal in ordered:
        groups[sum(deal.completeness >= bound for bound in bounds)].append(deal)
    return [groups[place] for place in sorted(groups)]


def _adjusted(full: Sequence[ClosedDeal], sparse: Sequence[ClosedDeal]) -> float | None:
    """The risk difference of Mantel and Haenszel (Greenland and Robins 1985) over deals with equal traits."""
    above = below = 0.0
    strata = {_traits(deal) for deal in full} & {_traits(deal) for deal in sparse}
    for stratum in sorted(strata):
        ours = [deal.won for deal in full if _traits(deal) == stratum]
        theirs = [deal.won for deal in sparse if _traits(deal) == stratum]
        weight = len(ours) * len(theirs) / (len(ours) + len(theirs))
        above += weight * (sum(ours) / len(ours) - sum(theirs) / len(theirs))
        below += weight
    return above / below if below else None


def _traits(deal: ClosedDeal) -> tuple[bool, ...]:
    return tuple(trait(deal) for trait in TRAITS.values())


def _confounders(full: Sequence[ClosedDeal], sparse: Sequence[ClosedDeal]) -> Iterator[Confounder]:
    for name, trait in TRAITS.items():
        one, other = (sum(map(trait, deals)) / len(deals) for deals in (full, sparse))
        spread = sqrt((one * (1 - one) + other * (1 - other)) / 2)
        apart = abs(one - other)
        difference = apart / (spread or 1.0)  # no spread: all of one group have it, or none
        if difference >= TOLD_FROM:
            yield Confounder(name, one, other, difference)
