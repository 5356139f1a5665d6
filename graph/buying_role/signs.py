"""The signs of a person's part in decisions: position, past parts, mails, tickets, place among the ties."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from graph.buying_role.place import Ties
from graph.job import Job

Sign = tuple[str, ...]
"""Kind of the sign, then its values."""
MOST = 3
"""From so many on, counts are one sign."""
OFTEN = 1.25
"""Times the share that all would have alike, from which a rank among the ties counts as high."""


class Trace(NamedTuple):
    """What is seen of a person at a customer; `copied`: on mails while a deal was open there."""

    seen: int
    last_at: datetime
    mails: int
    meetings: int
    copied: int
    tickets: int
    evidence: tuple[str, ...]


class Part(NamedTuple):
    """A role of a contact in a deal, as recorded or stated, and since when it is known."""

    contact_id: str
    customer_id: str
    opportunity_id: str
    role: str
    known_from: datetime


@dataclass(frozen=True, slots=True)
class Account:
    """The present staff of a customer, their traces, stated parts and ties; only what everybody may see."""

    staff: Sequence[Job]
    traces: Mapping[str, Trace] = field(default_factory=dict)
    parts: Sequence[Part] = ()
    met: Mapping[tuple[str, str], int] = field(default_factory=dict)
    """Contact and whom they met (with the label) → how often."""

    @property
    def last_at(self) -> datetime | None:
        """When the newest of its traces and parts became known; None where there are none."""
        known = [trace.last_at for trace in self.traces.values()] + [part.known_from for part in self.parts]
        return max(known, default=None)


@dataclass(frozen=True, slots=True)
class Signs:
    """The signs of each of an account's staff, but for their past parts."""

    account: Account
    of_person: Mapping[str, tuple[Sign, ...]]

    @classmethod
    def of(cls, account: Account) -> "Signs":
        """Read them off the account."""
        network = _network(account)
        of_person = {
            job.contact_id: (
                *_position(job, account.staff), *_behaviour(job, account), *network[job.contact_id]
            )
            for job in account.staff
        }  # fmt: skip
        return cls(account, of_person)

    def without(self, contact_id: str, opportunity_id: str | None) -> tuple[Sign, ...]:
        """All signs of one of the staff; the person's parts in this deal count for nothing."""
        parts = [part for part in self.account.parts if part.opportunity_id != opportunity_id]
        own = Counter(part.role for part in parts if part.contact_id == contact_id)
        most = max(own, key=lambda role: (own[role], role), default="none")
        others = any(part.role == "decision_maker" and part.contact_id != contact_id for part in parts)
        return (
            *self.of_person[contact_id],
            ("past", most, str(min(own[most], MOST))),
            ("other_decides", str(others)),
        )


def _position(job: Job, staff: Sequence[Job]) -> Iterable[Sign]:
    level = job.reading.level
    above = sum(
        other.reading.level is not None and (level is None or other.reading.level > level) for other in staff
    )
    return ("job", str(job.department), str(level)), ("above", str(min(above, MOST)))


def _behaviour(job: Job, account: Account) -> Iterable[Sign]:
    own = account.traces.get(job.contact_id)
    for kind in ("mails", "meetings", "copied", "tickets"):
        most = max((getattr(trace, kind) for trace in account.traces.values()), default=0)
        count = getattr(own, kind) if own else 0
        place = "none" if most == 0 else "most" if count == most else "less"
        yield kind, str(min(count, MOST)), place


def _network(account: Account) -> Mapping[str, tuple[Sign, ...]]:
    """Each one's place among the ties, by what the staff did with each other and with us, how often."""
    staff = sorted(job.contact_id for job in account.staff)
    met = ((f"Contact:{contact}", other, times) for (contact, other), times in sorted(account.met.items()))
    ties = Ties.of((f"Contact:{one}" for one in staff), met)
    ranks, between = ties.ranks(), ties.between()
    usual = sum(ranks[f"Contact:{one}"] for one in staff) / len(staff)
    return {one: _ranks(ranks[f"Contact:{one}"], usual, f"Contact:{one}" in between) for one in staff}


def _ranks(rank: float, usual: float, between: bool) -> tuple[Sign, ...]:
    place = "high" if rank >= OFTEN * usual else "low" if OFTEN * rank <= usual else "usual"
    return ("pagerank", place), ("between", "some" if between else "none")
