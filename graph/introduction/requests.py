"""Requests for introductions that an employee made or got."""

from collections.abc import Iterable

from graph.errors import UsageError
from graph.introduction.model import REQUEST_STATES, IntroductionRequest, RequestState
from graph.service import GraphStore

MOST = 200
"""Requests that are listed at most, the newest."""


async def introduction_requests(
    store: GraphStore,
    *,
    employee_id: str | None,
    states: Iterable[RequestState] = REQUEST_STATES,
    viewer: str | None,
) -> tuple[IntroductionRequest, ...]:
    """What the employee asked for, and was asked for, the newest first; None: everybody's.

    Raises UsageError for an unknown state.
    """
    chosen = list(states)
    if unknown := set(chosen) - set(REQUEST_STATES):
        raise UsageError(f"no state {sorted(unknown)[0]!r}; there are {', '.join(REQUEST_STATES)}")
    rows = await store.read(
        "introduction.requests", employee_id=employee_id or "", states=chosen, limit=MOST, viewer=viewer or ""
    )
    return tuple(IntroductionRequest(**row["request"]) for row in rows)
