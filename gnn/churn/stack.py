"""Stacking (Wolpert, 1992): a weighted sum of the candidates, the weights told by the validation windows.

Candidates of one kind say much the same, so each kind is first one voice: the mean of its members' log-odds,
each times the slope that fits it to the windows. One weight per kind is fitted, never below 0 (Breiman,
1996), with a level per window, and drawn to the mean of all kinds.
"""

from collections.abc import Mapping, Sequence

import numpy as np
from scipy.optimize import minimize
from scipy.special import expit

from gnn.churn.calibration import fit_slope
from gnn.churn.validation import Said
from gnn.features.history import Doubles, Floats, Ints

KINDS: Mapping[str, tuple[str, ...]] = {
    "line": ("rfm_logistic", "order_logistic"),
    "trees": ("gradient_boosting",),
    "process": ("purchase_process",),
    "relations": ("relational_logistic", "relational_boosting", "lightgbm"),
}
"""Candidates that learn alike from alike information. The network is left out: reasons are found by taking
information away, and of a sum with a network in it each would take a pass over the whole graph."""
RIDGE = 1.0
"""Strength of the pull to the mean, the usual one of a ridge penalty on a standardised value."""
EVEN = 1e-3
"""The least spread of log-odds that the penalty counts in."""


def stack_weights(said: Said, *, season_unseen: bool) -> dict[str, float]:
    """Per candidate that counts its weight in the sum of log-odds.

    season_unseen: whether past windows do not tell what the coming one is like. Then they do not tell weights
    of kinds either, and all kinds count alike.
    """
    members = {
        kind: [(name, fit_slope(said.scores[name], said.labels)) for name in names if name in said.scores]
        for kind, names in KINDS.items()
    }
    kinds = [_voice(said, members[kind]) for kind in KINDS]
    even = np.full(len(kinds), 1.0 / len(kinds))
    weights = even if season_unseen else _fitted(said, np.stack(kinds, axis=1))
    weights = weights if weights.any() else even
    return {
        name: float(weight * slope / len(of_kind))
        for weight, of_kind in zip(weights, members.values(), strict=True)
        for name, slope in of_kind
        if weight > 0
    }


def summed(said: Said, weights: Mapping[str, float]) -> Sequence[Floats]:
    """The weighted sum in every window."""
    return [
        np.sum([weight * said.scores[name][place] for name, weight in weights.items()], axis=0)
        for place in range(len(said.labels))
    ]


def _voice(said: Said, members: Sequence[tuple[str, float]]) -> Doubles:
    """The mean of a kind's members, each times its slope, over all windows in a row."""
    every = [slope * np.concatenate(said.scores[name]).astype(np.float64) for name, slope in members]
    return np.asarray(np.mean(every, axis=0), dtype=np.float64)


def _fitted(said: Said, kinds: Doubles) -> Doubles:
    """Weights by penalised likelihood.

    Windows overlap and hold the same customers, so all of them count as many cases as one of them.
    """
    churned = np.concatenate([part.churned for part in said.labels]).astype(np.float64)
    window = np.repeat(np.arange(len(said.labels)), [len(part.churned) for part in said.labels])
    count = kinds.shape[1]
    start = np.concatenate([np.full(count, 1.0 / count), np.zeros(len(said.labels))])
    bounds = [(0.0, None)] * count + [(None, None)] * len(said.labels)
    asked = (kinds, churned, window)
    found = minimize(_loss, start, args=asked, jac=True, method="L-BFGS-B", bounds=bounds)
    return np.asarray(found.x[:count], dtype=np.float64)


def _loss(given: Doubles, kinds: Doubles, churned: Doubles, window: Ints) -> tuple[float, Doubles]:
    """Negative log-likelihood of weights and levels with the penalty, and its gradient."""
    count, windows = kinds.shape[1], int(window.max()) + 1
    weights, levels = given[:count], given[count:]
    log_odds = kinds @ weights + levels[window]
    missed = (expit(log_odds) - churned) / windows
    away = weights - 1.0 / count
    pull = RIDGE * max(float(kinds.mean(axis=1).std()), EVEN) ** 2
    loss = (np.logaddexp(0.0, log_odds) - churned * log_odds).sum() / windows + pull / 2 * (away**2).sum()
    gradient = [kinds.T @ missed + pull * away, np.bincount(window, missed, windows)]
    return float(loss), np.concatenate(gradient)
