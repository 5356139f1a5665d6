"""What a crowd of clients gets: `RELGRAPH_HOME=… python -m bench.crowd [--rounds 3] [--seconds 8]`.

`relgraph serve` runs as a process of its own on the home, which holds a scored company. So many clients each
ask one question after the other over a kept connection on loopback: chain, profile and recommendations of a
random customer. Whoever is told 503 waits as Retry-After says, and connects anew where the server has closed
the idle connection. All begin at once, so that the first SETTLE_S do not count. The sizes of the crowd take
turns within each round, so that what else the machine does meets all of them.
"""

import asyncio
import json
import os
import random
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter
from typing import Annotated

import numpy as np
import orjson
import typer

from bench.questions import questions
from bench.server import address
from cypher import template
from relgraph.engine import opened
from relgraph.settings import Settings

CROWDS = (1, 16, 64)
SETTLE_S = 3.0
PROFILE = """query Profile($customer: ID!) { customer(id: $customer) { name
  profile { lifecycle openTickets valueOfYear { amount } } churnRisk { probability band }
  contacts(first: 10) { contact { contactId name title } } tags { name }
  alerts(first: 5) { totalCount } } }"""
TEXTS = (*(one.graphql for one in questions() if one.name != "account"), PROFILE)


@dataclass(slots=True)
class Seen:
    """What the clients of one crowd saw; seconds of the complete answers."""

    complete: list[float] = field(default_factory=list)
    refused: int = 0
    failed: int = 0
    lasted: float = 0.0

    @property
    def rate(self) -> float:
        """Complete answers per second."""
        return len(self.complete) / self.lasted

    def row(self) -> str:
        """As a line of the table."""
        if not self.complete:
            return f"{0:8} no answer in time, {self.refused} refused, {self.failed} failed"
        p50, p99 = (1_000 * float(value) for value in np.percentile(self.complete, (50, 99)))
        asked = len(self.complete) + self.refused
        return f"{self.rate:8.0f} {p50:8.1f} {p99:8.1f} {self.refused / asked:8.1%} {self.failed:6}"


async def main(host: str, port: int, token: str, customers: list[str], rounds: int, seconds: float) -> None:
    """Print a line for each crowd of each round, and what all rounds come to."""
    crowd = Crowd(host, port, token, lambda: _body(customers))
    await crowd.meet(4, 1.0)
    print("round clients complete/s p50 ms p99 ms refused failed")
    met: dict[int, list[Seen]] = {size: [] for size in CROWDS}
    for number in range(1, rounds + 1):
        for size in CROWDS:
            seen = await crowd.meet(size, seconds)
            met[size].append(seen)
            print(f"{number:5} {size:7} {seen.row()}", flush=True)
    best = max(seen.rate for seen in met[16])
    share = np.median([seen.rate for seen in met[64]]) / best
    print(f"at 64 clients: median of complete answers {share:.0%} of the best at 16")


def _body(customers: list[str]) -> bytes:
    return orjson.dumps({"query": random.choice(TEXTS), "variables": {"customer": random.choice(customers)}})


class Crowd:
    """Clients of one server; `body` makes what each asks next."""

    def __init__(self, host: str, port: int, token: str, body: Callable[[], bytes]) -> None:
        self._host, self._port, self._body = host, port, body
        self._head = f"Authorization: Bearer {token}\r\nContent-Type: application/json\r\nHost: {host}\r\n"

    async def meet(self, size: int, seconds: float) -> Seen:
        """So many clients for so long, after they have settled."""
        counts_from = perf_counter() + SETTLE_S
        seen, settling = Seen(), Seen()
        await asyncio.gather(
            *(self._client(settling, seen, counts_from, counts_from + seconds) for _ in range(size))
        )
        seen.lasted = perf_counter() - counts_from
        return seen

    async def _client(self, settling: Seen, settled: Seen, counts_from: float, ends: float) -> None:
        reader, writer = await asyncio.open_connection(self._host, self._port)
        while (began := perf_counter()) < ends:
            body = self._body()
            writer.write(
                f"POST /graphql HTTP/1.1\r\n{self._head}Content-Length: {len(body)}\r\n\r\n".encode() + body
            )
            try:
                status, wait, answer = await _read(reader)
            except (asyncio.IncompleteReadError, ConnectionError):  # closed, for it was idle for 5 s
                writer.close()
                reader, writer = await asyncio.open_connection(self._host, self._port)
                continue
            seen = settled if began >= counts_from else settling
            if status == 503:
                seen.refused += 1
                await asyncio.sleep(min(wait, max(ends - perf_counter(), 0)))
            elif status == 200 and b'"errors"' not in answer:
                seen.complete.append(perf_counter() - began)
            else:
                seen.failed += 1
        writer.close()


async def _read(reader: asyncio.StreamReader) -> tuple[int, float, bytes]:
    """Status, Retry-After and body of an answer."""
    head = (await reader.readuntil(b"\r\n\r\n")).decode().lower()
    fields = dict(line.split(": ", 1) for line in head.split("\r\n")[1:] if ": " in line)
    body = await reader.readexactly(int(fields["content-length"]))
    return int(head.split(" ")[1]), float(fields.get("retry-after", 1)), body


@contextmanager
def _served() -> Iterator[tuple[str, str]]:
    """Address and token of a server on the home of this environment."""
    relgraph = [str(Path(sys.executable).with_name("relgraph"))]
    issued = subprocess.run(
        [*relgraph, "token", "create", "--role", "reader", "--days", "1", "--json"],
        check=True, capture_output=True, text=True,
    )  # fmt: skip
    command = [*relgraph, "serve", "--port", "0", "--no-graphiql"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=os.environ) as process:
        try:
            yield address(process), json.loads(issued.stdout)["token"]
        finally:
            process.terminate()


def run(
    rounds: Annotated[int, typer.Option(min=1)] = 3, seconds: Annotated[float, typer.Option(min=1)] = 8
) -> None:
    """Measure on the company of RELGRAPH_HOME."""
    with opened(Settings()) as store:
        asked = template("transfer.ids").render(label="Customer", key="customer_id")
        customers = [row["id"] for row in store.read(asked)]
        with _served() as (where, token):
            host, _, port = where.rpartition(":")
            asyncio.run(main(host, int(port), token, customers, rounds, seconds))


if __name__ == "__main__":
    typer.run(run)
