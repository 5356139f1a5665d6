"""Whether a warning names something that is true, or comes to pass, and that the exports did not yet say."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from bench.my_day.truth import Planted

AHEAD = timedelta(days=180)
"""What comes to pass later than this was not meant."""
BEHIND = timedelta(days=90)
"""A customer lost so long ago shows in its orders."""
ABOUT: Mapping[str, frozenset[str]] = {
    "risk": frozenset({"loss"}),
    "orders_falling": frozenset({"loss"}),
    "tickets_piling_up": frozenset({"loss"}),
    "ticket_breaching": frozenset({"loss"}),
    "invoice_overdue": frozenset({"loss"}),
    "renewal_with_weak_ties": frozenset({"loss"}),
    "deal": frozenset({"lost deal"}),
    "deal_past_close": frozenset({"lost deal"}),
    "no_champion": frozenset({"lost deal"}),
    "hostile_uncovered": frozenset({"lost deal"}),
    "single_threaded": frozenset({"lost deal", "loss"}),
    "decision_maker_uncovered": frozenset({"lost deal", "wrong decider"}),
    "no_decision_maker": frozenset({"wrong decider"}),
    "key_person_left": frozenset({"leaver"}),
    "stale_contact": frozenset({"leaver"}),
}
"""What a warning of each kind may be right about."""


@dataclass(frozen=True, slots=True)
class Warned:
    """A warning among the items of a day; `kind` is that of its alert, if it has one.

    left: its contacts whose leaving the exports already say. decider: who the chain says decides on the deal.
    """

    kind: str
    rank: int
    account: str
    deal: str | None
    contacts: tuple[str, ...]
    left: frozenset[str] = frozenset()
    decider: str | None = None


@dataclass(frozen=True, slots=True)
class Hit:
    """What a warning was right about, and how many days before it came to pass; None: it held already."""

    what: str
    lead: int | None


def judged(warning: Warned, day: date, planted: Planted) -> Hit | None:
    """What the warning of a day was right about; of several the next to come to pass. None: about nothing."""
    found = [hit for hit in _hits(warning, day, planted) if hit.what in ABOUT[warning.kind]]
    return min(found, key=lambda hit: (hit.lead is None, hit.lead or 0, hit.what), default=None)


def _hits(warning: Warned, day: date, planted: Planted) -> Iterator[Hit]:
    account = planted.account_of.get(warning.account, "")
    for contact in warning.contacts:
        end = planted.left.get((_key(contact), account))
        if end is not None and end <= day + AHEAD and contact not in warning.left:
            yield Hit("leaver", _lead(end, day))
    lost = planted.lost_deals.get(_key(warning.deal or ""))
    if lost is not None and day < lost <= day + AHEAD:
        yield Hit("lost deal", _lead(lost, day))
    for fall in planted.lost_accounts.get(account, ()):
        if day - BEHIND <= fall <= day + AHEAD:
            yield Hit("loss", _lead(fall, day))
    decider = planted.deciders.get(_key(warning.deal or ""))
    if decider is not None and decider != _key(warning.decider or ""):
        yield Hit("wrong decider", None)


def _lead(when: date, day: date) -> int | None:
    return (when - day).days if when > day else None


def _key(typed: str) -> str:
    return typed.partition(":")[2]
