"""How many of the customers will stay silent: forecast apart from who they are.

The purchase process says how likely silence is from each customer's own orders. Past windows say by how much
the process errs in this company (one shift of its log-odds, newer windows counting more), and how far they
differ from each other beyond chance.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from scipy.optimize import brentq
from scipy.special import expit, logit

from gnn.churn.labels import ChurnLabels
from gnn.churn.purchase_process import Doubles, PurchaseProcess, purchases
from gnn.features.history import History
from gnn.learn.windows import Window

HALF_LIFE = 0.5
"""Horizons after which a past window counts half."""
DISAGREE = 0.25
"""Log-odds, some 6 points around one half: past windows that differ by more beyond chance disagree. A single
window is taken to err by as much."""


@dataclass(frozen=True)
class BaseRate:
    """The process, the shift of its log-odds, and how much the shift varies from window to window."""

    process: PurchaseProcess
    shift: float
    spread: float
    windows: int

    @property
    def season_unseen(self) -> bool:
        """Whether the past windows do not tell what the coming one is like."""
        return self.windows < 2 or self.spread > DISAGREE

    @property
    def widening(self) -> float:
        """Factor of log-odds, at most 1, that takes the spread into account.

        The mean of a logistic function over a normally distributed argument, nearly (MacKay, 1992).
        """
        return float(1.0 / np.sqrt(1.0 + np.pi * self.spread**2 / 8.0)) if self.season_unseen else 1.0

    def expected(self, history: History) -> float:
        """Share of the customers with an order that will stay silent within the horizon."""
        return float(expit(_log_odds(self.process, history) + self.shift).mean())

    def state(self) -> torch.Tensor:
        """Process, shift, spread and number of windows as one row of numbers."""
        own = torch.tensor([self.shift, self.spread, self.windows], dtype=torch.float64)
        return torch.cat([self.process.state(), own])

    @classmethod
    def fit(
        cls, process: PurchaseProcess, history: History, windows: Sequence[Window[ChurnLabels]]
    ) -> "BaseRate":
        """The process of the whole history, shifted towards what the past windows showed.

        The shift is drawn to 0 as the mean of so many windows side by side would be whose spread is as large
        as the process errs in companies at large: few windows tell little of the coming one.
        """
        shifts = np.array([_shift(process, window) for window in windows])
        chance = np.mean([_sampling_variance(window.labels) for window in windows])
        spread = DISAGREE if len(windows) < 2 else np.sqrt(max(shifts.var(ddof=1) - chance, 0.0))
        return cls(
            process,
            float(np.average(shifts, weights=_weights(history, windows))) * _told(windows),
            float(spread),
            len(windows),
        )

    @classmethod
    def of_state(cls, state: torch.Tensor) -> "BaseRate":
        """The base rate that `state` described."""
        *process, shift, spread, windows = state.tolist()
        return cls(PurchaseProcess(*process), shift, spread, int(windows))


def offset_to(log_odds: Doubles, share: float) -> float:
    """What to add to the log-odds so that the mean probability is `share`."""
    low, high = logit(share) - log_odds.max(), logit(share) - log_odds.min()
    return float(brentq(lambda offset: expit(log_odds + offset).mean() - share, low - 1.0, high + 1.0))


def _log_odds(process: PurchaseProcess, history: History) -> Doubles:
    silence = process.silence(purchases(history), history.horizon)
    return np.asarray(logit(np.clip(silence, 1e-6, 1 - 1e-6)), dtype=np.float64)


def _shift(process: PurchaseProcess, window: Window[ChurnLabels]) -> float:
    return offset_to(_log_odds(process, window.features.history), _share(window.labels))


def _share(labels: ChurnLabels) -> float:
    """Share of the silent, kept off 0 and 1 by half a customer."""
    count = len(labels.churned)
    return float(np.clip(labels.churned.mean(), 0.5 / count, 1 - 0.5 / count))


def _sampling_variance(labels: ChurnLabels) -> float:
    """Of the log-odds of a share."""
    share = _share(labels)
    return 1.0 / (len(labels.churned) * share * (1.0 - share))


def _told(windows: Sequence[Window[ChurnLabels]]) -> float:
    """n / (n + 1) of n windows side by side: those that overlap show the same customers' same silence."""
    first, last = windows[0].features.history, windows[-1].features.history
    beside = 1.0 + (last.cutoff - first.cutoff) / first.horizon
    return float(beside / (beside + 1.0))


def _weights(history: History, windows: Sequence[Window[ChurnLabels]]) -> Doubles:
    ages = [(history.cutoff - window.features.history.cutoff) / history.horizon for window in windows]
    return np.asarray(0.5 ** (np.array(ages) / HALF_LIFE), dtype=np.float64)
