"""What a user states, written as facts that count at once."""

from datetime import datetime

from graph.assertion.role import AssertionRefused, NotAtCustomer, RoleAssertion, asserted
from graph.decision_chain.model import DecisionChain
from graph.plan import AsyncReader, Reader, arun, run

__all__ = ["AssertionRefused", "NotAtCustomer", "RoleAssertion", "aassert_role", "assert_role"]


def assert_role(store: Reader, said: RoleAssertion, now: datetime) -> DecisionChain:
    """Write the asserted role and return the chain recomputed; raises NotFound or AssertionRefused."""
    return run(store, asserted(said, now))


async def aassert_role(store: AsyncReader, said: RoleAssertion, now: datetime) -> DecisionChain:
    """`assert_role` on the asynchronous store."""
    return await arun(store, asserted(said, now))
