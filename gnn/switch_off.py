"""Switching a task off: no model of it serves, and what its models said no longer holds."""

from datetime import UTC, datetime
from typing import Any

from gnn.snapshot.moments import utc_text
from gnn.task import Writer
from graph.errors import RelgraphError

BATCH = 10_000


class NothingServes(RelgraphError):
    """No model of the task serves."""


def switch_off(store: Writer, task: str, as_of: datetime) -> dict[str, int]:
    """Let no model serve the task, and withdraw what its models said; counts by kind.

    Scores end at `as_of`, the company's now, and stay readable as of days before; offers and forecasts, which
    are kept for today alone, are deleted. The task stays off until it is trained by hand or a model of it is
    promoted. Asked again after it was cut off, it goes on. Raises NothingServes, where nothing changes.
    """
    serving = store.read("score_write.promoted", task=task)
    if serving:
        store.write("score_write.demote", task=task, model_id="")
    withdrawn = {
        "risk_scores": _all(store, "score_write.end_scores_of", task=task, as_of=utc_text(as_of)),
        "recommendations": _all(store, "score_write.drop_recommendations_of", task=task),
        "forecasts": _all(store, "score_write.drop_forecasts_of", task=task),
    }
    if not serving and not any(withdrawn.values()):
        raise NothingServes(f"no model serves {task}; `relgraph models list` shows what there is")
    _announce(store, task, sum(withdrawn.values()), as_of)
    return withdrawn


def _all(store: Writer, statement: str, **asked: str) -> int:
    """Withdraw batch by batch until nothing is left; returns how many there were."""
    total, done = 0, BATCH
    while done == BATCH:
        rows = store.write(statement, **asked, limit=BATCH).rows
        done = int(rows[0]["withdrawn"]) if rows else 0
        total += done
    return total


def _announce(store: Writer, task: str, count: int, as_of: datetime) -> None:
    """Append a change, for whoever follows the log."""
    wall = utc_text(datetime.now(UTC))
    props: dict[str, Any] = {
        "at": utc_text(as_of),
        "loaded_at": wall,
        "actor": "score",
        "kind": f"score.{task}",
        "count": count,
    }
    store.upsert_nodes("Change", [{"id": f"score.{task}.off:{wall}", "props": props}])
