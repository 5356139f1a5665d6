"""Health and metrics for whoever operates the service."""

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from graphql_api.engine_link import EngineLink
from graphql_api.errors import ApiError, Forbidden
from graphql_api.http.answer import json_response, refusal
from graphql_api.security import Gate


class Health:
    """`live`: the process answers; `ready`: the engine too; `metrics`: counts per query, for Prometheus."""

    def __init__(self, link: EngineLink, gate: Gate) -> None:
        self._link = link
        self._gate = gate

    async def live(self, _request: Request) -> Response:
        """200 as long as the process runs."""
        return json_response({"status": "live"})

    async def ready(self, _request: Request) -> Response:
        """200 when the engine answers, and a first page within its deadline; else 503 with the reason."""
        reason = await self._link.unready()
        if reason is not None:
            return _unavailable(reason)
        return json_response({"status": "ready"})

    async def metrics(self, request: Request) -> Response:
        """Prometheus text (exposition format 0.0.4); needs a token of role `admin`."""
        try:
            if self._gate.admit(request.headers.get("authorization")).role != "admin":
                raise Forbidden("metrics need a token of role `admin`")
        except ApiError as error:
            return refusal(error)
        return PlainTextResponse(_exposition(self._link), media_type="text/plain; version=0.0.4")


def _unavailable(reason: str) -> Response:
    return json_response({"status": "unavailable", "reason": reason}, 503, {"Retry-After": "2"})


def _exposition(link: EngineLink) -> str:
    counts = sorted(link.counts().items())
    lines: list[str] = []
    for measure, unit in (
        ("calls", "calls"),
        ("failures", "failed calls"),
        ("rows", "rows"),
        ("seconds", "seconds"),
    ):
        lines.append(f"# HELP relgraph_query_{measure}_total {unit} per named query")
        lines.append(f"# TYPE relgraph_query_{measure}_total counter")
        lines += [
            f'relgraph_query_{measure}_total{{query="{name}"}} {getattr(count, measure)}'
            for name, count in counts
        ]
    return "\n".join(lines) + "\n"
