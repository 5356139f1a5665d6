"""From candidates' scores to probabilities, by the fact that reporting lines are a tree.

Every person has one superior or none, and nobody stands above themselves. Over all such trees, each weighing
the product of its lines' weights, the share of those that hold a line is its probability: the matrix-tree
theorem (Tutte, 1984; as used by Koo, Globerson, Carreras and Collins, EMNLP 2007). With `L` the matrix of
`root + Σ weights` on the diagonal and `−weight(person, candidate)` elsewhere, the probability of a line is
`weight · (L⁻¹[person, person] − L⁻¹[candidate, person])`.
"""

import numpy as np
import numpy.typing as npt

from gnn.features.history import Ints

Floats = npt.NDArray[np.float64]
LARGEST = 4_000
"""People up to which circles are ruled out: the inverse takes their cube. Beyond, each person for itself."""


def softmax(person: Ints, score: npt.NDArray[np.floating], none: float) -> Floats:
    """Probability per pair: e^score over the sum of the person's candidates and e^none for nobody of them.

    `person` is sorted.
    """
    if not len(person):
        return np.zeros(0)
    starts = np.flatnonzero(np.concatenate([[True], person[1:] != person[:-1]]))
    counts = np.diff(np.concatenate([starts, [len(person)]]))
    most = np.repeat(np.maximum(np.maximum.reduceat(score, starts), none), counts)
    power = np.exp(score - most)
    total = np.repeat(np.add.reduceat(power, starts), counts) + np.exp(none - most)
    return np.asarray(power / total, dtype=np.float64)


def without_circles(person: Ints, candidate: Ints, probability: Floats) -> Floats:
    """The probability of every pair among trees, from each person's own; as given where people are too many.

    `probability` sums to less than 1 per person; the rest is that of nobody (or of somebody unknown).
    """
    people, numbers = np.unique(np.concatenate([person, candidate]), return_inverse=True)
    if not len(person) or len(people) > LARGEST:
        return probability
    low, high = numbers[: len(person)], numbers[len(person) :]
    weight = np.zeros((len(people), len(people)))
    weight[low, high] = probability
    rest = np.maximum(1.0 - weight.sum(axis=1), 1e-6)
    inverse = np.linalg.inv(np.diag(rest + weight.sum(axis=1)) - weight)
    own = np.diag(inverse)
    found = weight[low, high] * (own[low] - inverse[high, low])
    return np.asarray(np.clip(found, 0.0, 1.0))
