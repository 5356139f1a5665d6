"""The HTTP face: who is let in, what is refused, what health and metrics say, and that nothing leaks."""

import asyncio
from datetime import UTC, datetime, timedelta

import httpx
import pytest
from fastapi import FastAPI
from starlette.types import Message

from graph.store import Store
from graphql_api.security import TokenBook
from tests.api.client import Client
from tests.api.conftest import Signed
from tests.graph.world import NOW, World, ago

VIEWER = "{ viewer { name role mayAssert employee { employeeId team } } }"


async def test_the_viewer_is_the_employee_of_the_token(ann: Client) -> None:
    viewer = (await ann.data(VIEWER))["viewer"]
    assert viewer == {
        "name": "Ann",
        "role": "editor",
        "mayAssert": True,
        "employee": {"employeeId": "hr:E-1", "team": "East"},
    }


@pytest.mark.parametrize("token", [None, "rg_00000000_x", "x"])
async def test_without_a_valid_token_nothing_is_answered(ann: Client, token: str | None) -> None:
    for query in (VIEWER, "{ __schema { types { name } } }", "not graphql"):
        response = await Client(ann.http, token).post({"query": query})
        assert response.status_code == 401
        assert response.headers["www-authenticate"].startswith("Bearer")
        (error,) = response.json()["errors"]
        assert error["extensions"]["code"] == "UNAUTHENTICATED"
        assert "relgraph token create" in error["message"]


async def test_a_revoked_token_is_refused_from_the_next_request_on(signed: Signed, book: TokenBook) -> None:
    client = signed()
    assert (await client.post({"query": VIEWER})).status_code == 200
    book.revoke(book.identities()[0].token_id, datetime.now(UTC))
    assert (await client.post({"query": VIEWER})).status_code == 401


async def test_an_expired_token_is_refused(ann: Client, book: TokenBook) -> None:
    issued = book.create(employee_id=None, role="reader", days=1, now=datetime.now(UTC) - timedelta(days=2))
    assert (await Client(ann.http, issued.token).post({"query": VIEWER})).status_code == 401


NO_REQUESTS: list[object] = [
    [],
    [{"query": VIEWER}],
    {},
    {"query": 1},
    "x",
    {"query": VIEWER, "variables": []},
    {"query": VIEWER, "operationName": 3},
]


async def test_bodies_that_are_no_request_are_refused(ann: Client) -> None:
    for body in NO_REQUESTS:
        response = await ann.post(body)
        assert response.status_code == 400
        assert response.json()["errors"][0]["extensions"]["code"] == "BAD_INPUT", body


async def test_a_body_that_is_no_json_is_refused(ann: Client) -> None:
    sent = {"Authorization": f"Bearer {ann.token}", "Content-Type": "application/json"}
    assert (await ann.http.post("/graphql", content=b"{", headers=sent)).status_code == 400
    sent["Content-Type"] = "text/plain"
    assert (await ann.http.post("/graphql", content=b"{}", headers=sent)).status_code == 400


async def test_a_long_body_is_refused_before_it_is_read(ann: Client) -> None:
    response = await ann.post({"query": VIEWER, "variables": {"x": "y" * 300_000}})
    assert response.status_code == 413
    assert response.json()["errors"][0]["extensions"]["code"] == "TOO_LARGE"


async def test_costly_and_deep_documents_are_refused_with_their_bound(ann: Client) -> None:
    costly = " ".join(f"a{i}: customers(first: 1000) {{ nodes {{ health {{ score }} }} }}" for i in range(3))
    response = await ann.post({"query": f"{{ {costly} }}"})
    assert response.status_code == 400
    (error,) = response.json()["errors"]
    assert error["extensions"]["code"] == "TOO_COSTLY"
    assert "at most 20000" in error["message"]


async def test_introspection_is_answered(ann: Client) -> None:
    data = await ann.data('{ __schema { queryType { name } } __type(name: "Customer") { fields { name } } }')
    assert data["__schema"]["queryType"] == {"name": "Query"}


