"""Subscriptions over real sockets: two servers on one graph, and clients that behave and misbehave."""

import asyncio
import json
from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack, asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import pytest
from websockets.asyncio.client import ClientConnection, connect

from devtools.loopback import served
from graph.clock import Clock, keep_clock
from graph.feed.log import changes_since, position
from graph.service import run_sync
from graph.store import Store
from graphql_api import ApiConfig, Limits, create_app
from graphql_api.live import follow
from graphql_api.security import TokenBook
from relgraph import connections
from tests.api.company import ACME, ANN, BUYER, DEAL, company
from tests.api.test_alerts import world_of_alerts
from tests.graph.world import NOW, World, ago

ALERTS = """subscription ($after: String) { alertsChanged(where: {account: "crm:ACC-1"}, after: $after) {
  cursor whole came { alertId account { name } } changed { alertId state } gone } }"""
CHAIN = """subscription ($after: String) { chainChanged(account: "erp:C0017", after: $after) {
  cursor whole parts chain { members { contact { contactId } role } } } }"""
SCORES = """subscription ($after: String) { scoresChanged(account: "crm:ACC-1", after: $after) {
  whole scores { customerId probability band } gone } }"""
WORK = """subscription ($after: String) { workProgress(after: $after) {
  whole runs { runId kind status finishedAt } } }"""
ACKNOWLEDGE = 'mutation { acknowledgeAlert(input: {key: "%s", alert: "a1"}) { __typename } }'
ASSERT = 'mutation { assertRole(input: {contact: "%s", role: %s, opportunity: "%s"}) { __typename } }'


class Servers:
    """Two servers on one graph: what one is told, the other tells."""

    def __init__(self, urls: list[str], book: TokenBook) -> None:
        self.one, self.other = urls
        self.book = book

    def token(self, employee_id: str | None = ANN) -> str:
        issued = self.book.create(employee_id=employee_id, role="editor", days=1, now=datetime.now(UTC))
        return issued.token

    async def state(self, mutation: str) -> None:
        """A statement through the other server."""
        headers = {"Authorization": f"Bearer {self.token()}"}
        async with httpx.AsyncClient(timeout=120) as http:
            answer = await http.post(f"{self.other}/graphql", json={"query": mutation}, headers=headers)
        assert "errors" not in answer.json(), answer.text

    @asynccontextmanager
    async def socket(self, **payload: Any) -> AsyncIterator[ClientConnection]:
        """An acknowledged socket to the first server."""
        async with self.bare() as socket:
            await socket.send(json.dumps({"type": "connection_init", "payload": payload}))
            assert json.loads(await socket.recv()) == {"type": "connection_ack"}
            yield socket

    def bare(self) -> connect:
        address = self.one.replace("http", "ws") + "/graphql"
        return connect(address, subprotocols=["graphql-transport-ws"], proxy=None)  # type: ignore[list-item]


@pytest.fixture
def servers(store: Store, tmp_path: Path) -> Iterator[Servers]:
    company().load(store)
    world_of_alerts().load(store)
    keep_clock(store, Clock(NOW, "stamp", "the newest stamp"), NOW)
    limits = Limits(deadline_s=120, max_sockets_per_token=2, max_subscriptions=2)
    config = ApiConfig(store.config, tmp_path / "tokens.json", limits)
    with ExitStack() as stack:
        urls = [stack.enter_context(served(lambda _: create_app(config))) for _ in range(2)]
        yield Servers(urls, TokenBook(tmp_path / "tokens.json"))


async def subscribe(socket: ClientConnection, query: str, name: str = "s", **variables: Any) -> None:
    """Begin a subscription."""
    payload = {"query": query, "variables": variables}
    await socket.send(json.dumps({"id": name, "type": "subscribe", "payload": payload}))


async def event(socket: ClientConnection) -> Any:
    """The next message's only field."""
    message = json.loads(await asyncio.wait_for(socket.recv(), 120))
    assert message["type"] == "next", message
    assert "errors" not in message["payload"], message
    (found,) = message["payload"]["data"].values()
    return found


async def code(socket: ClientConnection) -> str:
    """The code of the next message, which ends the subscription."""
    message = json.loads(await asyncio.wait_for(socket.recv(), 120))
    assert message["type"] == "error", message
    found: str = message["payload"][0]["extensions"]["code"]
    return found


async def closed(socket: ClientConnection) -> int | None:
    """The code with which the server closes."""
    await asyncio.wait_for(socket.wait_closed(), 120)
    return socket.close_code


