"""POST /events: other systems tell what happened; it stands in the inbox when they are answered."""

import asyncio
import hashlib
import hmac
import logging
from collections import Counter
from dataclasses import asdict
from secrets import token_hex
from typing import Any

import orjson
from starlette.requests import Request
from starlette.responses import Response

from graph.inbox.append import Verdict, append
from graph.service import GraphStore
from graph.store import EngineUnavailable, QueryTimeout
from graphql_api.config import ApiConfig
from graphql_api.errors import (
    ApiError,
    BadInput,
    EventsOff,
    NotSigned,
    RequestTooSlow,
    TooLarge,
    refused,
)
from graphql_api.http.answer import json_response, refusal
from graphql_api.http.request import bounded

SIGNATURE = "X-Relgraph-Signature"
_SCHEME = "sha256="

log = logging.getLogger("graphql_api")


class Events:
    """Takes batches of events, signed with a secret that the sender shares."""

    def __init__(self, store: GraphStore, config: ApiConfig) -> None:
        self._store = store
        self._secret = config.events_secret
        self._now = config.now
        self._clock = config.clock
        self._limits = config.limits

    async def take(self, request: Request) -> Response:
        """A verdict per event; nothing is taken of a request that is refused as a whole."""
        try:
            return json_response(shown(await self._append(self._events(await self._in_time(request)))))
        except ApiError as error:
            return refusal(error)
        except (EngineUnavailable, QueryTimeout) as error:
            log.warning("events not taken: %s", error)
            unavailable = EngineUnavailable(f"{error}; nothing is lost: send the same events again")
            return json_response(refused(unavailable), 503, {"Retry-After": "2"})

    async def _in_time(self, request: Request) -> bytes:
        """The signed body; raises RequestTooSlow besides."""
        seconds = self._limits.deadline_s
        try:
            async with asyncio.timeout(seconds):
                return await self._signed_body(request)
        except TimeoutError as error:
            raise RequestTooSlow(f"the request did not arrive within {seconds:g} s") from error

    async def _signed_body(self, request: Request) -> bytes:
        """The body, whose signature fits. Raises EventsOff, TooLarge or NotSigned."""
        if self._secret is None:
            raise EventsOff
        inside = Request(request.scope, bounded(request.receive, self._limits.max_event_bytes))
        body = await inside.body()
        sent = request.headers.get(SIGNATURE, "")
        expected = _SCHEME + hmac.digest(self._secret.encode(), body, hashlib.sha256).hex()
        if not hmac.compare_digest(sent.encode(), expected.encode()):
            raise NotSigned(
                f"send `{SIGNATURE}: sha256=…` with the HMAC-SHA256 of the body, in hexadecimal, under the "
                "secret that this server has in RELGRAPH_EVENTS_SECRET"
            )
        return body

    def _events(self, body: bytes) -> list[object]:
        """The events of a body. Raises BadInput or TooLarge."""
        try:
            document = orjson.loads(body)
        except ValueError as error:
            raise BadInput(f"the body is not JSON: {error}") from error
        events = document.get("events") if isinstance(document, dict) else None
        if not isinstance(events, list):
            raise BadInput('the body is an object with a list of events: {"events": [{"id": …, "kind": …}]}')
        if len(events) > self._limits.max_events:
            raise TooLarge(f"{len(events)} events at once; send at most {self._limits.max_events}")
        return events

    async def _append(self, given: list[object]) -> list[Verdict]:
        """Events may have happened up to the wall clock, or the company's now where that is fixed."""
        wall = self._clock()
        now, seconds = self._now or wall, self._limits.deadline_s
        try:
            async with asyncio.timeout(seconds):
                return await append(self._store, given, now=now, received_at=wall, receipt=token_hex(12))
        except TimeoutError as error:
            raise EngineUnavailable(f"the engine did not answer within {seconds:g} s") from error


def shown(verdicts: list[Verdict]) -> dict[str, Any]:
    """`{"accepted", "duplicate", "refused", "verdicts": [{"id", "verdict", "reason"}]}`, in their order."""
    counts = Counter(one.verdict for one in verdicts)
    return {
        **{name: counts[name] for name in ("accepted", "duplicate", "refused")},
        "verdicts": [
            {name: item for name, item in asdict(one).items() if name != "reason" or item is not None}
            for one in verdicts
        ],
    }
