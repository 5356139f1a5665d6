"""Connections of the API that bring no request are ended: uvicorn waits for a request line for ever."""

import asyncio
from typing import Any

from uvicorn.protocols.http.auto import AutoHTTPProtocol

REQUEST_S = 10.0
"""How long a connection may take to bring the head of its next request."""


class Prompt(AutoHTTPProtocol):  # type: ignore[misc, valid-type]  # whichever parser is installed
    """uvicorn's HTTP protocol, with a limit on the time that the head of a request takes.

    The body has the deadline of its request (see `graphql_api.http.endpoint`).
    """

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self._head: asyncio.TimerHandle | None = None
        self._upgraded = False

    def connection_made(self, transport: asyncio.Transport) -> None:
        """Begin to wait for the first request."""
        super().connection_made(transport)
        self._await_head()

    def data_received(self, data: bytes) -> None:
        """Go on waiting where these bytes did not end the head of a request."""
        super().data_received(data)
        if self.cycle is not None and not self.cycle.response_complete:
            self._stop_waiting()
        elif self._head is None and not self._upgraded:
            self._await_head()

    def handle_websocket_upgrade(self) -> None:
        """The connection is a WebSocket from now on: no request is awaited on it."""
        self._upgraded = True
        self._stop_waiting()
        super().handle_websocket_upgrade()

    def connection_lost(self, exc: Exception | None) -> None:
        """Nothing more is awaited."""
        self._stop_waiting()
        super().connection_lost(exc)

    def _await_head(self) -> None:
        self._head = self.loop.call_later(REQUEST_S, self.timeout_keep_alive_handler)

    def _stop_waiting(self) -> None:
        if self._head is not None:
            self._head.cancel()
            self._head = None
