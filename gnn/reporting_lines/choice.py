"""Choosing among candidates by a weighted sum of signs: the conditional logit (McFadden, 1974) with a ridge.

Of few known lines it learns more than trees do, for a weight of every sign is all that there is to learn.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize

from gnn.reporting_lines.boosted import Examples, Scores
from gnn.reporting_lines.candidates import starts_of
from gnn.reporting_lines.sparse_rows import Floats

HOLD = 2.0
"""How strongly the factor of the scores that it starts from is held to 1."""
ROUNDS = 200


@dataclass(frozen=True)
class Choice:
    """Score of a pair: factor · its score before + its signs · weight."""

    factor: float
    weight: npt.NDArray[np.float64]

    def __call__(self, start: Scores, values: Floats) -> Scores:
        """Scores of pairs, in log odds against another candidate."""
        return np.asarray(self.factor * start + values @ self.weight, dtype=np.float64)


def choose(examples: Examples, start: Scores, ridge: float) -> Choice:
    """Least surprise plus ridge · Σ weight², the signs in units of their spread.

    Persons without a true candidate say nothing, and where nobody has one the scores stay as they are.
    start: scores that it adds to.
    """
    if not examples.true.any():
        return Choice(1.0, np.zeros(examples.values.shape[1]))
    answered = examples.answered
    chosen, before = examples.only(answered), start[answered]
    spread = chosen.values.std(axis=0, dtype=np.float64)
    unit = np.where(spread > 1e-6, 1.0 / np.maximum(spread, 1e-6), 0.0)
    signs = chosen.values * unit
    starts = starts_of(chosen.person)
    counts = np.diff(np.append(starts, len(chosen.person)))

    def loss(values: npt.NDArray[np.float64]) -> tuple[float, npt.NDArray[np.float64]]:
        factor, weight = values[0], values[1:]
        score = factor * before + signs @ weight
        score -= np.repeat(np.maximum.reduceat(score, starts), counts)
        power = np.exp(score)
        total = np.add.reduceat(power, starts)
        apart = power / np.repeat(total, counts) - chosen.true
        surprise = np.log(total).sum() - score[chosen.true].sum()
        slope = np.concatenate([[apart @ before + 2 * HOLD * (factor - 1.0)],
                                apart @ signs + 2 * ridge * weight])  # fmt: skip
        return float(surprise + ridge * weight @ weight + HOLD * (factor - 1.0) ** 2), slope

    begin = np.concatenate([[1.0], np.zeros(signs.shape[1])])
    found = minimize(loss, begin, jac=True, method="L-BFGS-B", options={"maxiter": ROUNDS}).x
    return Choice(float(found[0]), found[1:] * unit)
