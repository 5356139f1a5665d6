"""Reading a decision chain: today's as derived, a past day's recomputed from what was known then."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from graph.clock import reading_moment
from graph.decision_chain.assemble import assemble
from graph.decision_chain.model import DecisionChain
from graph.decision_chain.past import past_chain
from graph.decision_chain.rows import chain_rows, target
from graph.errors import NotFound
from graph.parameters import parameters_as_of
from graph.service import GraphStore


async def chain(
    store: GraphStore,
    *,
    customer_id: str,
    now: datetime,
    opportunity_id: str | None = None,
    as_of: datetime | None = None,
    viewer: str | None = None,
) -> DecisionChain:
    """The chain of the opportunity, else of the largest open one, else of the account.

    `as_of` before `now` reads what was true and known then: ties are recomputed and gaps found anew. Raises
    AsOfAfterNow, or NotFound for an unknown customer or an opportunity that is not the customer's.
    """
    moment = reading_moment(as_of, now)
    found = await _chains_at(store, [(customer_id, opportunity_id)], moment, now, viewer)
    if not found:
        raise NotFound("Customer", customer_id)
    if opportunity_id is not None and found[0].opportunity_id is None:
        raise NotFound("Opportunity", opportunity_id)
    return found[0]


async def chain_of_opportunity(
    store: GraphStore,
    *,
    opportunity_id: str,
    now: datetime,
    as_of: datetime | None = None,
    viewer: str | None = None,
) -> DecisionChain | None:
    """The chain of the opportunity at the customer that it is for; None where there is no such opportunity.

    Today's is read in one statement. Raises AsOfAfterNow.
    """
    moment = reading_moment(as_of, now)
    if moment < now:
        rows = await store.read("opportunity.customer", opportunity_id=opportunity_id)
        found = [(row["customer_id"], opportunity_id) for row in rows]
        past = await _chains_at(store, found, moment, now, viewer)
        return next((one for one in past if one.opportunity_id is not None), None)
    sold = target("", opportunity_id, sold=opportunity_id)
    rows = await chain_rows(store, [sold], moment, viewer)
    return next((assemble(row, moment) for row in rows if row["opportunity"] is not None), None)


async def chains(
    store: GraphStore,
    customer_ids: Sequence[str],
    *,
    now: datetime,
    as_of: datetime | None = None,
    viewer: str | None = None,
) -> Mapping[str, DecisionChain]:
    """Each customer's chain of its largest open opportunity, else of the account; unknown ids are missing."""
    moment = reading_moment(as_of, now)
    subjects = [(customer_id, None) for customer_id in customer_ids]
    found = await _chains_at(store, subjects, moment, now, viewer)
    return {chain.customer_id: chain for chain in found}


async def _chains_at(
    store: GraphStore,
    subjects: Sequence[tuple[str, str | None]],
    moment: datetime,
    now: datetime,
    viewer: str | None,
) -> list[DecisionChain]:
    """Today's chains as derived, past ones recomputed; a subject is a customer with its deal, if named."""
    if moment >= now:
        rows = await chain_rows(store, [target(*subject) for subject in subjects], moment, viewer)
        return [assemble(row, moment) for row in rows]
    parameters = await parameters_as_of(store, moment)
    past = [await past_chain(store, *subject, moment, viewer, parameters) for subject in subjects]
    return [chain for chain in past if chain is not None]
