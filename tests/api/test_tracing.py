"""A request is one trace: the request, its operation, its named queries, and nothing of what was asked."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest
from opentelemetry.sdk.trace import ReadableSpan, TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from graph.store import AsyncStore, Store
from graphql_api import ApiConfig, Limits, create_app
from graphql_api.security import TokenBook
from graphql_api.tracing import request_span
from tests.api.client import Client
from tests.api.company import ANN, company

CALLER = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"


@pytest.fixture
def exported() -> InMemorySpanExporter:
    return InMemorySpanExporter()


@pytest.fixture
async def ann(
    store: Store, astore: AsyncStore, tmp_path: Path, exported: InMemorySpanExporter
) -> AsyncIterator[Client]:
    """Ann, on an application whose spans are kept."""
    company().load(store)
    provider = TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(exported))

    async def connect() -> AsyncStore:
        return astore

    config = ApiConfig(
        store.config, tmp_path / "tokens.json", Limits(deadline_s=120), tracer=provider.get_tracer("test")
    )
    app = create_app(config, connect)
    token = TokenBook(config.tokens).create(employee_id=ANN, role="editor", days=1, now=datetime.now(UTC))
    transport = httpx.ASGITransport(app)
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(transport=transport, base_url="http://api") as http,
    ):
        yield Client(http, token.token)


def within(spans: tuple[ReadableSpan, ...], outer: ReadableSpan) -> dict[str, ReadableSpan]:
    """The spans that stand directly in another, by name."""
    assert outer.context is not None
    return {one.name: one for one in spans if one.parent and one.parent.span_id == outer.context.span_id}


async def test_a_request_holds_its_operation_and_that_its_queries(
    ann: Client, exported: InMemorySpanExporter
) -> None:
    text = "query Chain($c: ID!) { decisionChain(customer: $c) { members { contact { name } } } }"
    answer = await ann.post({"query": text, "variables": {"c": "crm:ACC-1"}}, traceparent=CALLER)
    assert "errors" not in answer.json()
    spans = exported.get_finished_spans()
    (request,) = [one for one in spans if one.name == "POST /graphql"]
    assert request.parent is not None
    assert f"{request.parent.trace_id:032x}" == CALLER.split("-")[1]
    assert dict(request.attributes or {}) == {
        "http.request.method": "POST", "url.path": "/graphql", "http.response.status_code": 200,
    }  # fmt: skip
    operation = within(spans, request)["query decisionChain"]
    told = dict(operation.attributes or {})
    assert told["graphql.operation.name"] == "Chain"
    queries = within(spans, operation)
    assert any(name.startswith("chain.") for name in queries), queries
    assert all("." in name for name in queries)
    for one in spans:
        assert "crm:ACC-1" not in one.to_json(), "a span holds what was asked"


async def test_what_fails_says_by_which_error(ann: Client, exported: InMemorySpanExporter) -> None:
    await ann.codes('{ account(match: "nobody at all") { name } }')
    (operation,) = [one for one in exported.get_finished_spans() if one.name == "query account"]
    assert operation.status.description is None, "an error of a field is no failure of the operation"
    refused = await ann.http.post("/graphql", json={"query": "{ viewer { name } }"})
    assert refused.status_code == 401
    assert [one.attributes["http.response.status_code"] for one in exported.get_finished_spans()
            if one.name == "POST /graphql" and one.attributes][-1] == 401  # fmt: skip


def test_a_request_that_breaks_says_by_which_class_of_error_and_not_its_text(
    exported: InMemorySpanExporter,
) -> None:
    provider = TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(exported))
    with (
        pytest.raises(ValueError, match="13800138000"),
        request_span(provider.get_tracer("test"), "POST", "/graphql", {}),
    ):
        raise ValueError("no phone is 13800138000")
    (request,) = exported.get_finished_spans()
    assert (request.status.is_ok, request.status.description) == (False, "ValueError")
    assert "13800138000" not in request.to_json()
