"""Churn risks of every customer that has ordered, as nodes to write.

Bands are of the calibrated probability: `high` from 0.6, `medium` from 0.3, else `low`.
"""

from collections.abc import Iterator
from typing import Any

import numpy as np
import orjson
from scipy.stats import rankdata

from gnn.churn.bands import band
from gnn.churn.calibration import ChurnCalibration
from gnn.churn.models import of_states
from gnn.churn.reasons import churn_reasons
from gnn.features.feature_set import FeatureSet
from gnn.registry import CALIBRATION, Artefact
from gnn.slices import slices
from gnn.snapshot.moments import utc_text
from gnn.standing import strongest
from gnn.task import Parts, Result, Scoring, Standing, Writer, result_id
from graph.batches import batches

KEPT = 13
"""Risk scores kept per customer and task: a year of monthly scorings and the one before."""
BATCH = 2000


def risk_scores(artefact: Artefact, features: FeatureSet, scoring: Scoring) -> Iterator[Result]:
    """One `RiskScore` per customer with an order, hung at the customer; some customers at a time.

    Scores of customers that have no order any more end.
    """
    rows = np.flatnonzero(features.history.has_order)
    made = dict(zip(rows.tolist(), _properties(artefact, features, rows, scoring), strict=True))
    for part in slices(np.arange(len(features.history.customers)), BATCH):
        scored = [row for row in part.tolist() if row in made]
        customers = [str(customer) for customer in features.history.customers[part]]
        yield _result(artefact, features, scoring, customers, {row: made[row] for row in scored})


def _result(
    artefact: Artefact,
    features: FeatureSet,
    scoring: Scoring,
    customers: list[str],
    made: dict[int, dict[str, Any]],
) -> Result:
    """The scores of these customers, by row of those that have one."""
    as_of, ids = utc_text(scoring.as_of), features.history.customers
    nodes = [
        {"id": result_id(artefact.model_id, str(ids[row]), as_of), "subject": str(ids[row]), "props": props}
        for row, props in made.items()
    ]
    links = [{"start": node["subject"], "end": node["id"], "props": {}} for node in nodes]
    standing = Standing(
        read="score_write.standing_scores",
        end="score_write.end_scores",
        asked={"task": artefact.config.task, "customer_ids": customers, "as_of": as_of},
        ended={"as_of": as_of},
    )
    parts = (Parts("SCORED", "Customer", "RiskScore", links),)
    return Result("risk_scores", "RiskScore", nodes, parts, standing)


def _properties(
    artefact: Artefact, features: FeatureSet, rows: np.ndarray, scoring: Scoring
) -> Iterator[dict[str, Any]]:
    config = artefact.config
    model = of_states(artefact.states, config.selected)
    calibration = ChurnCalibration.of_state(artefact.states[CALIBRATION])
    probability = calibration(model.logits(features)[rows], features.history)
    percentile = rankdata(probability, method="average") / max(len(rows), 1)
    reasons = churn_reasons(model, features, calibration.scale, rows)
    fixed = {
        "task": config.task,
        "model_id": artefact.model_id,
        "scored_at": utc_text(scoring.at),
        "as_of": utc_text(scoring.as_of),
        "horizon_days": config.horizon_days,
    }
    for p, q, why in zip(probability.tolist(), percentile.tolist(), reasons, strict=True):
        yield fixed | {
            "probability": round(p, 6),
            "percentile": round(q, 6),
            "band": band(p),
            "strongest": strongest(why),
            "reasons": orjson.dumps(why).decode(),
        }


def retire_old_scores(store: Writer, artefact: Artefact, scoring: Scoring) -> None:
    """Drop what lies beyond the scores kept per customer, and what is as of a moment after this one's."""
    old = store.read(
        "score_write.old_scores", task=artefact.config.task, keep=KEPT, as_of=utc_text(scoring.as_of)
    )
    for batch in batches([row["score_id"] for row in old], BATCH):
        store.write("score_write.drop_scores", score_ids=batch)
