"""What Prometheus is told: requests, cost, documents, queries, sockets, ages of data and models."""

from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import datetime
from time import perf_counter

from prometheus_client import CollectorRegistry, Gauge, Histogram, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from graph.moment import in_utc
from graph.service import GraphStore
from graph.store import StoreError
from graph.store.metrics import QueryCount
from graphql_api.audit.journal import Journal
from graphql_api.data_clock import DataClock
from graphql_api.execution.asking import Asking
from graphql_api.execution.documents import Documents
from graphql_api.live.socket import Connections
from graphql_api.tracing import Tracer, request_span

SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
COST = (10, 50, 100, 500, 1_000, 5_000, 20_000)
PATHS = frozenset({
    "/graphql", "/events", "/widgets/recommendations", "/widgets/account", "/widgets/chain",
    "/widgets/feedback", "/widgets/tokens",
})  # fmt: skip
"""Paths that are told apart."""


class Measures:
    """The measures of one application, in a registry of their own."""

    def __init__(
        self,
        counts: Callable[[], dict[str, QueryCount]],
        documents: Documents,
        connections: Connections,
        journal: Journal | None = None,
    ) -> None:
        self._registry = CollectorRegistry()
        self._seconds = Histogram(
            "relgraph_request_seconds", "Seconds of a request, by the first field of its operation",
            ("path", "operation", "status"), buckets=SECONDS, registry=self._registry,
        )  # fmt: skip
        self._cost = Histogram(
            "relgraph_operation_cost", "Cost of an operation, as it is bounded",
            ("operation",), buckets=COST, registry=self._registry,
        )  # fmt: skip
        self._running = Gauge("relgraph_requests_running", "Requests under way", registry=self._registry)
        self._registry.register(_Counted(counts, documents, connections))
        if journal is not None:
            self._registry.register(_Noted(journal))
        self._data_age = Gauge(
            "relgraph_data_age_seconds", "Wall clock less the company's now", registry=self._registry
        )
        self._model_age = Gauge(
            "relgraph_model_age_seconds", "Since the model that serves was trained", ("task",),
            registry=self._registry,
        )  # fmt: skip

    def begun(self) -> None:
        """A request came."""
        self._running.inc()

    def ended(self, path: str, asking: Asking | None, status: int, seconds: float) -> None:
        """A request was answered; `asking` where it was an operation."""
        self._running.dec()
        name = asking.root_field if asking else ""
        self._seconds.labels(path if path in PATHS else "other", name, str(status)).observe(seconds)
        if asking and asking.cost is not None:
            self._cost.labels(name).observe(asking.cost)

    async def exposition(self, store: GraphStore, clock: DataClock, wall: datetime) -> bytes:
        """Everything as text (exposition format 0.0.4); ages stay as they were where the engine is down."""
        with suppress(StoreError):
            self._data_age.set((wall - await clock.now()).total_seconds())
            for row in await store.read("operate.models"):
                self._model_age.labels(row["task"]).set((wall - in_utc(row["trained_at"])).total_seconds())
        return generate_latest(self._registry)


class _Counted(Collector):
    """What is counted elsewhere."""

    def __init__(
        self, counts: Callable[[], dict[str, QueryCount]], documents: Documents, connections: Connections
    ) -> None:
        self._counts = counts
        self._documents = documents
        self._connections = connections

    def collect(self) -> Iterable[Metric]:
        """The counters as they stand."""
        counts = sorted(self._counts().items())
        for measure in ("calls", "failures", "rows", "seconds"):
            told = f"{measure} per named query"
            family = CounterMetricFamily(f"relgraph_query_{measure}", told, labels=["query"])
            for name, count in counts:
                family.add_metric([name], getattr(count, measure))
            yield family
        asked = CounterMetricFamily("relgraph_documents", "Documents asked for", labels=["kept"])
        asked.add_metric(["yes"], self._documents.found)
        asked.add_metric(["no"], self._documents.parsed)
        yield asked
        yield GaugeMetricFamily("relgraph_documents_bytes", "Memory of kept documents", self._documents.size)
        yield GaugeMetricFamily("relgraph_sockets", "Open WebSockets", self._connections.open)


class _Noted(Collector):
    """The trail of reads of personal data."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal

    def collect(self) -> Iterable[Metric]:
        """The counters as they stand."""
        counts = self._journal.counts()
        family = CounterMetricFamily(
            "relgraph_audit_readings", "Answers that told personal data, by what became of their note",
            labels=["kept"],
        )  # fmt: skip
        family.add_metric(["yes"], counts.written)
        family.add_metric(["no"], counts.dropped)
        yield family
        yield GaugeMetricFamily("relgraph_audit_waiting", "Notes that wait for the disk", counts.waiting)


class Timed:
    """An ASGI application around another, which measures its requests and has a span for each."""

    def __init__(self, app: ASGIApp, measures: Measures, tracer: Tracer) -> None:
        self._app = app
        self._tracer = tracer
        self._measures = measures

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """The ASGI application."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        status, started = 499, perf_counter()  # as proxies log a client that left

        async def sent(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        path = scope["path"] if scope["path"] in PATHS else "other"
        self._measures.begun()
        try:
            with request_span(self._tracer, scope["method"], path, Headers(scope=scope)) as span:
                await self._app(scope, receive, sent)
                span.set_attribute("http.response.status_code", status)
        finally:
            asking = scope.get("state", {}).get("context")
            self._measures.ended(scope["path"], asking, status, perf_counter() - started)
