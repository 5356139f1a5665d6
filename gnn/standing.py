"""Which results of a scoring differ from what stands in the graph, so that only those are written."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pandas as pd

from gnn.snapshot.moments import naive
from gnn.task import Result, Standing, Writer

LEAST_MOVE = 0.01
"""A probability that moves by less, or another number that moves by a smaller share, leaves what stands.

Days until something are compared as the day that they name.
"""
COMPARED = ("model_id", "band", "rank", "fallback", "strongest", "currency")
NUMBERED = ("probability", "value", "low", "high")
PROBABILITY, DAYS = "probability", "days"
NUMBERS = re.compile(r"[\d.,%−-]+")


def strongest(reasons: Sequence[Mapping[str, Any]]) -> str | None:
    """The first reason without its numbers: the same reason keeps its words from day to day."""
    return " ".join(NUMBERS.sub(" ", reasons[0]["text"]).split()) if reasons else None


def moved(stands: Mapping[str, Any], props: Mapping[str, Any]) -> bool:
    """Whether model, band, rank, currency or strongest reason differ, or a number by a hundredth or more."""
    if any(stands.get(name) != props.get(name) for name in COMPARED):
        return True
    unit, names = props.get("unit", PROBABILITY), [name for name in NUMBERED if name in props]
    if any(stands.get(name) is None for name in names):
        return True
    passed = _days_between(stands, props) if unit == DAYS else 0.0
    return any(
        round(abs(stands[name] - passed - props[name]) / _scale(unit, props[name]), 6) >= LEAST_MOVE
        for name in names
    )


def _days_between(stands: Mapping[str, Any], props: Mapping[str, Any]) -> float:
    """Days counted from a later moment are fewer for the same day."""
    return (naive(datetime.fromisoformat(props["as_of"])) - naive(stands["as_of"])) / pd.Timedelta(days=1)


def _scale(unit: str, number: float) -> float:
    return 1.0 if unit == PROBABILITY else max(abs(number), 1.0)


@dataclass(frozen=True)
class Difference:
    """The nodes to write, and the ids of what stands no longer."""

    nodes: list[dict[str, Any]]
    ended: list[str]


def difference(store: Writer, result: Result, standing: Standing) -> Difference:
    """Compare a result with what stands of its subjects."""
    rows = store.read(standing.read, **standing.asked)
    stands: dict[str, dict[str, Any]] = {}
    for row in rows:
        stands.setdefault(row["subject"], row)
    changed, confirmed = [], set()
    for node in result.nodes:
        known = stands.get(node["subject"])
        if known is None or moved(known, node["props"]):
            changed.append({"id": node["id"], "props": node["props"]})
        else:
            confirmed.add(known["id"])
    lasting = confirmed | {node["id"] for node in changed}
    return Difference(changed, [row["id"] for row in rows if row["id"] not in lasting])
