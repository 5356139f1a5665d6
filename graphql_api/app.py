"""Puts the API together: schema, gate, limits, engine link, addresses."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any

from fastapi import FastAPI
from starlette.middleware import Middleware
from starlette.middleware.errors import ServerErrorMiddleware
from starlette.middleware.exceptions import ExceptionMiddleware
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route, WebSocketRoute
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Receive, Scope, Send

from graph.profile.pages import Bounds
from graph.search.finder import NO_INDEX, Finder
from graph.store import AsyncStore, open_async_store
from graphql_api.access.scoped import Accounts
from graphql_api.audit.journal import Journal, NoTrail
from graphql_api.audit.noting import Noting
from graphql_api.config import ApiConfig
from graphql_api.context import Context
from graphql_api.data_clock import DataClock
from graphql_api.engine_link import Connect, EngineLink, Prepare
from graphql_api.errors import INTERNAL, logged, masked
from graphql_api.http.admission import Admission
from graphql_api.http.answer import json_response
from graphql_api.http.endpoint import GraphQLEndpoint
from graphql_api.http.events import Events
from graphql_api.http.headers import SecurityHeaders
from graphql_api.http.health import Health
from graphql_api.http.metrics import PATHS, Measures, Timed
from graphql_api.http.page import STATIC, Page
from graphql_api.http.shed import Shed
from graphql_api.http.work import WorkHealth
from graphql_api.live.feed import Feed
from graphql_api.live.socket import Connections, Session
from graphql_api.schema import build_schema
from graphql_api.security import Gate, Identity, TokenBook
from graphql_api.widgets.assets import Assets
from graphql_api.widgets.origin import Origins
from graphql_api.widgets.service import Widgets
from graphql_api.widgets.token import WidgetTokens
from graphql_api.widgets.visitor import Door

CLIENT_CLOSED_REQUEST = 499
"""As nginx counts those who left before they had asked; HTTP has no status for it, since nobody reads it."""


def create_app(
    config: ApiConfig,
    connect: Connect | None = None,
    prepare: Prepare | None = None,
    finder: Finder = NO_INDEX,
) -> FastAPI:
    """The application. `connect` opens the store; without it the engine of `config` is opened.

    `prepare` runs on the open store before callers do, and says whether it is quick enough to be ready.
    `finder` holds the search index; without one only `search` itself has no answer.

    From a browser, pages of other sites may call the widgets alone, where the settings name their origin.
    """

    async def opened() -> AsyncStore:
        return await open_async_store(config.engine)

    link = EngineLink(connect or opened, prepare, tracer=config.tracer)
    clock = DataClock(link, fixed=config.now)
    gate = Gate(TokenBook(config.tokens), config.clock)
    accounts, bounds = Accounts(link, clock), Bounds()

    def context(identity: Identity) -> Context:
        return Context(link, clock, identity, config.limits, finder, config.required, accounts, bounds)

    def admit(authorization: str | None) -> Context:
        return context(gate.admit(authorization))

    feed = Feed(link, config.clock, clock.doubt)
    journal = Journal(config.audit, config.clock, config.retention) if config.audit else None
    noting = Noting(journal or NoTrail(), config.clock)
    registered = None if config.documents is None else frozenset(config.documents.values())
    schema = build_schema(
        config.limits, introspection=config.introspection, registered=registered, tracer=config.tracer
    )
    connections = Connections(config.limits.max_sockets, config.limits.max_sockets_per_token)

    def session() -> Session:
        return Session(gate, context, feed, connections, noting)

    page = Page() if config.graphiql else None
    endpoint = GraphQLEndpoint(schema, admit, config.limits, page, session, config.documents, noting)
    measures = Measures(link.counts, schema.documents, connections, journal)
    layers = _layers(config, measures)
    app = _Application(
        _posted(endpoint, layers),
        title="relgraph",
        lifespan=_lifespan(link, finder, feed, journal),
        middleware=layers,
        exception_handlers={Exception: _unexpected, ClientDisconnect: _gone},
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
    )
    app.router.routes.append(Route("/graphql", endpoint, methods=["GET", "POST"]))
    app.router.routes.append(WebSocketRoute("/graphql", endpoint))
    events = Events(link, config)
    app.router.routes.append(Route("/events", events.take, methods=["POST"]))
    tokens = WidgetTokens(config.tokens.with_name("widget.key"))
    door = Door(gate, tokens, config.clock)
    app.router.routes.extend(Widgets(context, door, tokens, config, noting).routes())
    app.router.routes.extend(Assets(Origins(config.widget_origins)).routes())
    _operate(app, Health(link, admit, clock, measures))
    app.add_route("/health/work", WorkHealth(link).work)
    if config.graphiql:
        app.mount("/static", StaticFiles(directory=STATIC))
    return app


class _Application(FastAPI):
    """An operation that is posted goes straight through our own layers: routing costs as much as they do."""

    def __init__(self, posted: ASGIApp, **settings: Any) -> None:
        super().__init__(**settings)
        self._posted = posted

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """The ASGI application."""
        if scope["type"] == "http" and scope["method"] == "POST" and scope["path"] == "/graphql":
            await self._posted(scope, receive, send)
        else:
            await super().__call__(scope, receive, send)


def _layers(config: ApiConfig, measures: Measures) -> list[Middleware]:
    """What stands around every address, the outermost first."""
    layers = [Middleware(Timed, measures=measures, tracer=config.tracer), Middleware(SecurityHeaders)]
    if config.limits.max_running is not None:
        layers.append(Middleware(Shed, admission=Admission(config.limits.max_running), paths=PATHS))
    return layers


def _posted(endpoint: ASGIApp, layers: Sequence[Middleware]) -> ASGIApp:
    """The endpoint within the layers, errors answered as they are of the other addresses."""
    app: ASGIApp = ExceptionMiddleware(endpoint, {ClientDisconnect: _gone})
    for layer, arguments, named in reversed(layers):
        app = layer(app, *arguments, **named)
    return ServerErrorMiddleware(app, handler=_unexpected)


async def _gone(_request: Request, _error: Exception) -> Response:
    """Who asked left before the request had arrived, which is no defect; the answer, unread, is counted."""
    return Response(status_code=CLIENT_CLOSED_REQUEST)


async def _unexpected(request: Request, error: Exception) -> Response:
    """A defect outside of execution is masked and logged as one inside it is."""
    error_id = logged(error, "unknown", request.url.path)
    code = {"code": INTERNAL, "errorId": error_id}
    return json_response({"errors": [{"message": masked(error_id), "extensions": code}]}, 500)


def _operate(app: FastAPI, health: Health) -> None:
    app.add_route("/health/live", health.live)
    app.add_route("/health/ready", health.ready)
    app.add_route("/metrics", health.metrics)


def _lifespan(
    link: EngineLink, finder: Finder, feed: Feed, journal: Journal | None
) -> Callable[[FastAPI], AbstractAsyncContextManager[None]]:
    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        link.start()
        finder.start()
        if journal is not None:
            journal.start()
        try:
            yield
            await feed.stop()
            await asyncio.to_thread(finder.stop)
            await link.stop()
        finally:
            if journal is not None:
                await asyncio.to_thread(journal.stop)

    return lifespan
