"""A user's model over the scorers' values of the strongest candidates, as `tree_ranker` looks at them."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd
import torch
from scipy.special import logit

from gnn.cross_sell.candidates import NEVER, Candidates
from gnn.cross_sell.scorers import SCORERS
from gnn.cross_sell.tree_ranker import ORDERED_BY, features, looked_at
from gnn.features.history import Doubles, Floats, Ints
from gnn.learn.network_state import State
from gnn.own_model.saved import read

COLUMNS = (*SCORERS, "place")
LEAST = 1e-9


@dataclass(frozen=True)
class OwnScores:
    """Log-odds of a purchase per candidate. probability: of rows with the columns `COLUMNS`."""

    probability: Callable[[pd.DataFrame], Doubles]
    kept: Callable[[], State]

    def scores(self, offered: Candidates) -> Floats:
        """Per candidate its score; those not looked at stand below all others, ordered by `ORDERED_BY`."""
        looked = looked_at(offered.values, offered.real)
        order = offered.values[:, :, SCORERS.index(ORDERED_BY)]
        scores = np.asarray(NEVER / 2 + order, dtype=np.float32)
        scores[looked] = self._log_odds(features(offered.values, offered.real)[looked])
        return scores

    def contributions(self, offered: Candidates, places: Ints) -> Floats:
        """Customers × places × scorers: the change of log-odds where the median candidate's replaces it.

        The place by `ORDERED_BY` counts with that scorer.
        """
        told = features(offered.values, offered.real)
        usual = np.median(told, axis=1)
        listed = np.take_along_axis(told, places[:, :, None], axis=1)
        whole = self._log_odds(listed.reshape(-1, listed.shape[2])).reshape(places.shape)
        parts = np.empty((*places.shape, len(SCORERS)), dtype=np.float32)
        for number, name in enumerate(SCORERS):
            columns = [number, len(SCORERS)] if name == ORDERED_BY else [number]
            without = listed.copy()
            without[:, :, columns] = usual[:, None, columns]
            parts[:, :, number] = whole - self._log_odds(without.reshape(-1, listed.shape[2])).reshape(
                places.shape
            )
        return parts

    def state(self) -> State:
        """As tensors. Raises NotSaveable."""
        return self.kept()

    def _log_odds(self, rows: Floats) -> Floats:
        said = self.probability(frame_of(rows))
        return np.asarray(logit(np.clip(said, LEAST, 1 - LEAST)), dtype=np.float32)

    @classmethod
    def of_state(cls, state: State) -> "OwnScores":
        """The model that was kept."""
        model = read(state)
        return cls(lambda rows: model.probability(rows.to_numpy()), lambda: state)


def frame_of(rows: Floats | torch.Tensor) -> pd.DataFrame:
    """Rows of candidates as a user's model is given them."""
    return pd.DataFrame(np.asarray(rows, dtype=np.float64), columns=list(COLUMNS))
