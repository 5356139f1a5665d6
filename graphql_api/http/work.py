"""GET /health/work: whether data get in, for whoever watches the service."""

from datetime import UTC, datetime

from starlette.requests import Request
from starlette.responses import Response

from graph.service import GraphStore
from graph.store import StoreError
from graph.work.standing import WorkStanding, work_standing
from graphql_api.http.answer import json_response


class WorkHealth:
    """Says how the worker stands, without what it works on: the address needs no token."""

    def __init__(self, store: GraphStore) -> None:
        self._store = store

    async def work(self, _request: Request) -> Response:
        """200 where all is well or there is no worker; 503 where it is late or something failed."""
        try:
            found = await work_standing(self._store, datetime.now(UTC))
        except StoreError:
            return json_response({"status": "unavailable"}, 503, {"Retry-After": "2"})
        return json_response(_shown(found), 503 if found.state in ("late", "failed") else 200)


def _shown(found: WorkStanding) -> dict[str, object]:
    return {
        "status": found.state,
        "worker": found.word.doing if found.word else None,
        "at": found.word.at.isoformat() if found.word else None,
        "waiting": found.waiting,
        "waitingSince": found.since.isoformat() if found.since else None,
    }
