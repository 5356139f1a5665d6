"""Switching a task off: no model of it serves, and what its models said no longer holds."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from gnn.snapshot.moments import utc_text
from gnn.task import Writer
from graph.batches import batches
from graph.errors import RelgraphError
from graph.service import Row

BATCH = 10_000


class NothingServes(RelgraphError):
    """No model of the task serves."""


def switch_off(store: Writer, task: str, as_of: datetime) -> dict[str, int]:
    """Let no model serve the task, and withdraw what its models said; counts by kind.

    Scores and forecasts end at `as_of`, the company's now: scores stay readable as of days before, and both
    are judged when their time has come. Offers, which are kept for today alone, are deleted. The task stays
    off until it is trained by hand or a model of it is promoted. Asked again after it was cut off, it goes
    on. Raises NothingServes, where nothing changes.
    """
    serving = store.read("score_write.promoted", task=task)
    if serving:
        store.write("score_write.demote", task=task, model_id="")
    moment = utc_text(as_of)
    scores = store.read("score_write.scores_of", task=task, as_of=moment)
    withdrawn = {
        "risk_scores": _each(store, "score_write.end_scores", scores, as_of=moment),
        "recommendations": _each(
            store, "score_write.drop_recommendations", store.read("score_write.recommendations_of", task=task)
        ),
        "forecasts": _each(
            store,
            "score_write.end_forecasts",
            store.read("score_write.forecasts_of", task=task),
            as_of=moment,
        ),
    }
    if not serving and not any(withdrawn.values()):
        raise NothingServes(f"no model serves {task}; `relgraph models list` shows what there is")
    _announce(store, task, sum(withdrawn.values()), as_of)
    return withdrawn


def _each(store: Writer, statement: str, rows: Sequence[Row], **asked: str) -> int:
    """Withdraw these by their ids, batch by batch; returns how many there were."""
    for batch in batches([row["id"] for row in rows], BATCH):
        store.write(statement, ids=batch, **asked)
    return len(rows)


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
