"""Who of us can introduce us to whom: the strongest chains of ties."""

from collections.abc import Sequence
from datetime import datetime

from graph.decision_chain import DecisionChain
from graph.plan import Reader, run
from graph.warm_path.find import paths
from graph.warm_path.model import Person, Step, WarmPath

__all__ = ["Person", "Step", "WarmPath", "find", "paths", "to_decision_makers"]

DECIDING = ("decision_maker", "economic_buyer")


def to_decision_makers(chain: DecisionChain) -> tuple[str, ...]:
    """Contact ids behind DECISION_MAKER: the chain's decision makers, else economic buyers."""
    for role in DECIDING:
        found = tuple(m.contact_id for m in chain.members if role in (m.role, *m.other_roles))
        if found:
            return found
    return ()


def find(
    store: Reader, *, employee_id: str, contact_ids: Sequence[str], now: datetime, first: int = 3
) -> tuple[WarmPath, ...]:
    """The `first` strongest paths of at most four ties from the employee to any of the contacts."""
    return run(store, paths(employee_id=employee_id, contact_ids=contact_ids, now=now, first=first))
