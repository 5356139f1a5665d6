"""Which candidate serves: the stack of unlike models, unless another is clearly better on several windows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.special import expit

from gnn.churn.base_rate import offset_to
from gnn.churn.calibration import fit_slope
from gnn.churn.labels import ChurnLabels
from gnn.churn.models import STACK
from gnn.churn.purchase_process import Doubles
from gnn.churn.validation import Said
from gnn.evaluate.classification import auc
from gnn.features.history import Floats

REFERENCE = STACK
"""Lines, trees, a process and what links tell: what holds where one of them does not."""
CLEARLY = 2.0
"""Standard errors of the paired difference of Brier scores beyond which another candidate serves."""
CLOSE = 0.005
"""AUC below the reference that a candidate may have all the same."""


@dataclass(frozen=True)
class Judgement:
    """One candidate over the validation windows, each given its true level: the level is forecast apart."""

    slope: float
    auc: float
    """Mean over the windows."""
    errors: Doubles
    """Squared error of every probability, window by window."""
    windows: int

    @property
    def brier(self) -> float:
        """Mean squared error."""
        return float(self.errors.mean())

    def clearly_better_than(self, other: "Judgement") -> bool:
        """Whether the paired difference of Brier scores lies beyond chance.

        Windows overlap and hold the same customers, so all of them count as many cases as one of them.
        """
        gain = other.errors - self.errors
        error = gain.std() / np.sqrt(len(gain) / self.windows)
        return bool(gain.mean() > CLEARLY * error and self.auc >= other.auc - CLOSE)


def judged(said: Said) -> dict[str, Judgement]:
    """Every candidate by what it said and what came."""
    return {name: _judgement(scores, said.labels) for name, scores in said.scores.items()}


def best(judgements: Mapping[str, Judgement], *, season_unseen: bool) -> str:
    """The lowest Brier score among those clearly better than the reference, else the reference.

    season_unseen: whether past windows do not tell what the coming one is like. Then none counts as clearly
    better: the standard error of its gain is between customers, and windows differ by more.
    """
    if season_unseen:
        return REFERENCE
    reference = judgements[REFERENCE]
    better = [name for name, one in judgements.items() if one.clearly_better_than(reference)]
    return min(better, key=lambda name: judgements[name].brier, default=REFERENCE)


def _judgement(scores: Sequence[Floats], labels: Sequence[ChurnLabels]) -> Judgement:
    slope = fit_slope(scores, labels)
    pairs = list(zip(scores, (part.churned for part in labels), strict=True))
    return Judgement(
        slope=slope,
        auc=float(np.mean([auc(churned, score) for score, churned in pairs])),
        errors=np.concatenate(
            [_errors(slope * score.astype(np.float64), churned) for score, churned in pairs]
        ),
        windows=len(pairs),
    )


def _errors(log_odds: Doubles, churned: Floats) -> Doubles:
    probability = expit(log_odds + offset_to(log_odds, float(churned.mean())))
    return np.asarray((probability - churned) ** 2, dtype=np.float64)
