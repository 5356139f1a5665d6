"""What a user states, written as facts that count at once."""

from datetime import datetime

from graph.assertion.role import AssertionRefused, NotAtCustomer, RoleAssertion, asserted
from graph.decision_chain.model import DecisionChain
from graph.plan import Reader, run

__all__ = ["AssertionRefused", "NotAtCustomer", "RoleAssertion", "assert_role"]


def assert_role(store: Reader, said: RoleAssertion, now: datetime) -> DecisionChain:
    """Write the asserted role and return the chain recomputed; raises NotFound or AssertionRefused."""
    return run(store, asserted(said, now))
