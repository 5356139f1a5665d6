"""What each kind of information adds, as rows of a report: each step beside the one before it."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import numpy as np

from gnn.own_model.paired import Quality, paired_interval
from gnn.task import Predictions, counted

UNKNOWN = "nothing of it is known before the cut-off"


def step_rows(
    names: Iterable[str],
    steps: Mapping[str, Predictions],
    measures: Callable[[Predictions], dict[str, Any]],
    qualities: Mapping[str, Quality],
    seed: int,
) -> list[dict[str, Any]]:
    """Per step its measures, and `difference` to the step that ran before it: per quality the mean and its
    paired 95% bootstrap interval, None where one of both has no such quality. Steps not run say so."""
    rows, before = list[dict[str, Any]](), None
    for name in names:
        if name not in steps:
            rows.append({"model": name, "not_run": UNKNOWN})
            continue
        row = {"model": name, **measures(steps[name])}
        if before is not None:
            row["difference"] = _difference(steps[name], steps[before], qualities, seed)
        rows.append(row)
        before = name
    return rows


def _difference(
    ours: Predictions, theirs: Predictions, qualities: Mapping[str, Quality], seed: int
) -> dict[str, list[float] | None]:
    found = dict[str, list[float] | None]()
    for name, quality in qualities.items():
        interval = paired_interval(quality, [ours], theirs, counted(ours), seed)
        found[name] = list(interval) if np.isfinite(interval).all() else None
    return found
