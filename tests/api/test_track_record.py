"""What came of what was served, as the API tells it."""

import orjson

from graph.store import Store
from graphql_api.config import wall_clock
from graphql_api.security import TokenBook
from tests.api.client import Client
from tests.api.conftest import Signed
from tests.graph.world import NOW

READ = """query ($task: String) { trackRecord(task: $task) { asOf pending
  lines { task modelId by value cases predicted realised low high accepted servedFrom } } }"""
LINE = {
    "by": "all", "value": "all", "cases": 40, "customers": 30, "realised": 0.3, "low": 0.2, "high": 0.4,
    "served_from": "2025-01-02", "served_until": "2025-02-03",
}  # fmt: skip


async def test_the_record_that_stands_is_told_by_task(
    ann: Client, store: Store, signed: Signed, book: TokenBook
) -> None:
    assert await ann.data(READ) == {"trackRecord": None}
    lines = [
        LINE | {"task": "churn", "model_id": "m", "predicted": 0.31},
        LINE | {"task": "cross-sell", "model_id": "x", "accepted": 4},
    ]
    report = orjson.dumps({"as_of": NOW.isoformat(), "pending": 7, "lines": lines}).decode()
    moment = {"started_at": NOW.isoformat(), "finished_at": NOW.isoformat()}
    run = {"kind": "track-record", "status": "done", "report": report} | moment
    store.upsert_nodes("Run", [{"id": "track-record", "props": run}])
    found = (await ann.data(READ))["trackRecord"]
    assert (found["pending"], [one["task"] for one in found["lines"]]) == (7, ["churn", "cross-sell"])
    (churn,) = (await ann.data(READ, task="churn"))["trackRecord"]["lines"]
    assert churn == {
        "task": "churn", "modelId": "m", "by": "all", "value": "all", "cases": 40, "predicted": 0.31,
        "realised": 0.3, "low": 0.2, "high": 0.4, "accepted": None, "servedFrom": "2025-01-02",
    }  # fmt: skip
    for role in ("support", "account_manager", "team_lead"):
        assert await signed("ann", role).codes(READ) == ["FORBIDDEN"], role
    of_region = book.create(employee_id=None, role="executive", days=1, now=wall_clock(), regions=("north",))
    assert await Client(signed().http, of_region.token).data(READ) == {"trackRecord": None}
