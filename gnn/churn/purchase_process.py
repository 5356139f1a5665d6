"""When customers buy and when they stop, as a process: BG/NBD (Fader, Hardie and Lee, 2005).

While active, a customer orders at a constant rate of its own; after each order it may stop for ever. Rates
and chances to stop differ between customers (gamma and beta distributed). Four numbers describe them all and
need no label window, so that a short history suffices; they say how likely silence is over any horizon.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
import torch
from scipy.optimize import minimize
from scipy.special import betaln, gammaln, hyp2f1

from gnn.features.history import DAY, History

Doubles = npt.NDArray[np.float64]
WEEK = 7.0
START = np.array([0.0, 1.0, 0.0, 0.0])
NEAR_ONE = 1e-4
"""The expected number of orders is a limit where `a` is 1; so near it is taken beside it."""
BOUND, PENALTY = 7.0, 1e-4
"""Logarithms of the parameters lie within ±7, lightly pulled to 0 where the data say nothing."""


@dataclass(frozen=True)
class Purchases:
    """Per customer with an order: order days after the first, and weeks from the first to the last and to the
    cut-off."""

    repeats: Doubles
    last: Doubles
    age: Doubles


def purchases(history: History) -> Purchases:
    """The purchase history that the process looks at, in row order."""
    days = history.order_days.groupby("row")["day"]
    count, first, last = (
        np.asarray(part, dtype=np.float64) for part in (days.count(), days.max(), days.min())
    )
    return Purchases(count - 1, (first - last) / WEEK, (first + 1) / WEEK)


@dataclass(frozen=True)
class PurchaseProcess:
    """Shape `r` and scale `alpha` (weeks) of the rates; `a` and `b` of the chance to stop."""

    r: float
    alpha: float
    a: float
    b: float

    def silence(self, known: Purchases, horizon: pd.Timedelta) -> Doubles:
        """Probability of no order within the horizon, per customer with an order."""
        return self.silence_of(known, np.full(len(known.age), float(horizon / DAY) / WEEK))

    def silence_of(self, known: Purchases, weeks: Doubles) -> Doubles:
        """The same for a span of its own per customer."""
        no_order = ((self.alpha + known.age) / (self.alpha + known.age + weeks)) ** (self.r + known.repeats)
        return np.asarray(1.0 - self._active(known) * (1.0 - no_order), dtype=np.float64)

    def orders(self, known: Purchases, horizon: pd.Timedelta) -> Doubles:
        """Order days expected within the horizon, per customer with an order (equation 10 of the paper)."""
        weeks = float(horizon / DAY) / WEEK
        a = self.a if abs(self.a - 1.0) > NEAR_ONE else 1.0 + NEAR_ONE
        count, stops = self.r + known.repeats, self.b + known.repeats
        until, since = self.alpha + known.age + weeks, self.alpha + known.age
        ever = hyp2f1(count, stops, a + stops - 1.0, weeks / until)
        expected = (a + stops - 1.0) / (a - 1.0) * (1.0 - (since / until) ** count * ever)
        return np.asarray(self._active(known) * np.maximum(expected, 0.0), dtype=np.float64)

    def _active(self, known: Purchases) -> Doubles:
        """Probability that the customer has not stopped; one without a second order cannot have."""
        waited = ((self.alpha + known.age) / (self.alpha + known.last)) ** (self.r + known.repeats)
        stopped = self.a / (self.b + np.maximum(known.repeats, 1.0) - 1.0) * waited
        return np.where(known.repeats > 0, 1.0 / (1.0 + stopped), 1.0)

    def state(self) -> torch.Tensor:
        """The four numbers."""
        return torch.tensor([self.r, self.alpha, self.a, self.b], dtype=torch.float64)

    @classmethod
    def fit(cls, history: History) -> "PurchaseProcess":
        """The maximum likelihood over everything before the cut-off."""
        known = purchases(history)
        bounds = [(-BOUND, BOUND)] * len(START)
        found = minimize(_loss, START, args=(known,), method="L-BFGS-B", bounds=bounds)
        return cls(*(float(value) for value in np.exp(found.x)))


def _loss(logs: Doubles, known: Purchases) -> float:
    """Mean negative log-likelihood (equation 6 of the paper) with the penalty."""
    r, alpha, a, b = np.exp(logs)
    count = r + known.repeats
    shared = gammaln(count) - gammaln(r) + r * np.log(alpha) + betaln(a, b + known.repeats) - betaln(a, b)
    active = -count * np.log(alpha + known.age)
    stopped = np.log(a / (b + np.maximum(known.repeats, 1.0) - 1.0)) - count * np.log(alpha + known.last)
    either = np.where(known.repeats > 0, np.logaddexp(active, stopped), active)
    return float(PENALTY * (logs**2).sum() - (shared + either).mean())
