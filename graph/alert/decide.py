"""What somebody of us decides about an alert: seen, dealt with, or not to be shown again."""

from dataclasses import dataclass
from datetime import datetime

from graph.alert.model import State
from graph.errors import NotFound, UsageError
from graph.service import GraphStore


class AlertIsOver(UsageError):
    """What the alert said no longer holds; there is nothing to decide about."""

    def __init__(self, alert_id: str) -> None:
        super().__init__(f"alert {alert_id} is over; ask for the alerts that stand")


class KeyInUse(UsageError):
    """The caller's key already stands for another decision."""

    def __init__(self, key: str) -> None:
        super().__init__(f"the key {key!r} already stands for another decision; take a new one")


@dataclass(frozen=True, slots=True)
class Decision:
    """The state that somebody gives an alert, and why; `actor` decides, such as `user:eva`.

    `key` is the caller's own name for the decision: given again, it changes nothing.
    """

    alert_id: str
    state: State
    actor: str
    reason: str | None = None
    key: str | None = None


async def decide(store: GraphStore, decision: Decision, *, at: datetime) -> bool:
    """Set the state of an alert; whether it was set now, and not by an earlier call with the same key.

    The state stays until the alert is over; what holds anew later is a new alert. `at` is the wall clock.
    Raises UsageError (muted without a reason), NotFound, AlertIsOver or KeyInUse.
    """
    if decision.state == "muted" and not (decision.reason or "").strip():
        raise UsageError("say why the alert is muted")
    alert_id, state = decision.alert_id, decision.state
    own = f"{alert_id}:{state}:{at.isoformat()}" if decision.key is None else decision.key
    written = await store.write(
        "alert.decide", alert_id=alert_id, state=state, actor=decision.actor, reason=decision.reason,
        at=at.isoformat(), change_id=f"alert:{decision.actor}:{own}",
    )  # fmt: skip
    if not written.rows:
        raise NotFound("Alert", alert_id)
    (row,) = written.rows
    before = row["before"]
    if before and (before["kind"], list(before["entity_ids"])) != (f"alert.{state}", [f"Alert:{alert_id}"]):
        raise KeyInUse(own)
    if not before and not row["written"]:
        raise AlertIsOver(alert_id)
    return bool(row["written"])
