"""`relgraph serve` as a process of its own, ended on leaving."""

import json
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager

import httpx

from bench.engines import Bed


@contextmanager
def served(engine: Bed) -> Iterator[httpx.Client]:
    """A client with a token on a server of this engine, on a free port of loopback."""
    issued = engine.relgraph("token", "create", "--role", "reader", "--days", "1", "--json")
    command = engine.command("serve", "--port", "0", "--no-graphiql")
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            address = _address(process)
            headers = {"Authorization": f"Bearer {json.loads(issued)['token']}"}
            with httpx.Client(base_url=address, headers=headers, timeout=30) as client:
                yield client
        finally:
            process.terminate()


def _address(process: subprocess.Popen[str]) -> str:
    """The base address that the server prints when it listens."""
    for line in process.stdout or ():
        if "http://" in line:
            return "http://" + line.split("http://", 1)[1].split("/", 1)[0].strip()
    raise RuntimeError("the server ended before it listened")
