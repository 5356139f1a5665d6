"""How far off forecasts are: the band in which four of five lay, by the size of what was expected."""

from dataclasses import dataclass

import numpy as np
import torch

from gnn.features.history import Doubles
from gnn.learn.network_state import State

LOW, HIGH = 0.1, 0.9
LEAST_IN_GROUP, MOST_GROUPS = 50, 10


@dataclass(frozen=True)
class Spread:
    """By groups of expected numbers (`edges` are upper bounds): `low` and `high` quantiles of what came."""

    edges: Doubles
    low: Doubles
    high: Doubles

    def around(self, expected: Doubles) -> tuple[Doubles, Doubles]:
        """Where four of five are to lie."""
        group = np.searchsorted(self.edges, expected)
        return np.minimum(self.low[group], expected), np.maximum(self.high[group], expected)

    def state(self) -> State:
        """As tensors, for an artefact."""
        return {name: torch.from_numpy(np.asarray(getattr(self, name))) for name in ("edges", "low", "high")}

    @classmethod
    def of_state(cls, state: State) -> "Spread":
        """What `state` described."""
        return cls(*(state[name].numpy() for name in ("edges", "low", "high")))

    @classmethod
    def fit(cls, expected: Doubles, came: Doubles) -> "Spread":
        """By cases that were not learned from."""
        groups = int(np.clip(len(expected) // LEAST_IN_GROUP, 1, MOST_GROUPS))
        edges = np.unique(np.quantile(expected, np.linspace(0, 1, groups + 1)[1:-1]))
        group, every = np.searchsorted(edges, expected), np.quantile(came, [LOW, HIGH])
        found = [
            np.quantile(came[group == one], [LOW, HIGH]) if (group == one).any() else every
            for one in range(len(edges) + 1)
        ]
        low, high = np.array(found).T
        return cls(edges, low.copy(), high.copy())
