"""POST /events: real HTTP messages; what is acknowledged stands in the inbox."""

import asyncio
import hashlib
import hmac
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import orjson
import pytest
from fastapi import FastAPI

from cypher import Query
from graph.inbox.waiting import inbox_standing, waiting_events
from graph.service import run_sync
from graph.store import AsyncStore, EngineUnavailable, Store
from graphql_api import ApiConfig, Limits, create_app

SECRET = "a secret of the tests"
STANDING = Query(
    "test.inbox", "MATCH (n:InboxEvent) RETURN n.event_id AS id, n.payload AS said", frozenset(), "read"
)
LIMITS = Limits(deadline_s=120, max_events=20, max_event_bytes=50_000)


def call(event_id: str = "1", **changed: Any) -> dict[str, Any]:
    """An event about a telephone call."""
    event = {
        "id": event_id, "source": "crm", "kind": "interaction", "at": "2026-03-05T09:30:00+08:00",
        "channel": "call", "participants": [{"email": "ann@us.com"}, {"contact": "C-1"}],
    }  # fmt: skip
    return event | changed


class Sender:
    """Posts events with its signature."""

    def __init__(self, http: httpx.AsyncClient) -> None:
        self.http = http

    async def raw(self, body: bytes, secret: str = SECRET) -> httpx.Response:
        """The response to any body."""
        signature = hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
        return await self.http.post(
            "/events", content=body, headers={"X-Relgraph-Signature": f"sha256={signature}"}
        )

    async def post(self, *events: Any) -> dict[str, Any]:
        """The verdicts on these events."""
        response = await self.raw(orjson.dumps({"events": events}))
        assert response.status_code == 200, response.text
        answer: dict[str, Any] = response.json()
        return answer


def application(
    store: Store, folder: Path, astore: AsyncStore, secret: str | None = SECRET, now: datetime | None = None
) -> FastAPI:
    async def connect() -> AsyncStore:
        return astore

    config = ApiConfig(store.config, folder / "tokens.json", LIMITS, events_secret=secret, now=now)
    return create_app(config, connect)


@pytest.fixture
async def sender(store: Store, tmp_path: Path, astore: AsyncStore) -> AsyncIterator[Sender]:
    """A sender to a server on an empty graph."""
    app = application(store, tmp_path, astore)
    async with app.router.lifespan_context(app), caller(app) as http:
        yield Sender(http)


def caller(app: FastAPI) -> httpx.AsyncClient:
    return httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://api")


@pytest.mark.query("inbox.append", "inbox.waiting", "inbox.standing")
async def test_what_is_accepted_stands_in_the_inbox(sender: Sender, store: Store) -> None:
    answer = await sender.post(call("1"), call("2", at="2026-03-05T01:31:00Z"))
    assert [one["verdict"] for one in answer["verdicts"]] == ["accepted", "accepted"]
    assert (answer["accepted"], answer["duplicate"], answer["refused"]) == (2, 0, 0)
    waiting, unreadable = waiting_events(store, 10)
    assert unreadable == []
    assert [event.event_id for event in waiting] == ["crm:1", "crm:2"]
    assert waiting[0].at == datetime(2026, 3, 5, 1, 30, tzinfo=UTC)
    assert run_sync(store, inbox_standing).waiting == 2


async def test_health_tells_what_waits(sender: Sender) -> None:
    assert (await sender.http.get("/health/work")).json()["status"] == "none"
    await sender.post(call("1"))
    health = await sender.http.get("/health/work")
    assert health.status_code == 200
    assert health.json() | {"waitingSince": None} == {
        "status": "ok", "worker": None, "at": None, "waiting": 1, "waitingSince": None,
    }  # fmt: skip


async def test_an_event_is_taken_once_by_its_id(sender: Sender, store: Store) -> None:
    await sender.post(call("1"))
    again = await sender.post(call("1"), call("1", source="erp"), call("1", subject="other"))
    assert [one["verdict"] for one in again["verdicts"]] == ["duplicate", "accepted", "duplicate"]
    assert "reason" not in again["verdicts"][0]
    assert "other content" in again["verdicts"][2]["reason"]
    assert sorted(row["id"] for row in store.read(STANDING)) == ["crm:1", "erp:1"]


async def test_the_same_id_twice_in_one_request(sender: Sender, store: Store) -> None:
    answer = await sender.post(call("1"), call("1"), call("1", subject="other"))
    assert [one["verdict"] for one in answer["verdicts"]] == ["accepted", "duplicate", "duplicate"]
    assert len(store.read(STANDING)) == 1


async def test_two_requests_at_once_with_one_event(sender: Sender, store: Store) -> None:
    answers = await asyncio.gather(*(sender.post(call("1"), call(f"own-{n}")) for n in range(6)))
    assert sorted(answer["accepted"] for answer in answers) == [1, 1, 1, 1, 1, 2]
    assert len(store.read(STANDING)) == 7


