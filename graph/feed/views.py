"""What subscribers watch, each as a mapping: its key, and a value that differs when it has changed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from graph.alert.model import AccountAlert, Selection
from graph.alert.read import Asking, alerts
from graph.decision_chain.model import DecisionChain
from graph.errors import UsageError
from graph.portfolio import Portfolio, customers_of
from graph.profile.read import ProfileRequest, profiles
from graph.score_view.model import Risk
from graph.service import GraphStore

T = TypeVar("T")
Watched = Mapping[str, T]
"""A view: values by their keys."""

WATCHED_ALERTS = 200
"""Of a selection the gravest so many are watched."""
WATCHED_CUSTOMERS = 500
RUNS = 5


@dataclass(frozen=True, slots=True)
class RunStanding:
    """A load or a round of work."""

    run_id: str
    kind: str
    status: str
    started_at: datetime
    finished_at: datetime | None


async def watched_alerts(store: GraphStore, selection: Selection, asking: Asking) -> Watched[AccountAlert]:
    """Selected alerts by id."""
    page = await alerts(store, selection, asking, first=WATCHED_ALERTS)
    return {one.alert_id: one for one in page.alerts}


async def watched_risks(
    store: GraphStore, portfolio: Portfolio, *, now: datetime, viewer: str | None
) -> Watched[Risk]:
    """The newest risk of each customer of a portfolio; raises UsageError for more than can be watched."""
    customers = await customers_of(store, portfolio, moment=now, viewer=viewer)
    if not customers or len(customers) > WATCHED_CUSTOMERS:
        raise UsageError(
            f"{len(customers) or 'all'} customers; say `account`, `owner` or `team` with at most "
            f"{WATCHED_CUSTOMERS}"
        )
    request = ProfileRequest(now, parts=frozenset({"risk"}), viewer=viewer)
    found = await profiles(store, customer_ids=customers, request=request)
    return {key: risk for key, one in found.items() if (risk := one.parts["risk"]) is not None}


async def watched_runs(store: GraphStore) -> Watched[RunStanding]:
    """The newest loads and rounds of work by id."""
    return {row["run_id"]: RunStanding(**row) for row in await store.read("feed.runs", limit=RUNS)}


def outline(chain: DecisionChain) -> Watched[object]:
    """What of a chain counts as its state.

    Who, in which part, how they stand, who of us knows them, what is missing; strengths fade by themselves
    and do not count.
    """
    members = tuple(
        (one.contact_id, one.name, one.title, one.role, one.scope, one.stance, one.influence, one.basis,
         one.departure is not None, tuple(sorted(cover.employee_id for cover in one.covered_by)))
        for one in chain.members
    )  # fmt: skip
    links = tuple((one.from_id, one.to_id, one.kind, one.basis) for one in chain.links)
    gaps = tuple((one.kind, one.contact_id, one.severity) for one in chain.gaps)
    deal = (chain.opportunity_id, chain.stage, chain.amount)
    return {"opportunity": deal, "members": members, "links": links, "gaps": gaps}
