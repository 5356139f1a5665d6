"""What rules of roles and rows cost a request: `RELGRAPH_HOME=… python -m bench.rules`.

One application in this process on the home's engine. The account manager with most accounts asks about one of
them, by a token of the role (own rows, fields of the role) and by one of a reader (all rows, all fields), in
turn and in random order, over HTTP messages without a network. Both get the same answer but for what rules
keep back. Printed are p50 of each and their ratio.
"""

import asyncio
import random
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter
from typing import Annotated

import httpx
import numpy as np
import typer
from neo4j import GraphDatabase

from bench.bare.text import statement
from bench.crowd import PROFILE
from bench.questions import CHAIN, RECOMMENDATIONS
from graphql_api import ApiConfig, create_app
from graphql_api.security import TokenBook
from relgraph.engine import engine_config, opened
from relgraph.settings import Settings

LIST = "{ customers(first: 50, orderBy: [{ by: NAME }]) { nodes { customerId name } } }"
ASKED = {"profile": PROFILE, "chain": CHAIN, "recommendations": RECOMMENDATIONS, "list": LIST}
WARM_UP = 40


async def main(settings: Settings, folder: Path, employee: str, customers: list[str], calls: int) -> None:
    """Print a line for each question."""
    config = ApiConfig(engine_config(settings), folder / "tokens.json")
    book, app = TokenBook(config.tokens), create_app(config)
    issued = {
        "with": book.create(employee_id=employee, role="account_manager", days=1, now=datetime.now(UTC)),
        "without": book.create(employee_id=employee, role="reader", days=1, now=datetime.now(UTC)),
    }
    transport = httpx.ASGITransport(app)
    async with app.router.lifespan_context(app), httpx.AsyncClient(
        transport=transport, base_url="http://api", timeout=60
    ) as http:  # fmt: skip
        print(f"{employee}: {len(customers)} accounts, {calls} calls each")
        for name, text in ASKED.items():
            took: dict[str, list[float]] = {rules: [] for rules in issued}
            for _ in range(WARM_UP + calls):
                body = {"query": text, "variables": {"customer": random.choice(customers)}}
                for rules in random.sample(list(issued), 2):
                    headers = {"Authorization": f"Bearer {issued[rules].token}"}
                    began = perf_counter()
                    (await http.post("/graphql", json=body, headers=headers)).raise_for_status()
                    took[rules].append(1_000 * (perf_counter() - began))
            p50 = {rules: float(np.median(times[WARM_UP:])) for rules, times in took.items()}
            ratio = p50["with"] / p50["without"]
            print(
                f"{name:16} with {p50['with']:7.2f} ms, without {p50['without']:7.2f} ms, ratio {ratio:.2f}"
            )


def run(calls: Annotated[int, typer.Option(min=20)] = 400) -> None:
    """Measure on the company of RELGRAPH_HOME."""
    settings = Settings()
    with opened(settings) as store, tempfile.TemporaryDirectory() as folder:
        endpoint = store.endpoint
        with GraphDatabase.driver(endpoint.uri, auth=endpoint.auth) as driver, driver.session() as session:
            row = session.run(statement("owners")).single(strict=True)
        asyncio.run(main(settings, Path(folder), row["employee"], row["customers"], calls))


if __name__ == "__main__":
    typer.run(run)
