"""Requests beyond what a process can answer in time are refused at once, before a queue grows."""

from collections.abc import Collection

from starlette.types import ASGIApp, Receive, Scope, Send

from graphql_api.errors import Overloaded
from graphql_api.http.answer import refusal


class Shed:
    """An ASGI application around another, of which at most `most` requests to these paths run at once.

    By Little's law a queue of n requests waits n / (answers per second): `most` bounds that wait.
    """

    def __init__(self, app: ASGIApp, most: int, paths: Collection[str]) -> None:
        self._app = app
        self._most = most
        self._paths = frozenset(paths)
        self._running = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """The ASGI application."""
        if scope["type"] != "http" or scope["path"] not in self._paths:
            await self._app(scope, receive, send)
            return
        if self._running >= self._most:
            await refusal(Overloaded(self._most))(scope, receive, send)
            return
        self._running += 1
        try:
            await self._app(scope, receive, send)
        finally:
            self._running -= 1
