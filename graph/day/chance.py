"""How likely it is that what a warning is about comes to pass, by what became of the same before.

A deal is lost with the share that was lost among the earlier deals of the employee's customers whose people
leaned the same way.
An account is lost where it orders less than is usual for it: of the chance that no order comes, only what
lies above the chance by its own pace is a risk. Who orders once a year is likely to be silent for a quarter,
and nothing is wrong.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from math import exp
from typing import Literal

from graph.day.asking import Asked
from graph.day.model import Candidate
from graph.decision_chain.assemble import leading_roles
from graph.job import last_end
from graph.service import GraphStore, Row

YEAR_DAYS = 365
ENDED_DAYS = 2 * YEAR_DAYS
"""How long ago a deal may have ended to tell of those open now."""
PRIOR_DEALS, PRIOR_LOST = 4.0, 0.5
"""A share is counted as if so many more deals had ended as all of them did, and all as if half were lost."""
OF_LOSING_THE_DEAL = frozenset({
    "deal_against", "deal_past_close", "decision_maker_uncovered", "hostile_uncovered", "no_champion",
    "single_threaded",
})  # fmt: skip
"""Signs that, at an open deal, warn of losing it; others say what already holds, such as who left."""
OF_FALLING_SILENT = frozenset({"risk", "orders_falling"})
"""Signs that warn of an account that orders less and less."""
Leaning = Literal["for", "even", "against"]


@dataclass(frozen=True, slots=True)
class DealChances:
    """The chance of losing a deal by how its people lean, and how those of each open deal do."""

    chances: Mapping[Leaning, float]
    leanings: Mapping[str, Leaning]

    def of(self, opportunity_id: str) -> float:
        """The chance that a deal is lost; of one that nothing is known of, as where nobody leans."""
        return self.chances[self.leanings.get(opportunity_id, "even")]


async def deal_chances(store: GraphStore, asked: Asked) -> DealChances:
    """From the deals of the employee's customers that ended in the last two years, as they may see them."""
    rows = await store.read(
        "day.leanings",
        customer_ids=list(asked.customer_ids),
        since=(asked.span.as_of - timedelta(days=ENDED_DAYS)).isoformat(),
        as_of=asked.span.as_of.isoformat(),
        viewer=asked.employee_id,
    )
    ended = [row for row in rows if row["lost"] is not None]
    return DealChances(
        _chances(ended), {row["opportunity_id"]: leaning(row) for row in rows if row["lost"] is None}
    )


def leaning(row: Row) -> Leaning:
    """Of a deal with its stated roles and jobs: each person counts once, as the decision chain tells them.

    Who has left the customer counts no more.
    """
    of_person: dict[str, list[Row]] = defaultdict(list)
    for role in row["roles"]:
        of_person[role["contact_id"]].append(role)
    left = _left(row["jobs"], row["moment"])
    total = sum(map(_stance, (of_person[person] for person in of_person.keys() - left)))
    return "for" if total > 0 else "against" if total < 0 else "even"


def _stance(roles: Sequence[Row]) -> int:
    return next((role["stance"] for role in leading_roles(roles) if role["stance"] is not None), 0)


def _left(jobs: Sequence[Row], moment: datetime) -> set[str]:
    """Whose jobs at the customer have all ended."""
    ends: dict[str, list[datetime | None]] = defaultdict(list)
    for job in jobs:
        ends[job["contact_id"]].append(job["valid_to"])
    return {person for person, of_person in ends.items() if last_end(of_person, moment) is not None}


def _chances(ended: Sequence[Row]) -> Mapping[Leaning, float]:
    """Shares lost by leaning, held to the share of all where few ended."""
    every, lost = Counter(map(leaning, ended)), Counter(leaning(row) for row in ended if row["lost"])
    base = (lost.total() + PRIOR_DEALS * PRIOR_LOST) / (every.total() + PRIOR_DEALS)
    return {
        way: (lost[way] + PRIOR_DEALS * base) / (every[way] + PRIOR_DEALS)
        for way in ("for", "even", "against")
    }


def excess(probability: float, orders: float, horizon_days: int) -> float:
    """How far the chance of no order within the horizon lies above that by the account's own pace, 0…1.

    orders: of a year at its pace. By them, none comes with the chance exp(−orders in the horizon) (Poisson).
    """
    return max(probability - exp(-orders * horizon_days / YEAR_DAYS), 0.0)


def silence_chances(risks: Iterable[Row]) -> Mapping[str, float]:
    """By customer how far its churn score exceeds its own pace: that of the better of the last two years.

    The last one alone may hold the fall itself.
    """
    return {
        row["customer_id"]: excess(
            row["probability"], max(row["orders"], row["orders_before"]), row["horizon_days"]
        )
        for row in risks
    }


def with_chances(
    candidates: Iterable[Candidate], of_deals: DealChances, of_silence: Mapping[str, float]
) -> list[Candidate]:
    """The candidates, those that warn of losing a deal or an account with the chance of that.

    What nothing is known of, such as an account without a score, keeps 1.
    """
    return [replace(one, chance=_chance(one, of_deals, of_silence)) for one in candidates]


def _chance(one: Candidate, of_deals: DealChances, of_silence: Mapping[str, float]) -> float:
    if one.kind_shown in OF_FALLING_SILENT:
        return of_silence.get(one.subject.customer_id or "", 1.0)
    if one.kind_shown in OF_LOSING_THE_DEAL and one.subject.opportunity_id is not None:
        return of_deals.of(one.subject.opportunity_id)
    return one.chance
