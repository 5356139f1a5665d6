"""What somebody of us decides about an alert: seen, dealt with, or not to be shown again."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from graph.alert.model import State
from graph.alert.read import Asking, alerts_by_id
from graph.errors import NotFound
from graph.service import GraphStore
from graph.writing import Author, Outcome, VersionConflict, WriteRefused, Writing, once
from graph.writing.named import named


class AlertIsOver(WriteRefused):
    """What the alert said no longer holds; there is nothing to decide about."""

    def __init__(self, alert_id: str) -> None:
        super().__init__(f"alert {alert_id} is over; ask for the alerts that stand")


@dataclass(frozen=True, slots=True)
class Decision:
    """The state that somebody gives an alert."""

    alert_id: str
    state: State


async def decide(store: GraphStore, author: Author, decision: Decision) -> Outcome:
    """Set the state of an alert; the author's reason and the company's now stay with it.

    The state stays until the alert is over; what holds anew later is a new alert. Raises WriteRefused (muted
    without a reason), NotFound, AlertIsOver, KeyAlreadyUsed.
    """

    async def stands() -> None:
        found = (await alerts_by_id(store, [decision.alert_id], Asking(author.now))).get(decision.alert_id)
        if found is None:
            raise NotFound("Alert", decision.alert_id)
        if found.until is not None:
            raise AlertIsOver(decision.alert_id)

    return await _decided(store, author, decision, stands)


async def decide_standing(store: GraphStore, author: Author, decision: Decision) -> Outcome:
    """The same of an alert of any kind that the caller has just seen standing."""
    return await _decided(store, author, decision, None)


async def _decided(
    store: GraphStore, author: Author, decision: Decision, stands: Callable[[], Awaitable[None]] | None
) -> Outcome:
    async def prepare() -> Writing:
        if decision.state == "muted" and not (author.reason or "").strip():
            raise WriteRefused("say why the alert is muted")
        await named(store, author, {})
        if stands is not None:
            await stands()
        params = {"alert_id": decision.alert_id, "state": decision.state}
        return Writing("alert.decide", params, (f"Alert:{decision.alert_id}",))

    try:
        return await once(store, author, f"alert_{decision.state}", decision, prepare)
    except VersionConflict as error:  # it ended since it was read
        raise AlertIsOver(decision.alert_id) from error