@pytest.mark.query("operate.models")
async def test_health_and_metrics(ann: Client, signed: Signed, store: Store) -> None:
    http = ann.http
    assert (await http.get("/health/live")).json() == {"status": "live"}
    ready = await http.get("/health/ready")
    assert (ready.status_code, ready.json()) == (200, {"status": "ready"})
    await ann.data(VIEWER)
    trained = {"task": "churn", "name": "m", "trained_at": ago(10).isoformat(), "promoted": True}
    store.upsert_nodes("Model", [{"id": "m1", "props": trained}])
    assert (await http.get("/metrics")).status_code == 401
    assert (await http.get("/metrics", headers={"Authorization": f"Bearer {ann.token}"})).status_code == 403
    world = World()
    world.employee("gone", active=False)
    world.load(store)
    gone = signed("gone", "admin")
    assert (await http.get("/metrics", headers={"Authorization": f"Bearer {gone.token}"})).status_code == 401
    admin = signed(None, "admin")
    metrics = await http.get("/metrics", headers={"Authorization": f"Bearer {admin.token}"})
    assert metrics.headers["content-type"].startswith("text/plain")
    assert 'relgraph_query_calls_total{query="employee.by_id"} ' in metrics.text
    measured = 'relgraph_request_seconds_count{operation="viewer",path="/graphql",status="200"} 1.0'
    assert measured in metrics.text
    assert 'relgraph_operation_cost_count{operation="viewer"} 1.0' in metrics.text
    assert 'relgraph_documents_total{kept="no"} 1.0' in metrics.text
    assert 'relgraph_model_age_seconds{task="churn"} ' in metrics.text
    (age,) = (line for line in metrics.text.splitlines() if line.startswith("relgraph_data_age_seconds "))
    assert float(age.split()[1]) == pytest.approx((datetime.now(UTC) - NOW).total_seconds(), abs=3600)


async def test_no_other_site_is_allowed_to_call(ann: Client) -> None:
    preflight = {"Origin": "https://elsewhere.example", "Access-Control-Request-Method": "POST"}
    response = await ann.http.options("/graphql", headers=preflight)
    assert "access-control-allow-origin" not in response.headers


async def test_one_callers_answers_do_not_reach_another(signed: Signed) -> None:
    ann, bob = signed(), signed("hr:E-2", "reader")
    answers = await asyncio.gather(*(client.data(VIEWER) for client in (ann, bob) * 10))
    assert [answer["viewer"]["name"] for answer in answers] == ["Ann", "Bob"] * 10


async def test_the_page_loads_nothing_from_elsewhere(ann: Client) -> None:
    response = await ann.http.get("/graphql", headers={"Accept": "text/html"})
    assert response.status_code == 200
    assert "default-src 'self'" in response.headers["content-security-policy"]
    assert "http://" not in response.text
    assert "https://" not in response.text
    for address in _addresses(response):
        assert (await ann.http.get(f"/{address}")).status_code == 200


def _addresses(response: httpx.Response) -> list[str]:
    parts = response.text.replace("href=", "src=").split('src="')[1:]
    return [part.partition('"')[0] for part in parts if part.startswith("static/")]


async def test_who_leaves_while_asking_is_no_defect(
    app: FastAPI, ann: Client, caplog: pytest.LogCaptureFixture
) -> None:
    """The connection ends in the middle of the body, as where a browser is closed."""
    part = {"type": "http.request", "body": b'{"query"', "more_body": True}
    parts: list[Message] = [{"type": "http.disconnect"}, part]
    sent: list[Message] = []

    async def receive() -> Message:
        return parts.pop()

    async def send(message: Message) -> None:
        sent.append(message)

    headers = [(b"authorization", f"Bearer {ann.token}".encode()), (b"content-type", b"application/json")]
    scope = {
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": "POST", "scheme": "http",
        "path": "/graphql", "raw_path": b"/graphql", "query_string": b"", "headers": headers, "root_path": "",
        "client": ("127.0.0.1", 1), "server": ("api", 80),
    }  # fmt: skip
    await app(scope, receive, send)
    assert sent[0]["status"] == 499
    assert [record for record in caplog.records if record.levelname == "ERROR"] == []
