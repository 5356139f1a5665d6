"""A server on a free port of loopback, in a thread, for tests and pictures."""

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import uvicorn
from starlette.types import ASGIApp

from relgraph.connections import Prompt


@contextmanager
def served(made: Callable[[str], ASGIApp]) -> Iterator[str]:
    """The address, `http://127.0.0.1:…`, of an application that is made knowing it; it ends afterwards."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        address = f"http://127.0.0.1:{listener.getsockname()[1]}"
        config = uvicorn.Config(
            made(address), http=Prompt, ws="websockets-sansio", log_level="warning",
            timeout_graceful_shutdown=5,
        )  # fmt: skip
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        try:
            while not server.started and thread.is_alive():
                time.sleep(0.01)
            yield address
        finally:
            server.should_exit = True
            thread.join(timeout=30)
