"""Churn risks of every customer that has ordered, as rows to write.

Bands are of the calibrated probability: `high` from 0.6, `medium` from 0.3, else `low`.
"""

import hashlib
from datetime import datetime
from typing import Any

import numpy as np
import orjson
from scipy.stats import rankdata

from gnn.baseline.platt import Platt
from gnn.explain.churn import churn_reasons
from gnn.features.scene import Scene
from gnn.registry import Artefact
from gnn.train.churn_models import of_states

BANDS = ((0.6, "high"), (0.3, "medium"), (0.0, "low"))


def band(probability: float) -> str:
    """The band of a probability."""
    return next(name for least, name in BANDS if probability >= least)


def risks(artefact: Artefact, scene: Scene, now: datetime) -> list[dict[str, Any]]:
    """One `{id, customer_id, props}` per customer with an order, in customer order."""
    config = artefact.config
    model = of_states(artefact.states, config.selected)
    rows = np.flatnonzero(scene.past.has_order)
    probability = Platt(config.slope, config.offset)(model.logits(scene)[rows])
    percentile = rankdata(probability, method="average") / max(len(rows), 1)
    reasons = churn_reasons(model, scene, config.slope, rows)
    as_of = f"{scene.past.cutoff.isoformat()}+00:00"
    fixed = {
        "task": config.task,
        "model_id": artefact.model_id,
        "scored_at": now.isoformat(),
        "as_of": as_of,
        "horizon_days": config.horizon_days,
    }
    return [
        {
            "id": hashed(artefact.model_id, str(customer), as_of),
            "customer_id": str(customer),
            "props": fixed
            | {
                "probability": round(float(p), 6),
                "percentile": round(float(q), 6),
                "band": band(float(p)),
                "reasons": orjson.dumps(why).decode(),
            },
        }
        for customer, p, q, why in zip(
            scene.past.customers[rows], probability, percentile, reasons, strict=True
        )
    ]


def hashed(*parts: str) -> str:
    """A stable id of 32 hex digits."""
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:32]