async def whole(socket: ClientConnection, query: str, name: str = "s") -> Any:
    """Subscribe from a cursor that writes have followed: the first event holds everything, and it listens."""
    await subscribe(socket, query, name, after=position(datetime(2000, 1, 1, tzinfo=UTC)))
    found = await event(socket)
    assert found["whole"]
    return found


@pytest.mark.query("feed.since")
async def test_what_is_stated_through_one_server_is_told_by_the_other(servers: Servers, store: Store) -> None:
    await servers.state(ACKNOWLEDGE % "k0")
    async with servers.socket(authorization=f"Bearer {servers.token()}") as socket:
        first = await whole(socket, ALERTS)
        assert [one["alertId"] for one in first["came"]] == ["a2", "a3", "a1"]
        assert first["came"][0]["account"] == {"name": "上海宏达机电有限公司"}
        await servers.state('mutation { completeAlert(input: {key: "k1", alert: "a2"}) { __typename } }')
        told = await event(socket)
        assert (told["whole"], told["came"], told["changed"], told["gone"]) == (False, [], [], ["Alert:a2"])
    await servers.state('mutation { reopenAlert(input: {key: "k2", alert: "a2"}) { __typename } }')
    async with servers.socket(token=servers.token()) as again:
        await subscribe(again, ALERTS, after=told["cursor"])
        missed = await event(again)
        assert missed["whole"]
        assert [one["alertId"] for one in missed["came"]] == ["a2", "a3", "a1"]
    found = run_sync(store, changes_since, ago(0))
    assert [one.kind.partition(".")[0] for one in found] == ["write"] * 3
    assert found[-1].entity_ids == ("Alert:a1",)


async def test_a_chain_is_told_when_it_is_another(servers: Servers) -> None:
    await servers.state(ASSERT % (BUYER, "CHAMPION", DEAL))
    async with servers.socket(token=servers.token()) as socket:
        before = await whole(socket, CHAIN)
        assert {"contact": {"contactId": BUYER}, "role": "CHAMPION"} in before["chain"]["members"]
        await servers.state(ASSERT % (BUYER, "BLOCKER", DEAL))
        told = await event(socket)
        assert "members" in told["parts"]
        assert {"contact": {"contactId": BUYER}, "role": "BLOCKER"} in told["chain"]["members"]
        await servers.state(ACKNOWLEDGE % "another matter")
        await servers.state(ASSERT % (BUYER, "INFLUENCER", DEAL))
        after = await event(socket)
        assert {"contact": {"contactId": BUYER}, "role": "INFLUENCER"} in after["chain"]["members"]


@pytest.mark.query("feed.runs")
async def test_scores_and_rounds_of_work_are_told(
    servers: Servers, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connections, "REQUEST_S", 1.0)  # a socket that waits for longer is not cut off
    run = {"kind": "ingest", "status": "done", "started_at": ago(1).isoformat()}
    store.upsert_nodes("Run", [{"id": "run0", "props": run}])
    scoring(0.61).load(store)
    async with servers.socket(token=servers.token()) as socket:
        first = await whole(socket, WORK, "w")
        assert [one["runId"] for one in first["runs"]] == ["run0"]
        assert [one["band"] for one in (await whole(socket, SCORES, "r"))["scores"]] == ["high"]
        for status in ("running", "done"):
            store.upsert_nodes(
                "Run", [{"id": "run1", "props": run | {"status": status, "started_at": NOW.isoformat()}}]
            )
            assert [one["status"] for one in (await event(socket))["runs"]] == [status]
        scoring(0.2).load(store)
        risk = await event(socket)
        assert risk["scores"] == [{"customerId": ACME, "probability": 0.2, "band": "low"}]


def scoring(probability: float) -> World:
    """A scoring of the account, as `relgraph score` leaves it."""
    world, wall = World(), datetime.now(UTC)
    world.risk(f"risk {probability}", ACME, probability, scored_at=wall)
    key = f"score.churn:{probability}"
    world.node("Change", key, at=NOW, loaded_at=wall, actor="score", kind="score.churn")
    return world


