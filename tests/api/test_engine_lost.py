"""The engine goes away and comes back; the API says so meanwhile and recovers by itself."""

import asyncio
import os
import signal
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest

from graph import migrations
from graph.store import EngineConfig, open_store
from graph.store.embedded import running, stop
from graphql_api import ApiConfig, Limits, create_app
from graphql_api.security import TokenBook
from tests.api.client import Client
from tests.api.company import ANN, company

VIEWER = "{ viewer { name } }"


@pytest.fixture
def engine(home: Path) -> EngineConfig:
    """An embedded engine of this test alone, with the small company in it."""
    config = EngineConfig(home=home, timeout_s=10.0)
    with open_store(config) as store:
        migrations.migrate(store)
        company().load(store)
    return config


@pytest.fixture
async def ann(engine: EngineConfig, tmp_path: Path) -> AsyncIterator[Client]:
    """Ann, asking an API of its own."""
    tokens = tmp_path / "tokens.json"
    app = create_app(ApiConfig(engine, tokens, Limits(deadline_s=60)))
    token = TokenBook(tokens).create(employee_id=ANN, role="editor", days=1, now=datetime.now(UTC)).token
    transport = httpx.ASGITransport(app)
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(transport=transport, base_url="http://api", timeout=60) as http,
    ):
        yield Client(http, token)


async def until_answered(client: Client) -> dict[str, object]:
    """The first answer without errors, asked for at most a minute."""
    for _ in range(120):
        body = await client.answer(VIEWER)
        if "errors" not in body:
            return dict(body["data"])
        assert [error["extensions"]["code"] for error in body["errors"]] == ["ENGINE_UNAVAILABLE"]
        await asyncio.sleep(0.5)
    pytest.fail("the API did not recover within a minute")


@pytest.mark.faults
async def test_a_killed_engine_is_found_again(ann: Client, engine: EngineConfig) -> None:
    assert (await ann.data(VIEWER))["viewer"] == {"name": "Ann"}
    state = running(engine)
    assert state is not None
    os.kill(state.pid, signal.SIGKILL)
    assert (await until_answered(ann))["viewer"] == {"name": "Ann"}
    assert (await ann.http.get("/health/ready")).status_code == 200


@pytest.mark.faults
async def test_a_stopped_engine_is_unavailable_until_it_is_started_again(
    ann: Client, engine: EngineConfig
) -> None:
    assert (await ann.data(VIEWER))["viewer"] == {"name": "Ann"}
    await asyncio.to_thread(stop, engine)
    assert await ann.codes(VIEWER) == ["ENGINE_UNAVAILABLE"]
    assert (await ann.http.get("/health/ready")).status_code == 503
    assert (await ann.http.get("/health/live")).status_code == 200
    started = await asyncio.to_thread(open_store, engine)
    try:
        assert (await until_answered(ann))["viewer"] == {"name": "Ann"}
        assert (await ann.http.get("/health/ready")).status_code == 200
    finally:
        started.close()


@pytest.mark.faults
async def test_a_paused_engine_is_unavailable_at_once_and_answers_when_it_goes_on(
    ann: Client, engine: EngineConfig
) -> None:
    """Within two of the looks that a call takes at the process; the configured limit is ten seconds."""
    assert (await ann.data(VIEWER))["viewer"] == {"name": "Ann"}
    state = running(engine)
    assert state is not None
    os.kill(state.pid, signal.SIGSTOP)
    try:
        async with asyncio.timeout(5):
            assert await ann.codes(VIEWER) == ["ENGINE_UNAVAILABLE"]
            assert (await ann.http.get("/health/ready")).status_code == 503
    finally:
        os.kill(state.pid, signal.SIGCONT)
    assert (await until_answered(ann))["viewer"] == {"name": "Ann"}


async def test_an_engine_that_is_not_there_is_said_so_and_asked_for_again(tmp_path: Path) -> None:
    config = EngineConfig(home=tmp_path, uri="bolt://127.0.0.1:1", password="x", timeout_s=2.0)
    app = create_app(ApiConfig(config, tmp_path / "tokens.json"))
    token = (
        TokenBook(tmp_path / "tokens.json")
        .create(employee_id=ANN, role="reader", days=1, now=datetime.now(UTC))
        .token
    )
    transport = httpx.ASGITransport(app)
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(transport=transport, base_url="http://api") as http,
    ):
        assert await Client(http, token).codes(VIEWER) == ["ENGINE_UNAVAILABLE"]
        ready = await http.get("/health/ready")
        assert ready.status_code == 503
        assert "127.0.0.1:1" in ready.json()["reason"]
        book = TokenBook(tmp_path / "tokens.json")
        admin = book.create(employee_id=ANN, role="admin", days=1, now=datetime.now(UTC)).token
        metrics = await http.get("/metrics", headers={"Authorization": f"Bearer {admin}"})
        assert metrics.status_code == 200
        assert "relgraph_requests_running 1.0" in metrics.text
