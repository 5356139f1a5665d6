"""How good candidate lists are: hits among the first, and whether the first one's probability is honest."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from gnn.evaluate.classification import brier, calibration_error, expected_calibration_error
from gnn.features.history import Ints

BINS = 5


@dataclass(frozen=True)
class Judged:
    """One entry per row of the truth; a person without candidate has place 0, probability 0, candidates 0."""

    place: Ints
    """Place of the true superior among the candidates, 1 the first; 0 where it is not among them."""
    probability: npt.NDArray[np.float64]
    """Of the first candidate to be the superior."""
    candidates: Ints


def measures(judged: Judged, seed: int) -> dict[str, float]:
    """`hit@1`, `hit@3`, calibration of the first (five bins of equally many), and what was looked at.

    `ece_expected` is the median of what labels drawn from the probabilities give. `brier_skill` is
    1 − Brier ÷ Brier of the hit rate said for everybody; 0 where all hit or nobody does.
    """
    first = (judged.place == 1).astype(np.float64)
    return {
        "hit@1": float(first.mean()),
        "hit@3": float(((judged.place >= 1) & (judged.place <= 3)).mean()),
        "ece": calibration_error(first, judged.probability, BINS),
        "ece_expected": expected_calibration_error(judged.probability, seed, bins=BINS),
        "brier_skill": _skill(first, judged.probability),
        "people": len(first),
        "candidates": float(judged.candidates.mean()),
    }


def _skill(first: npt.NDArray[np.float64], probability: npt.NDArray[np.float64]) -> float:
    base = brier(first, np.full(len(first), first.mean()))
    return 1.0 - brier(first, probability) / base if base > 0 else 0.0
