"""Which results of a scoring differ from what stands in the graph, so that only those are written."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from gnn.task import Result, Standing, Writer

LEAST_MOVE = 0.01
"""A probability that moves by less, or another number that moves by a smaller share, leaves what stands."""
COMPARED = ("model_id", "band", "rank", "fallback", "strongest")
NUMBERS = re.compile(r"[\d.,%−-]+")


def strongest(reasons: Sequence[Mapping[str, Any]]) -> str | None:
    """The first reason without its numbers: the same reason keeps its words from day to day."""
    return " ".join(NUMBERS.sub(" ", reasons[0]["text"]).split()) if reasons else None


def moved(stands: Mapping[str, Any], props: Mapping[str, Any]) -> bool:
    """Whether model, band, rank or strongest reason differ, or the number by a hundredth or more."""
    if any(stands.get(name) != props.get(name) for name in COMPARED):
        return True
    name = "value" if "value" in props else "probability"
    scale = 1.0 if name == "probability" or props["unit"] == "probability" else max(abs(props[name]), 1.0)
    return bool(round(abs(stands[name] - props[name]) / scale, 6) >= LEAST_MOVE)


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
