"""`relgraph serve`: GraphQL over HTTP."""

import socket
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from graph.errors import RelgraphError
from relgraph.console import out

if TYPE_CHECKING:
    from graphql_api import ApiConfig
    from relgraph.settings import Settings


class AddressTaken(RelgraphError):
    """Another program listens where the API was to."""

    def __init__(self, host: str, port: int, error: OSError) -> None:
        super().__init__(f"cannot listen on {host}:{port} ({error.strerror}); choose another with --port")


def register(app: typer.Typer) -> None:
    """Add `serve`."""
    app.command()(serve)


def serve(
    port: Annotated[int, typer.Option(min=0, max=65535, help="0 takes a free one.")] = 8000,
    host: Annotated[
        str, typer.Option(help="Address to listen on; anything but loopback is seen by the network.")
    ] = "127.0.0.1",
    graphiql: Annotated[bool, typer.Option(help="Serve the GraphiQL page at /graphql.")] = True,
    export_schema: Annotated[
        Path | None, typer.Option(help="Write the schema (SDL) to this file and end.")
    ] = None,
) -> None:
    """Answer GraphQL until stopped (Ctrl-C); finishes the requests it has begun."""
    if export_schema is not None:
        _export(export_schema)
        return
    from relgraph.settings import Settings

    run(api_config(Settings(), graphiql=graphiql), host, port)


def api_config(settings: "Settings", *, graphiql: bool = True) -> "ApiConfig":
    """What the API is built with, from the settings."""
    from graphql_api import ApiConfig
    from relgraph.engine import engine_config

    return ApiConfig(engine=engine_config(settings), tokens=settings.home / "tokens.json", graphiql=graphiql)


def run(config: "ApiConfig", host: str, port: int) -> None:
    """Serve until stopped; raises AddressTaken before anything is started."""
    import uvicorn

    from graphql_api import create_app

    with _listening(host, port) as listener:
        url = f"http://{host}:{listener.getsockname()[1]}/graphql"
        server = uvicorn.Server(
            uvicorn.Config(
                create_app(config), log_level="warning", timeout_graceful_shutdown=15, server_header=False
            )
        )
        out.print(f"GraphQL on {url}", soft_wrap=True)
        server.run(sockets=[listener])


def _listening(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except OSError as error:
        listener.close()
        raise AddressTaken(host, port, error) from error
    return listener


def _export(path: Path) -> None:
    from graphql_api.schema import schema

    path.write_text(schema.as_str() + "\n", encoding="utf-8")
    out.print(f"schema written to {path}")
