"""The API on a free loopback port, for as long as a command needs it."""

import socket
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager

import orjson
import uvicorn
from fastapi import FastAPI

from graph.errors import RelgraphError
from graphql_api.engine_link import STARTING

START_TIMEOUT_S = 30.0
_WARM_UP_S = 120.0
"""How long an engine that has just been started may take to plan its first questions."""


@contextmanager
def running(app: FastAPI) -> Iterator[str]:
    """Serve in a thread of this process; yields the address of `/graphql` and stops at the end."""
    with socket.socket(proto=socket.IPPROTO_TCP) as listener:
        listener.bind(("127.0.0.1", 0))
        server = uvicorn.Server(uvicorn.Config(app, log_level="warning", timeout_graceful_shutdown=5))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        _await_start(server, thread)
        address = f"http://127.0.0.1:{listener.getsockname()[1]}"
        try:
            _await_engine(address)
            yield f"{address}/graphql"
        finally:
            server.should_exit = True
            thread.join(timeout=START_TIMEOUT_S)


def _await_start(server: uvicorn.Server, thread: threading.Thread) -> None:
    deadline = time.monotonic() + START_TIMEOUT_S
    while not server.started:
        if not thread.is_alive() or time.monotonic() > deadline:
            raise RelgraphError("the API did not start; `relgraph serve` shows why")
        time.sleep(0.02)


def _await_engine(address: str) -> None:
    """Wait while the engine starts and plans its first questions; of other trouble the answers will tell."""
    deadline = time.monotonic() + _WARM_UP_S
    while _reason(f"{address}/health/ready") == STARTING and time.monotonic() < deadline:
        time.sleep(0.05)


def _reason(url: str) -> str | None:
    """Why the API is not ready; None where it is."""
    try:
        urllib.request.urlopen(url, timeout=START_TIMEOUT_S).close()
    except urllib.error.HTTPError as error:
        return str(orjson.loads(error.read())["reason"])
    return None
