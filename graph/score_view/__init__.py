"""What the learned models left in the graph: churn risk and recommendations, with reasons."""

from datetime import datetime

from graph.plan import AsyncReader, Reader, arun, run
from graph.score_view.model import Evidence, PathNode, ProductReason, Risk, RiskReason, Suggestion
from graph.score_view.read import recommended, risk_of

__all__ = [
    "Evidence",
    "PathNode",
    "ProductReason",
    "Risk",
    "RiskReason",
    "Suggestion",
    "arecommendations",
    "arisk",
    "recommendations",
    "risk",
]


def risk(
    store: Reader, *, customer_id: str, task: str = "churn", as_of: datetime | None = None
) -> Risk | None:
    """The customer's newest score of the task (made as of `as_of` or before); None where there is none."""
    return run(store, risk_of(customer_id=customer_id, task=task, as_of=as_of))


async def arisk(
    store: AsyncReader, *, customer_id: str, task: str = "churn", as_of: datetime | None = None
) -> Risk | None:
    """`risk` on the asynchronous store."""
    return await arun(store, risk_of(customer_id=customer_id, task=task, as_of=as_of))


def recommendations(store: Reader, *, customer_id: str, first: int = 5) -> tuple[Suggestion, ...]:
    """The customer's newest recommendations, best first."""
    return run(store, recommended(customer_id=customer_id, first=first))


async def arecommendations(store: AsyncReader, *, customer_id: str, first: int = 5) -> tuple[Suggestion, ...]:
    """`recommendations` on the asynchronous store."""
    return await arun(store, recommended(customer_id=customer_id, first=first))
