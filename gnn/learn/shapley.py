"""Shapley values over a few parts (Shapley, 1953): what each adds, averaged over all orders of adding."""

from collections.abc import Callable, Sequence
from itertools import combinations
from math import factorial

import numpy as np

from gnn.features.history import Doubles


def shapley(parts: Sequence[str], worth: Callable[[frozenset[str]], Doubles]) -> dict[str, Doubles]:
    """Per part its value in every row; they add up to `worth` with all parts less that with none.

    `worth` is asked once for each of the 2ⁿ sets of parts.
    """
    known = {
        frozenset(some): worth(frozenset(some))
        for size in range(len(parts) + 1)
        for some in combinations(parts, size)
    }
    return {part: _value(part, known, len(parts)) for part in parts}


def _value(part: str, known: dict[frozenset[str], Doubles], count: int) -> Doubles:
    gains = [
        factorial(len(some)) * factorial(count - len(some) - 1) * (known[some | {part}] - known[some])
        for some in known
        if part not in some
    ]
    return np.asarray(np.sum(gains, axis=0) / factorial(count), dtype=np.float64)
