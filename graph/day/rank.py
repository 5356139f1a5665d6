"""Which candidates make the day, and in which order (docs/relationships.md#my-day)."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from graph.day.model import WARNINGS, Candidate, Item, Worth

LARGEST = 10
QUESTIONS = 5
"""Facts to confirm at most."""
MOST_WARNINGS = 6
"""Alerts, risks and deals at most: what is planned, due or asked has room beside what is wrong."""
SAME_KIND = 0.7
"""What each item of a kind leaves of the score of the next of that kind."""
SAME_ACCOUNT = 0.5
LEAST_CHANCE = 0.5
"""Of a warning to come true: one that is likelier wrong than right is none."""
LEAST_VALUE = 0.25
"""Of the smallest account: no account is worth nothing."""
AHEAD_DAYS, BEHIND_DAYS = 7.0, 30.0


def urgency(due: datetime | None, at: datetime) -> float:
    """1 on the day when it is due; before, 7/(7 + days left); after, 30/(30 + days since)."""
    if due is None:
        return 0.5
    days = (due - at).total_seconds() / 86400.0
    return AHEAD_DAYS / (AHEAD_DAYS + days) if days > 0 else BEHIND_DAYS / (BEHIND_DAYS - days)


def values(worth: Worth) -> dict[str, float]:
    """Of each id ¼…1 by its rank among the amounts in the same currency; of several currencies the best."""
    found: dict[str, float] = {}
    for currency in {currency for _, currency in worth}:
        amounts = sorted(amount for (_, other), amount in worth.items() if other == currency)
        for (one, other), amount in worth.items():
            if other == currency:
                below = sum(1 for item in amounts if item <= amount)
                share = LEAST_VALUE + (1 - LEAST_VALUE) * below / len(amounts)
                found[one] = max(found.get(one, 0.0), share)
    return found


def ranked(candidates: Iterable[Candidate]) -> tuple[Item, ...]:
    """At most LARGEST items: each time the best that is left; more of one kind or account count less.

    Warnings that are likelier wrong than right are left out.
    """
    likely = [one for one in candidates if one.kind not in WARNINGS or one.chance >= LEAST_CHANCE]
    left = sorted(_with_agreement(likely), key=_order)
    taken: list[Item] = []
    while left and len(taken) < LARGEST:
        weights = _weights(left, taken)
        best = max(range(len(left)), key=lambda place: (weights[place], -place))
        taken.append(Item(len(taken) + 1, weights[best], left.pop(best)))
        if sum(1 for item in taken if item.what.kind == "confirm") == QUESTIONS:
            left = [one for one in left if one.kind != "confirm"]
        if sum(1 for item in taken if item.what.kind in WARNINGS) == MOST_WARNINGS:
            left = [one for one in left if one.kind not in WARNINGS]
    return tuple(taken)


def _with_agreement(candidates: Iterable[Candidate]) -> list[Candidate]:
    """The candidates; warnings with the number of other signs at their account."""
    every = list(candidates)
    signs: dict[str, set[str]] = defaultdict(set)
    for one in every:
        if one.kind in WARNINGS and one.subject.customer_id is not None:
            signs[one.subject.customer_id].add(one.kind_shown)
    return [
        replace(one, agreeing=max(len(signs[one.subject.customer_id or ""]) - 1, 0))
        if one.kind in WARNINGS
        else one
        for one in every
    ]


def _weights(left: Sequence[Candidate], taken: Sequence[Item]) -> list[float]:
    kinds = Counter(item.what.kind_shown for item in taken)
    accounts = Counter(item.what.subject.customer_id for item in taken)
    return [
        one.score
        * SAME_KIND ** kinds[one.kind_shown]
        * (SAME_ACCOUNT ** accounts[one.subject.customer_id] if one.subject.customer_id else 1.0)
        for one in left
    ]


def _order(one: Candidate) -> tuple[object, ...]:
    """Of equal weights the graver, then by what it says: the same data give the same day."""
    return -one.score, one.kind, one.subject.customer_id or "", one.reason
