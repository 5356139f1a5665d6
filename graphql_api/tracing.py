"""Spans of OpenTelemetry: request → operation → named query.

Only the API package is used. Without an SDK, which whoever operates the service sets up, spans are nothing
and go nowhere. They hold names and numbers, no parameters, variables or texts of documents: those may be
personal.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from opentelemetry import trace
from opentelemetry.propagate import extract
from opentelemetry.trace import (
    INVALID_SPAN,
    ProxyTracer,
    ProxyTracerProvider,
    Span,
    SpanKind,
    StatusCode,
    Tracer,
    get_tracer_provider,
)

__all__ = ["Span", "Tracer", "default_tracer", "request_span", "span"]

Attribute = str | int


def default_tracer() -> Tracer:
    """That of the SDK which the process was started with."""
    return trace.get_tracer("relgraph")


@contextmanager
def span(tracer: Tracer, name: str, **attributes: Attribute) -> Iterator[Span]:
    """A span within the one that is open; an error marks it by the name of its class alone."""
    if _nobody_listens(tracer):
        yield INVALID_SPAN
        return
    with (
        tracer.start_as_current_span(
            name, attributes=attributes, record_exception=False, set_status_on_exception=False
        ) as opened,
        _failure_by_class(opened),
    ):
        yield opened


@contextmanager
def request_span(tracer: Tracer, method: str, path: str, headers: Mapping[str, str]) -> Iterator[Span]:
    """The span of a request, within the caller's where a `traceparent` says so (W3C Trace Context).

    An error marks it by the name of its class alone, as it does a `span`.
    """
    if _nobody_listens(tracer):
        yield INVALID_SPAN
        return
    attributes = {"http.request.method": method, "url.path": path}
    with (
        tracer.start_as_current_span(
            f"{method} {path}",
            extract(headers),
            SpanKind.SERVER,
            attributes,
            record_exception=False,
            set_status_on_exception=False,
        ) as opened,
        _failure_by_class(opened),
    ):
        yield opened


def _nobody_listens(tracer: Tracer) -> bool:
    """Whether the process has no SDK, so that opening a span would tell nobody, and cost something."""
    return isinstance(tracer, ProxyTracer) and isinstance(get_tracer_provider(), ProxyTracerProvider)


@contextmanager
def _failure_by_class(opened: Span) -> Iterator[None]:
    """Texts of errors may quote what was asked, so that a span says only of which class they are."""
    try:
        yield
    except Exception as error:
        opened.set_status(StatusCode.ERROR, type(error).__name__)
        raise
