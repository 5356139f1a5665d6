"""Python clients that nobody here wrote, and two fuzzers of GraphQL, against the application."""

import asyncio
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from gql import Client as GqlClient
from gql import GraphQLRequest
from gql.transport.exceptions import TransportQueryError
from gql.transport.httpx import HTTPXAsyncTransport
from graphql import GraphQLSchema
from hypothesis import HealthCheck, Phase, given, settings, strategies
from hypothesis_graphql import from_schema, nodes

from graph.store import Store
from graphql_api.schema import schema
from tests.api.client import Client
from tests.api.company import ACME
from tests.api.test_clients import CLIENTS, served_on

pytestmark = pytest.mark.slow

LOOK = "query ($id: ID!) { customer(id: $id) { name contacts(first: 2) { contact { name } } } }"
TAG = "mutation ($i: TagInput!) { tag(input: $i) { __typename } }"
MOMENTS = {
    "DateTime": strategies.just(nodes.String("2025-03-01T00:00:00Z")),
    "Date": strategies.just(nodes.String("2025-03-01")),
}
EXAMPLES = 40
"""Documents that hypothesis-graphql draws."""


async def test_gql_reads_the_schema_asks_and_states(app: FastAPI, ann: Client) -> None:
    transport = HTTPXAsyncTransport(
        "http://api/graphql",
        transport=httpx.ASGITransport(app),
        headers={"Authorization": f"Bearer {ann.token}"},
        timeout=120,
    )
    async with GqlClient(transport=transport, fetch_schema_from_transport=True) as session:
        assert isinstance(session.client.schema, GraphQLSchema)
        found = await session.execute(GraphQLRequest(LOOK, variable_values={"id": ACME}))
        assert len(found["customer"]["contacts"]) == 2
        said = {"key": "g", "customer": ACME, "tag": "vip"}
        tagged = await session.execute(GraphQLRequest(TAG, variable_values={"i": said}))
        assert tagged["tag"]["__typename"] == "Written"
        with pytest.raises(TransportQueryError, match="nobody"):
            await session.execute(GraphQLRequest(LOOK, variable_values={"id": "nobody"}))


def drawn(count: int) -> list[str]:
    """Valid documents over the whole schema; the same ones each time."""
    found: list[str] = []

    @settings(
        max_examples=count, database=None, derandomize=True, deadline=None, phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(from_schema(schema.as_str(), custom_scalars=MOMENTS))
    def collect(text: str) -> None:
        found.append(text)

    collect()
    return found


async def test_hypothesis_graphql_meets_no_defect(ann: Client) -> None:
    texts = await asyncio.to_thread(drawn, EXAMPLES)
    answered = 0
    for text in texts:
        response = await ann.post({"query": text})
        body: dict[str, Any] = response.json()
        codes = {error["extensions"]["code"] for error in body.get("errors", ())}
        assert response.status_code < 500, (text, body)
        assert "INTERNAL" not in codes, (text, body)
        answered += "data" in body
    assert answered > len(texts) / 4


async def test_schemathesis_runs_clean(app: FastAPI, ann: Client, store: Store, tmp_path: Path) -> None:
    if store.engine == "neo4j":
        pytest.skip("what clients see of HTTP is the same on both engines")
    program = str(Path(sys.executable).with_name("schemathesis"))
    async with served_on(app) as url:
        command = [
            program, "run", url, "--header", f"Authorization: Bearer {ann.token}", "--max-examples", "3",
            "--seed", "1", "--generation-database", "none", "--checks", "no_defect",
        ]  # fmt: skip
        done = await asyncio.to_thread(
            subprocess.run,
            command,
            check=False,
            capture_output=True,
            text=True,
            cwd=tmp_path,
            env={**os.environ, "SCHEMATHESIS_HOOKS": "schemathesis_hooks", "PYTHONPATH": str(CLIENTS)},
        )
    assert done.returncode == 0, done.stdout[-6_000:] + done.stderr[-2_000:]
