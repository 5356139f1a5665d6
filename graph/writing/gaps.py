"""The gaps of chains that a statement touched, found anew: what is stated counts at once."""

from collections.abc import Iterable
from datetime import datetime

from graph.decision_chain.refresh import refresh
from graph.parameters import parameters_as_of
from graph.service import GraphStore


async def gaps_anew(store: GraphStore, customer_ids: Iterable[str], now: datetime) -> None:
    """Find the gaps of these customers at `now`."""
    customers = sorted(set(customer_ids))
    if customers:
        await refresh(store, customers, now, (await parameters_as_of(store, now)).calibration)
