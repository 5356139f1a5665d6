"""Requests beyond what a process can answer in time are refused at once, before a queue grows."""

from collections.abc import Collection
from time import perf_counter

from starlette.types import ASGIApp, Receive, Scope, Send

from graphql_api.errors import Overloaded
from graphql_api.execution.asking import Asking
from graphql_api.http.admission import Admission
from graphql_api.http.answer import refusal


class Shed:
    """An ASGI application around another, whose requests to these paths need to be admitted."""

    def __init__(self, app: ASGIApp, admission: Admission, paths: Collection[str]) -> None:
        self._app = app
        self._admission = admission
        self._paths = frozenset(paths)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """The ASGI application."""
        if scope["type"] != "http" or scope["path"] not in self._paths:
            await self._app(scope, receive, send)
            return
        began = perf_counter()
        try:
            await self._admission.enter()
        except Overloaded as error:
            await refusal(error)(scope, receive, send)
            return
        try:
            await self._app(scope, receive, send)
        finally:
            self._admission.leave(_kind(scope), perf_counter() - began)


def _kind(scope: Scope) -> str:
    """What takes about as long: an operation by its document, anything else by its path."""
    asking: Asking | None = scope.get("state", {}).get("context")
    return asking.document.digest if asking and asking.document else str(scope["path"])
