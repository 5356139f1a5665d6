"""How well clusters agree with the truth: pairs of records, and B-cubed (Bagga and Baldwin, 1998)."""

from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

Labels = NDArray[np.int64]
"""The cluster of each record; equal numbers belong together."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """Precision, recall and their harmonic mean; 1 where there is nothing to be wrong about."""

    precision: float
    recall: float
    f1: float

    def as_dict(self) -> dict[str, Any]:
        """The three, rounded to six places."""
        return {name: round(value, 6) for name, value in asdict(self).items()}


def pair_agreement(found: Labels, truth: Labels, file: Labels | None = None) -> Agreement:
    """Over pairs of records that stand in one cluster; with `file`, only pairs of two files count."""
    both = _pairs(pd.DataFrame({"found": found, "truth": truth}), file)
    return _agreement(both, pairs_of(found, file), pairs_of(truth, file))


def pairs_of(labels: Labels, file: Labels | None = None) -> int:
    """Pairs of records that belong together; with `file`, only pairs of two files count."""
    return _pairs(pd.DataFrame({"label": labels}), file)


def bcubed(found: Labels, truth: Labels) -> Agreement:
    """The mean over records of the share of its cluster that is right, and of its truth that is found."""
    table = pd.DataFrame({"found": found, "truth": truth})
    both = table.groupby(["found", "truth"])["found"].transform("size").to_numpy(dtype=float)
    in_found = table.groupby("found")["found"].transform("size").to_numpy(dtype=float)
    in_truth = table.groupby("truth")["truth"].transform("size").to_numpy(dtype=float)
    if not len(table):
        return Agreement(1.0, 1.0, 1.0)
    precision, recall = float(np.mean(both / in_found)), float(np.mean(both / in_truth))
    return Agreement(precision, recall, _harmonic(precision, recall))


def _pairs(table: pd.DataFrame, file: Labels | None) -> int:
    """Pairs of rows with equal values in all columns; with `file`, of rows of two files."""
    same = _within(table)
    return same if file is None else same - _within(table.assign(file=file))


def _within(table: pd.DataFrame) -> int:
    sizes = table.groupby(list(table.columns)).size().to_numpy(dtype=np.int64)
    return int((sizes * (sizes - 1) // 2).sum())


def _agreement(both: int, found: int, truth: int) -> Agreement:
    precision = both / found if found else 1.0
    recall = both / truth if truth else 1.0
    return Agreement(precision, recall, _harmonic(precision, recall))


def _harmonic(precision: float, recall: float) -> float:
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0