async def test_a_bad_event_leaves_the_others_alone(sender: Sender) -> None:
    answer = await sender.post(call("1"), call("2", channel="fax"), 7, call("3"))
    assert [one["verdict"] for one in answer["verdicts"]] == ["accepted", "refused", "refused", "accepted"]
    assert [one["id"] for one in answer["verdicts"]] == ["1", "2", None, "3"]
    assert "`fax` is none of" in answer["verdicts"][1]["reason"]


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"kind": "intraction"}, "did you mean `interaction`?"),
        ({"kind": None}, "is no kind of event"),
        ({"kind": ["order"]}, "is no kind of event"),
        ({"at": "2026-03-05T09:30:00"}, "does not say its offset"),
        ({"at": "yesterday"}, "is no moment"),
        ({"at": 1772674200}, "is no moment"),
        ({"id": ""}, "must not be empty"),
        ({"id": 17}, "is not a text"),
        ({"id": "1" * 201}, "is longer than 200"),
        ({"id": "a\0b"}, "U+0000"),
        ({"id": "a\rb"}, "control characters"),
        ({"at": "0001-01-01T00:00:00+14:00"}, "outside the years"),
        ({"at": "9999-12-31T23:59:59-12:00"}, "outside the years"),
        ({"source": "My CRM"}, "is no short name"),
        ({"chanel": "call"}, "did you mean `channel`?"),
        ({"participants": []}, "at least one entry"),
        ({"participants": [{}]}, "named by one of"),
        ({"participants": [{"email": "a@b.com", "contact": "1"}]}, "named by one of"),
        ({"participants": [{"contact": {"source": "crm"}}]}, "is missing"),
        ({"duration_minutes": -5}, "is below 0"),
        ({"duration_minutes": "long"}, "is not a number"),
        ({"note": "x" * 20_001}, "is longer than"),
    ],
)  # fmt: skip
async def test_a_refusal_is_a_sentence(sender: Sender, changed: dict[str, Any], said: str) -> None:
    verdict = (await sender.post(call() | changed))["verdicts"][0]
    assert verdict["verdict"] == "refused"
    assert said in verdict["reason"]


async def test_nothing_is_taken_that_has_not_happened(sender: Sender) -> None:
    ahead = (datetime.now(UTC) + timedelta(hours=1)).isoformat()
    order = {"id": "2", "source": "erp", "kind": "order", "at": "2026-01-01T00:00:00Z", "customer": "K1"}
    answer = await sender.post(call(at=ahead), order | {"ordered_at": ahead})
    assert [one["verdict"] for one in answer["verdicts"]] == ["refused", "refused"]
    assert all("lies after now" in one["reason"] for one in answer["verdicts"])


async def test_a_fixed_now_bounds_the_stamps(store: Store, tmp_path: Path, astore: AsyncStore) -> None:
    app = application(store, tmp_path, astore, now=datetime(2026, 3, 5, 23, 59, 59, tzinfo=UTC))
    async with app.router.lifespan_context(app), caller(app) as http:
        answer = await Sender(http).post(call("1"), call("2", at="2026-03-06T00:00:00Z"))
    assert [one["verdict"] for one in answer["verdicts"]] == ["accepted", "refused"]


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400),
        (b"[]", 400),
        (b'{"events": {}}', 400),
        (b'{"events": [1e999]}', 400),
        (b"\xff", 400),
        (b'{"events": [' + b"1," * 20 + b"1]}", 413),
        (b'{"events": ["' + b"x" * 50_000 + b'"]}', 413),
        (b'{"events": []}', 200),
    ],
)
async def test_bodies_that_hold_no_batch(sender: Sender, body: bytes, status: int) -> None:
    response = await sender.raw(body)
    assert response.status_code == status
    assert ("errors" in response.json()) == (status != 200)


async def test_a_body_whose_signature_does_not_fit_is_refused(sender: Sender, store: Store) -> None:
    body = orjson.dumps({"events": [call()]})
    assert (await sender.raw(body, "another secret of 16")).status_code == 401
    unsigned = await sender.http.post("/events", content=body)
    assert unsigned.status_code == 401
    assert "X-Relgraph-Signature" in unsigned.json()["errors"][0]["message"]
    assert store.read(STANDING) == []


async def test_a_server_without_a_secret_takes_nothing(
    store: Store, tmp_path: Path, astore: AsyncStore
) -> None:
    app = application(store, tmp_path, astore, secret=None)
    async with app.router.lifespan_context(app), caller(app) as http:
        response = await Sender(http).raw(orjson.dumps({"events": [call()]}))
    assert response.status_code == 403
    assert "RELGRAPH_EVENTS_SECRET" in response.json()["errors"][0]["message"]


async def test_without_an_engine_the_sender_is_told_to_send_again(store: Store, tmp_path: Path) -> None:
    async def connect() -> AsyncStore:
        raise EngineUnavailable("it is being started")

    config = ApiConfig(store.config, tmp_path / "tokens.json", LIMITS, events_secret=SECRET)
    app = create_app(config, connect)
    async with app.router.lifespan_context(app), caller(app) as http:
        response = await Sender(http).raw(orjson.dumps({"events": [call()]}))
    assert (response.status_code, response.headers["retry-after"]) == (503, "2")
    assert "send the same events again" in response.json()["errors"][0]["message"]
