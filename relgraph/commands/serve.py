"""`relgraph serve`: GraphQL over HTTP."""

import asyncio
import gc
import logging
import socket
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from graph.errors import RelgraphError
from relgraph.commands.work import Mappings, Pulls, Watched, work_options
from relgraph.console import out, say_memory
from relgraph.moment import Now

if TYPE_CHECKING:
    from fastapi import FastAPI

    from relgraph.settings import Settings


_LOG_LINE = "%(asctime)s %(levelname)s %(name)s: %(message)s"
_LONGEST_MESSAGE = 64_000
"""Bytes of one message over a WebSocket."""
_UNREAD_MS = 30_000
"""How long a client may leave an answer unread before its connection is dropped."""


class AddressTaken(RelgraphError):
    """Another program listens where the API was to."""

    def __init__(self, host: str, port: int, error: OSError) -> None:
        super().__init__(f"cannot listen on {host}:{port} ({error.strerror}); choose another with --port")


def register(app: typer.Typer) -> None:
    app.command()(serve)


def serve(  # noqa: PLR0913, PLR0917 - each is an option
    port: Annotated[int, typer.Option(min=0, max=65535, help="0 takes a free one.")] = 8000,
    host: Annotated[
        str,
        typer.Option(
            metavar="ADDRESS", help="Address to listen on; anything but loopback is seen by the network."
        ),
    ] = "127.0.0.1",
    graphiql: Annotated[bool, typer.Option(help="Serve the GraphiQL page at /graphql.")] = True,
    export_schema: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write the schema (SDL) to this file and end.")
    ] = None,
    work: Annotated[
        bool, typer.Option("--work", help="Start the worker too (`relgraph work`), beside the server.")
    ] = False,
    watch: Watched = None,
    mapping: Mappings = None,
    pull: Pulls = None,
    now: Now = None,
) -> None:
    """Serve the GraphQL API until stopped (Ctrl-C).

    It finishes the requests that it has begun.
    """
    if export_schema is not None:
        _export(export_schema)
        return
    from relgraph.settings import Settings
    from relgraph.work.child import working

    settings = Settings().at(now)
    if not (work or watch or pull):
        run(settings, host, port, graphiql=graphiql)
        return
    with working(work_options(settings, watch or [], mapping or [], pull or [], now)):
        run(settings, host, port, graphiql=graphiql)


def run(settings: "Settings", host: str = "127.0.0.1", port: int = 8000, *, graphiql: bool = True) -> None:
    """Serve until stopped; raises AddressTaken before anything is started."""
    import uvicorn

    from relgraph.connections import Prompt

    logging.basicConfig(format=_LOG_LINE)
    with _listening(host, port) as listener:
        app = application(settings, graphiql=graphiql)
        config = uvicorn.Config(
            app,
            http=Prompt,
            ws="websockets-sansio",
            ws_max_size=_LONGEST_MESSAGE,
            log_level="warning",
            timeout_graceful_shutdown=15,
            server_header=False,
        )
        config.load()
        _never_collect_what_is_loaded()
        out.print(f"GraphQL on http://{host}:{listener.getsockname()[1]}/graphql")
        with suppress(KeyboardInterrupt):
            uvicorn.Server(config).run(sockets=[listener])
        say_memory(settings)


def _never_collect_what_is_loaded() -> None:
    """Leave the program and its schema, which stay, out of the search for garbage.

    A full search of those 440,000 objects takes 0.16 s, in which nobody is answered, and a long answer
    starts one.
    """
    gc.collect()
    gc.freeze()


def application(settings: "Settings", *, graphiql: bool = True, indexed: bool = True) -> "FastAPI":
    """The API on the engine of these settings; an empty graph gets its schema, an older one is refused.

    indexed: whether to keep a search index, which a large graph takes minutes for at the first start.
    """
    from graph.decision_chain.required import read_required
    from graph.search.finder import NO_INDEX
    from graph.store import AsyncStore, open_async_store
    from graphql_api import ApiConfig, Limits, create_app
    from graphql_api.audit.file import Retention
    from graphql_api.http.persisted import registered_in
    from graphql_api.index_keeper import IndexKeeper
    from graphql_api.warm_up import warm_up
    from relgraph.engine import engine_config

    engine = engine_config(settings)

    async def connect() -> AsyncStore:
        await asyncio.to_thread(_fit, settings)
        return await open_async_store(engine)

    async def prepare(store: AsyncStore) -> bool:
        return await warm_up(store, config.limits.deadline_s)

    config = ApiConfig(
        engine,
        settings.home / "tokens.json",
        Limits(max_running=settings.max_running, requests_per_s=settings.requests_per_s),
        graphiql=graphiql,
        introspection=settings.introspection,
        events_secret=settings.events_secret.get_secret_value() if settings.events_secret else None,
        documents=registered_in(settings.documents) if settings.documents else None,
        widget_origins=settings.widget_origins,
        required=read_required(settings.required_roles) if settings.required_roles else None,
        audit=settings.home,
        retention=Retention(settings.audit_days, settings.audit_file_mb * 1_000_000),
        now=settings.now,
    )
    return create_app(config, connect, prepare, IndexKeeper(engine) if indexed else NO_INDEX)


def _fit(settings: "Settings") -> None:
    from relgraph.engine import opened

    with opened(settings):
        pass


def _listening(host: str, port: int) -> socket.socket:
    """A listener that names its protocol: asyncio sets TCP_NODELAY on no other, and answers wait 40 ms."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    if hasattr(socket, "TCP_USER_TIMEOUT"):  # Linux; accepted connections inherit it
        listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, _UNREAD_MS)
    try:
        listener.bind((host, port))
        listener.listen()
    except OSError as error:
        listener.close()
        raise AddressTaken(host, port, error) from error
    return listener


def _export(path: Path) -> None:
    from graphql_api.schema import schema

    path.write_text(schema.as_str() + "\n", encoding="utf-8")
    out.print(f"schema written to {path}")
