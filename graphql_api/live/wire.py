"""The WebSocket itself: what is too long, too slow or idle ends it.

Close codes are those of graphql-transport-ws (4400 bad message, 4401, 4403, 4408, 4429) and of RFC 6455
(1008 too slow, 1009 too long: the server itself refuses such a message).
"""

import asyncio
from collections.abc import AsyncGenerator, Mapping
from contextlib import suppress

from starlette.websockets import WebSocketState
from strawberry.asgi import ASGIWebSocketAdapter
from strawberry.http.exceptions import NonJsonMessageReceived, WebSocketDisconnected
from strawberry.subscriptions.protocols.graphql_transport_ws.handlers import BaseGraphQLTransportWSHandler

from graphql_api.live.socket import Session

UNREAD_S = 10.0
"""How long a client may leave unread what it is sent."""
IDLE_S = 60.0
"""How long a socket may be open without a subscription."""


class Wire(ASGIWebSocketAdapter):
    """Reads and writes messages within bounds."""

    async def iter_json(self, *, ignore_parsing_errors: bool = False) -> AsyncGenerator[object, None]:
        """Messages as they come; raises NonJsonMessageReceived, for what is no object too."""
        async for message in super().iter_json(ignore_parsing_errors=ignore_parsing_errors):
            if not isinstance(message, dict):
                raise NonJsonMessageReceived
            yield message

    async def send_json(self, message: Mapping[str, object]) -> None:
        """Send; a client that does not read loses its socket. Raises WebSocketDisconnected."""
        try:
            async with asyncio.timeout(UNREAD_S):
                await super().send_json(message)
        except (TimeoutError, RuntimeError) as error:  # RuntimeError: closed meanwhile
            with suppress(RuntimeError):
                await self.close(1008, "too slow")
            raise WebSocketDisconnected from error

    async def close(self, code: int, reason: str) -> None:
        """Close once."""
        if self.ws.application_state is not WebSocketState.DISCONNECTED:
            await super().close(code, reason)


class Protocol(BaseGraphQLTransportWSHandler[Session, None]):
    """Strawberry's handler, which ends a socket that nobody uses."""

    async def handle(self) -> None:
        """Serve the socket until it ends."""
        watching = asyncio.create_task(self._until_idle())
        try:
            await super().handle()
        finally:
            watching.cancel()
            self.context.close()

    async def _until_idle(self) -> None:
        idle = 0
        while idle < 2:
            await asyncio.sleep(IDLE_S / 2)
            idle = 0 if self.operations else idle + 1
        await self.websocket.close(4408, "no subscription")
