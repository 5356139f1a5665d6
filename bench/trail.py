"""What the trail of reads costs a request: `RELGRAPH_HOME=… python -m bench.trail`.

Two applications in this process on one engine, one with a trail and one without, asked in turn for the
contacts and the chain of a random customer, over HTTP messages without a network. The trail's own thread
runs meanwhile. To see of whom an answer tells is part of both; what that costs is printed by itself.
"""

import asyncio
import random
import tempfile
from contextlib import AsyncExitStack
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter
from timeit import timeit

import httpx
import numpy as np

from cypher import template
from graphql_api import ApiConfig, create_app
from graphql_api.audit.find import Wanted, find
from graphql_api.audit.persons import PLACES
from graphql_api.features.people import Contact
from graphql_api.security import TokenBook
from relgraph.engine import engine_config, opened
from relgraph.settings import Settings

CALLS = 2_000
WARM_UP = 200
TEXT = """
query Asked($c: ID!) {
  customer(id: $c) { contacts { contact { name email phone } } }
  decisionChain(customer: $c) { members { contact { name } coveredBy { employee { name } } } }
}
"""


async def main(settings: Settings, home: Path, customers: list[str]) -> None:
    """Print percentiles of milliseconds, without and with a trail."""
    took: dict[str, list[float]] = {"without": [], "with": []}
    async with AsyncExitStack() as stack:
        asked = {name: await _client(stack, settings, home, trail=name == "with") for name in took}
        for _ in range(WARM_UP + CALLS):
            sent = {"query": TEXT, "variables": {"c": random.choice(customers)}}
            for name in random.sample(list(took), 2):
                began = perf_counter()
                (await asked[name].post("/graphql", json=sent)).raise_for_status()
                took[name].append(1_000 * (perf_counter() - began))
    for name, times in took.items():
        p50, p99 = np.percentile(times[WARM_UP:], (50, 99))
        print(f"{name:8} trail: p50 {p50:.2f} ms, p99 {p99:.2f} ms")
    held = find(home, Wanted()).readings
    told = sum(len(one.subjects) for one in held)
    print(f"{len(held)} readings of {told} subjects, of {len(customers)} customers")
    print(f"to see of whom an object tells: {1e6 * _seeing():.2f} µs")


def _seeing() -> float:
    """Seconds to note one contact."""
    nothing = dict.fromkeys(("email", "phone", "mobile", "title", "department", "seniority"))
    contact = Contact(contact_id="c", name="a name", **nothing)  # type: ignore[arg-type]  # all may be None
    place, subjects = PLACES["Contact"], set[str]()
    names = place.names(["name", "email"])
    return timeit(lambda: place.told(contact, names, subjects), number=100_000) / 100_000


async def _client(stack: AsyncExitStack, settings: Settings, home: Path, *, trail: bool) -> httpx.AsyncClient:
    config = ApiConfig(engine_config(settings), home / "tokens.json", audit=home if trail else None)
    app = create_app(config)
    await stack.enter_async_context(app.router.lifespan_context(app))
    issued = TokenBook(config.tokens).create(employee_id=None, role="reader", days=1, now=datetime.now(UTC))
    headers = {"Authorization": f"Bearer {issued.token}"}
    transport = httpx.ASGITransport(app)
    return await stack.enter_async_context(
        httpx.AsyncClient(transport=transport, base_url="http://api", headers=headers, timeout=60)
    )


if __name__ == "__main__":
    given = Settings()
    with opened(given) as store, tempfile.TemporaryDirectory() as folder:
        asked = template("transfer.ids").render(label="Customer", key="customer_id")
        ids = [row["id"] for row in store.read(asked)]
        asyncio.run(main(given, Path(folder), ids))
