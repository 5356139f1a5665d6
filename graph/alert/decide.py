"""What somebody of us decides about an alert: seen, dealt with, or not to be shown again."""

from datetime import datetime

from graph.alert.read import State
from graph.errors import NotFound, UsageError
from graph.service import GraphStore


async def decide(
    store: GraphStore, *, alert_id: str, state: State, actor: str, at: datetime, reason: str | None = None
) -> None:
    """Set the state of an alert that is not over; it stays until the alert is over.

    What holds anew later is a new alert. `actor` is who decided, such as `user:eva`, `at` the wall clock.
    Raises UsageError (muted without a reason) or NotFound.
    """
    if state == "muted" and not (reason or "").strip():
        raise UsageError("say why the alert is muted")
    change_id = f"alert:{alert_id}:{state}:{at.isoformat()}"
    written = await store.write(
        "alert.decide", alert_id=alert_id, state=state, actor=actor, reason=reason, at=at.isoformat(),
        change_id=change_id,
    )  # fmt: skip
    if not written.rows:
        raise NotFound("Alert", alert_id)
