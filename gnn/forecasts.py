"""Forecasts as nodes to write: one number of each customer, deal or lead, with the model that said it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import numpy.typing as npt
import orjson
import pandas as pd

from cypher import template
from gnn.features.history import Doubles
from gnn.reasons import Reason
from gnn.registry import Artefact
from gnn.slices import slices
from gnn.snapshot.moments import utc_text
from gnn.standing import strongest
from gnn.task import Parts, Result, Scoring, Standing, Writer, result_id
from graph.batches import batches
from graph.model import NODES

PROBABILITY, AMOUNT = "probability", "amount"
BATCH = 2000
KEPT = 13
"""Forecasts kept per record and task, as of risk scores."""


@dataclass(frozen=True)
class Forecasts:
    """One number per subject of a label; `low` and `high` where they are known."""

    label: Literal["Customer", "Opportunity", "Lead"]
    ids: pd.Index
    among: pd.Index
    """All of the label: what was forecast of those without a number goes."""
    unit: str
    """`probability`, `days` or `amount`."""
    value: Doubles
    reasons: Callable[[int], list[Reason]]
    """Why the number of a place is what it is, the strongest first."""
    low: Doubles | None = None
    high: Doubles | None = None
    currency: npt.NDArray[np.object_] | None = None
    """Of amounts: None where the source names none."""


def written(made: Forecasts, artefact: Artefact, scoring: Scoring) -> Iterator[Result]:
    """The nodes, some at a time; one stands per subject and task, what stood before it ends."""
    config, rows = artefact.config, {str(one): row for row, one in enumerate(made.ids)}
    fixed: dict[str, Any] = {
        "task": config.task,
        "model_id": artefact.model_id,
        "scored_at": utc_text(scoring.at),
        "as_of": utc_text(scoring.as_of),
        "horizon_days": config.horizon_days,
        "unit": made.unit,
        "until": None,
    }
    for part in slices(np.arange(len(made.among)), BATCH):
        asked = [str(one) for one in made.among[part]]
        nodes = [
            {
                "id": result_id(artefact.model_id, one, fixed["as_of"]),
                "subject": one,
                "props": fixed | _numbers(made, rows[one]),
            }
            for one in asked
            if one in rows
        ]
        yield _result(made.label, nodes, {"task": config.task, "ids": asked}, fixed["as_of"])


def retire_forecasts(store: Writer, artefact: Artefact, scoring: Scoring) -> None:
    """Drop those beyond the ones kept, and of a later moment; end those about what sources deleted."""
    told = {"task": artefact.config.task, "as_of": utc_text(scoring.as_of)}
    old = store.read("score_write.old_forecasts", keep=KEPT, **told)
    for batch in batches([row["forecast_id"] for row in old], BATCH):
        store.write("score_write.drop_forecasts", ids=batch)
    while rows := store.read("score_write.ended_forecasts", limit=BATCH, **told):
        store.write("score_write.end_forecasts", ids=[row["id"] for row in rows], as_of=told["as_of"])


def _numbers(made: Forecasts, row: int) -> dict[str, Any]:
    found: dict[str, Any] = {"value": round(float(made.value[row]), 4)}
    why = made.reasons(row)
    found |= {"strongest": strongest(why), "reasons": orjson.dumps(why).decode()}
    if made.low is not None and made.high is not None:
        found |= {"low": round(float(made.low[row]), 4), "high": round(float(made.high[row]), 4)}
    if made.currency is not None and made.currency[row] is not None:
        found["currency"] = made.currency[row]
    return found


def _result(label: str, nodes: list[dict[str, Any]], asked: dict[str, Any], as_of: str) -> Result:
    links = [{"start": node["subject"], "end": node["id"], "props": {}} for node in nodes]
    read = template("score_write.standing_forecasts").render(label=label, key=NODES[label].key)
    standing = Standing(read=read, end="score_write.end_forecasts", asked=asked, ended={"as_of": as_of})
    return Result("forecasts", "Forecast", nodes, (Parts("FORECAST", label, "Forecast", links),), standing)
