"""What came of what was shown: beacons, each taken once."""

import hashlib
from dataclasses import dataclass
from typing import Any, Literal, cast, get_args

from graph.errors import NotFound, UsageError
from graph.offers.model import served
from graph.service import GraphStore
from graph.writing import Author, Outcome
from graph.writing.offer import Dismissal, OfferWords, record_offer
from graphql_api.config import wall_clock
from graphql_api.context import Context
from graphql_api.errors import BadInput, Forbidden
from graphql_api.execution.permission import no_statement
from graphql_api.features.written import NOBODY
from graphql_api.security import Identity

STATEMENT = "recommendationFeedback"
"""The statement of the API that a beacon is."""
Event = Literal["shown", "clicked", "accepted", "dismissed"]
MOST = 50
"""Beacons of one request."""
LONGEST = 200


@dataclass(frozen=True, slots=True)
class Beacon:
    """view: the client's word for one showing; the same beacon of the same view counts once."""

    served_id: str
    event: Event
    view: str
    reason: str | None


def read_beacons(document: Any) -> list[Beacon]:
    """The beacons of a body; raises BadInput."""
    beacons = document.get("beacons") if isinstance(document, dict) else None
    if not isinstance(beacons, list) or not 1 <= len(beacons) <= MOST:
        raise BadInput(f'send {{"beacons": [{{"servedId", "event", "view"}}]}}, 1 to {MOST} of them')
    return [_beacon(one) for one in beacons]


def _beacon(one: Any) -> Beacon:
    if not isinstance(one, dict) or one.keys() - {"servedId", "event", "view", "reason"}:
        raise BadInput("a beacon has `servedId`, `event`, perhaps `view` and `reason`, and nothing else")
    served, event, view = one.get("servedId"), one.get("event"), one.get("view", "")
    reason = one.get("reason")
    if not all(isinstance(text, str) and len(text) <= LONGEST for text in (served, view, reason or "")):
        raise BadInput(f"texts of a beacon have at most {LONGEST} characters")
    if event not in get_args(Event):
        raise BadInput(f"`event` is one of {', '.join(get_args(Event))}")
    if (event == "dismissed") != (reason is not None):
        raise BadInput("`dismissed` comes with a `reason`, and nothing else does")
    if reason is not None and reason not in get_args(Dismissal):
        raise BadInput(f"`reason` is one of {', '.join(get_args(Dismissal))}")
    return Beacon(str(served), cast("Event", event), view, reason)


def may_send(identity: Identity) -> bool:
    """Whether beacons will be taken from whoever has a token of this identity."""
    return identity.grant.may_state(STATEMENT) and identity.employee_id is not None


async def take(context: Context, beacons: list[Beacon], account: str | None) -> list[dict[str, Any]]:
    """A verdict per beacon: `taken`, `repeated` or `refused` with why; raises Forbidden for all of them.

    account: the customer to whom things were shown; None: whoever the recommendation was for.
    """
    if not context.grant.may_state(STATEMENT):
        raise Forbidden(no_statement(context.grant, STATEMENT))
    if context.viewer is None:
        raise Forbidden(NOBODY)
    return [await _taken(context, one, account) for one in beacons]


async def _taken(context: Context, beacon: Beacon, account: str | None) -> dict[str, Any]:
    try:
        outcome = await _record(context, beacon, account)
    except (NotFound, UsageError) as error:
        return {"servedId": beacon.served_id, "verdict": "refused", "reason": str(error)[:LONGEST]}
    return {"servedId": beacon.served_id, "verdict": "repeated" if outcome.repeated else "taken"}


async def _record(context: Context, beacon: Beacon, account: str | None) -> Outcome:
    parts = (account or "", beacon.served_id, beacon.event, beacon.view)
    key = f"widget:{hashlib.sha256('|'.join(parts).encode()).hexdigest()[:40]}"
    author = Author(context.viewer or "", key, await context.now(), wall_clock(), "said in a widget")
    words = await _words(context.store, beacon, account)
    return await record_offer(context.store, author, words)


async def _words(store: GraphStore, beacon: Beacon, account: str | None) -> OfferWords:
    """Raises NotFound for what was not shown to the account."""
    recommendation, product = served(beacon.served_id)
    if product is not None and account is not None:
        return OfferWords(beacon.event, customer=account, product=product, dismissal=beacon.reason)
    rows = await store.read("writing.recommended", recommendation_id=recommendation or "")
    if not rows or account not in (None, rows[0]["customer_id"]):
        raise NotFound("Recommendation", beacon.served_id)
    return OfferWords(beacon.event, recommendation=recommendation, dismissal=beacon.reason)