async def test_a_socket_needs_a_token_that_stands(servers: Servers) -> None:
    for payload in ({}, {"token": "rg_no_no"}, {"token": 7}, {"authorization": "Basic x"}):
        async with servers.bare() as socket:
            await socket.send(json.dumps({"type": "connection_init", "payload": payload}))
            assert await closed(socket) == 4403
    async with servers.bare() as socket:
        await subscribe(socket, ALERTS)
        assert await closed(socket) == 4401
    token = servers.token()
    async with servers.socket(token=token) as socket:
        await whole_after_write(servers, socket)
        servers.book.revoke(token.split("_")[1], datetime.now(UTC))
        await servers.state(ACKNOWLEDGE % "after the end")
        assert await refused_after(socket, "a3") == "UNAUTHENTICATED"


async def test_a_token_that_ends_while_nothing_happens_ends_its_subscriptions(
    servers: Servers, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(follow, "CHECK_EVERY_S", 0.1)
    token = servers.token()
    async with servers.socket(token=token) as socket:
        await subscribe(socket, CHAIN)
        servers.book.revoke(token.split("_")[1], datetime.now(UTC))
        assert await code(socket) == "UNAUTHENTICATED"


async def refused_after(socket: ClientConnection, alert: str) -> str:
    """The code of the refusal; before it there may come what was written of this alert, and nothing else."""
    while True:
        payload = json.loads(await asyncio.wait_for(socket.recv(), 120))["payload"]
        if "errors" in payload:
            return str(payload["errors"][0]["extensions"]["code"])
        told = payload["data"]["alertsChanged"]
        assert {one["alertId"] for one in told["came"] + told["changed"]} == {alert}


async def whole_after_write(servers: Servers, socket: ClientConnection) -> Any:
    await servers.state(
        'mutation { muteAlert(input: {key: "m", alert: "a3", reason: "known"}) { __typename } }'
    )
    return await whole(socket, ALERTS)


async def test_what_goes_beyond_a_bound_is_refused(servers: Servers) -> None:
    token = servers.token()
    async with servers.socket(token=token) as socket:
        for query, expected in (
            ("{ viewer { name } }", "BAD_INPUT"),
            ("subscription { nothing }", "BAD_INPUT"),
            ('subscription { chainChanged(account: "nobody") { cursor } }', "NOT_FOUND"),
            ('subscription { alertsChanged(after: "x") { cursor } }', "BAD_INPUT"),
            ("subscription { scoresChanged { cursor } }", "BAD_INPUT"),
            ("subscription { workProgress { cursor } more: workProgress { cursor } }", "BAD_INPUT"),
        ):
            await subscribe(socket, query)
            assert await code(socket) == expected, query
        for name in ("1", "2", "3"):
            await subscribe(socket, WORK, name)
        refused = json.loads(await socket.recv())
        assert (refused["id"], refused["type"]) == ("3", "error")
        async with servers.socket(token=token), servers.bare() as third:
            await third.send(json.dumps({"type": "connection_init", "payload": {"token": token}}))
            assert await closed(third) == 4403
        await socket.send("[1]")
        assert await closed(socket) == 4400
    async with httpx.AsyncClient(timeout=120) as http:
        headers = {"Authorization": f"Bearer {token}"}
        answer = await http.post(f"{servers.one}/graphql", json={"query": WORK}, headers=headers)
    assert answer.json()["errors"][0]["extensions"]["code"] == "BAD_INPUT"


@pytest.mark.slow
async def test_a_client_that_does_not_read_holds_up_nobody(servers: Servers) -> None:
    async with (
        servers.socket(token=servers.token()) as asleep,
        servers.socket(token=servers.token()) as awake,
    ):
        await servers.state(ACKNOWLEDGE % "k0")
        asleep.transport.pause_reading()
        await subscribe(asleep, ALERTS, after=position(NOW))
        await whole(awake, ALERTS)
        await servers.state('mutation { completeAlert(input: {key: "k1", alert: "a2"}) { __typename } }')
        assert (await event(awake))["gone"] == ["Alert:a2"]


async def test_a_server_that_stops_closes_its_sockets(store: Store, tmp_path: Path) -> None:
    company().load(store)
    config = ApiConfig(store.config, tmp_path / "tokens.json", Limits(deadline_s=120))
    book = TokenBook(tmp_path / "tokens.json")
    issued = book.create(employee_id=ANN, role="reader", days=1, now=datetime.now(UTC))
    serving = served(lambda _: create_app(config))
    url = serving.__enter__()
    try:
        servers = Servers([url, url], book)
        async with servers.socket(token=issued.token) as socket:
            await subscribe(socket, WORK)
            leaving = asyncio.create_task(asyncio.to_thread(serving.__exit__, None, None, None))
            assert await closed(socket) == 1012
            await leaving
    except BaseException:
        serving.__exit__(None, None, None)
        raise
