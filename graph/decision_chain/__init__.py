"""Who decides at a customer, how they relate, who of us covers them, and what is missing."""

from datetime import datetime

from graph.decision_chain.model import Cover, DecisionChain, Gap, Link, Member
from graph.decision_chain.read import chain
from graph.plan import Reader, run

__all__ = ["Cover", "DecisionChain", "Gap", "Link", "Member", "chain", "read"]


def read(
    store: Reader,
    *,
    customer_id: str,
    now: datetime,
    opportunity_id: str | None = None,
    as_of: datetime | None = None,
    viewer: str | None = None,
) -> DecisionChain:
    """The chain of the opportunity, else of the largest open one, else of the account; raises NotFound."""
    plan = chain(customer_id=customer_id, now=now, opportunity_id=opportunity_id, as_of=as_of, viewer=viewer)
    return run(store, plan)
