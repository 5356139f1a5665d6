"""What customers spend: the gamma-gamma model of Fader and Hardie (2013) beside BG/NBD, and plain rules.

A customer's order days are worth amounts around a mean of its own, which differs between customers; three
numbers describe them all. The mean that is expected lies between the own and everybody's, nearer to the own
the more order days there were.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd
import torch
from scipy.optimize import minimize
from scipy.special import gammaln

from gnn.features.history import DAY, Doubles, History

BOUND, PENALTY = 10.0, 1e-4
"""Logarithms of the parameters lie within ±10, lightly pulled to 0."""


@dataclass(frozen=True)
class Spent:
    """Per customer with an order: order days with a positive amount, and the mean amount of these."""

    days: Doubles
    mean: Doubles


def spent(history: History) -> Spent:
    """What customers spent on order days so far, in row order."""
    sales = history.sales
    by_day = sales.groupby([sales["row"], np.floor(sales["age"])])["amount"].sum()
    positive = by_day.where(by_day > 0)
    by_row = positive.groupby(level=0)
    days, mean = by_row.count().astype("float64"), by_row.mean().fillna(0.0)
    return Spent(np.asarray(days, dtype=np.float64), np.asarray(mean, dtype=np.float64))


def net(history: History, within: pd.Timedelta | None = None) -> Doubles:
    """Per customer with an order what was ordered less what came back, within the span before the cut-off."""
    both = pd.concat([history.sales, history.returns])
    if within is not None:
        both = both[both["age"] <= within / DAY]
    total = both.groupby("row")["amount"].sum().reindex(np.arange(history.shape[0]), fill_value=0.0)
    return np.asarray(total.to_numpy(np.float64)[np.flatnonzero(history.has_order)], dtype=np.float64)


@dataclass(frozen=True)
class GammaGamma:
    """Shape `p` of amounts around a customer's mean; shape `q` (above 1) and scale `v` of the means.

    Amounts are counted in `unit`, the mean of all.
    """

    p: float
    q: float
    v: float
    unit: float

    def mean(self, known: Spent) -> Doubles:
        """The amount of an order day that is expected of each customer."""
        return np.asarray(
            self.unit
            * self.p * (self.v + known.days * known.mean / self.unit)
            / (self.p * known.days + self.q - 1.0),
            dtype=np.float64,
        )  # fmt: skip

    def state(self) -> torch.Tensor:
        """The four numbers."""
        return torch.tensor([self.p, self.q, self.v, self.unit], dtype=torch.float64)

    @classmethod
    def fit(cls, known: Spent) -> "GammaGamma":
        """The maximum likelihood over customers with a positive amount."""
        some = known.days > 0
        if not some.any():
            return cls(1.0, 2.0, 1.0, 1.0)
        days, unit = known.days[some], float(known.mean[some].mean())
        mean = known.mean[some] / unit
        bounds = [(-BOUND, BOUND)] * 3
        found = minimize(_loss, np.zeros(3), args=(days, mean), method="L-BFGS-B", bounds=bounds)
        p, q, v = np.exp(found.x)
        return cls(float(p), float(1.0 + q), float(v), unit)


def _loss(logs: Doubles, days: Doubles, mean: Doubles) -> float:
    """Mean negative log-likelihood of the customers' mean amounts (equation 1) with the penalty."""
    p, above, v = np.exp(logs)
    q, shape = 1.0 + above, p * days
    told = gammaln(shape + q) - gammaln(shape) - gammaln(q) + q * np.log(v)
    told += (shape - 1) * np.log(mean) + shape * np.log(days) - (shape + q) * np.log(days * mean + v)
    return float(PENALTY * (logs**2).sum() - told.mean())
