"""The candidates for numbers of customers: one per customer with an order, kept as tensors."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import torch

from gnn.churn.purchase_process import WEEK, PurchaseProcess, purchases
from gnn.features.feature_set import FeatureSet
from gnn.features.history import DAY, Doubles, Floats, History
from gnn.forecast.spending import GammaGamma, net, spent
from gnn.learn.network_state import State
from gnn.learn.regression import Regressed

HALVINGS = 24


class Forecaster(Protocol):
    """What every candidate can do."""

    def expected(self, features: FeatureSet) -> Doubles:
        """The number per customer with an order, in row order."""

    def state(self) -> State:
        """Its numbers as tensors."""


@dataclass(frozen=True)
class Rule:
    """A plain rule, of which nothing is learned."""

    rule: Callable[[History], Doubles]

    def expected(self, features: FeatureSet) -> Doubles:
        """As the rule says."""
        return self.rule(features.history)

    def state(self) -> State:
        """Nothing is learned."""
        return {}


@dataclass(frozen=True)
class Constant:
    """The same number for all."""

    number: float

    def expected(self, features: FeatureSet) -> Doubles:
        """The number."""
        return np.full(int(features.history.has_order.sum()), self.number)

    def state(self) -> State:
        """The number."""
        return {"number": torch.tensor([self.number], dtype=torch.float64)}

    @classmethod
    def of_state(cls, state: State) -> "Constant":
        """The model that `state` described."""
        return cls(float(state["number"][0]))


@dataclass(frozen=True)
class NextByProcess:
    """BG/NBD: the day by which an order is as likely as not, at most the horizon."""

    process: PurchaseProcess

    def expected(self, features: FeatureSet) -> Doubles:
        """Days."""
        history = features.history
        known, days = purchases(history), float(history.horizon / DAY)
        low, high = np.zeros(len(known.age)), np.full(len(known.age), days)
        for _ in range(HALVINGS):
            middle = (low + high) / 2
            silent = self.process.silence_of(known, middle / WEEK) > 0.5
            low, high = np.where(silent, middle, low), np.where(silent, high, middle)
        return high

    def state(self) -> State:
        """The process's numbers."""
        return {"process": self.process.state()}

    @classmethod
    def of_state(cls, state: State) -> "NextByProcess":
        """The model that `state` described."""
        return cls(PurchaseProcess(*state["process"].tolist()))


@dataclass(frozen=True)
class ValueByProcess:
    """BG/NBD × gamma-gamma: expected order days times the expected amount of one."""

    process: PurchaseProcess
    spending: GammaGamma

    def expected(self, features: FeatureSet) -> Doubles:
        """The amount within the horizon."""
        history = features.history
        orders = self.process.orders(purchases(history), history.horizon)
        return orders * self.spending.mean(spent(history))

    def state(self) -> State:
        """The numbers of both."""
        return {"process": self.process.state(), "spending": self.spending.state()}

    @classmethod
    def of_state(cls, state: State) -> "ValueByProcess":
        """The model that `state` described."""
        return cls(PurchaseProcess(*state["process"].tolist()), GammaGamma(*state["spending"].tolist()))


@dataclass(frozen=True)
class Trees:
    """LightGBM over all features and what a process and the rules expect."""

    trees: Regressed
    beside: Mapping[str, Forecaster]

    def expected(self, features: FeatureSet) -> Doubles:
        """The number per customer, never below 0."""
        return np.maximum(self.trees.predict(tree_values(features, self.beside)), 0.0)

    def state(self) -> State:
        """The trees; those beside them are kept under their own names."""
        return self.trees.state()


def tree_values(features: FeatureSet, beside: Mapping[str, Forecaster]) -> Floats:
    """Rows of customers with an order: all features, then the logarithm of what others expect."""
    own = features.table.values[np.flatnonzero(features.history.has_order)]
    more = [np.log1p(np.maximum(one.expected(features), 0.0)) for one in beside.values()]
    return np.column_stack([own, *more]).astype(np.float32)


def last_interval(history: History) -> Doubles:
    """Another gap like the last, counted from the last order; late by one more: none within the horizon."""
    return _due(history, last=True)


def mean_interval(history: History) -> Doubles:
    """The same with the customer's mean gap."""
    return _due(history, last=False)


def _due(history: History, *, last: bool) -> Doubles:
    days = history.order_days.groupby("row")
    newest, oldest, count = days["day"].first(), days["day"].last(), days["day"].count()
    second = days.nth(1).set_index("row")["day"]
    gap = second.reindex(newest.index) - newest if last else (oldest - newest) / (count - 1).where(count > 1)
    horizon = float(history.horizon / DAY)
    gaps = gap.fillna(gap.median() if gap.notna().any() else horizon).to_numpy(np.float64)
    silent = newest.to_numpy(np.float64)
    due = np.where(silent > 2 * gaps, horizon, np.maximum(gaps - silent, 0.0))
    return np.asarray(np.minimum(due, horizon), dtype=np.float64)


def last_horizon(history: History) -> Doubles:
    """As much as within the horizon before the cut-off."""
    return np.maximum(net(history, history.horizon), 0.0)


def mean_repeat(history: History) -> Doubles:
    """The customer's mean spending per day so far, a horizon at least, times the horizon."""
    sales = history.sales
    age = sales.groupby("row")["age"].max().to_numpy(np.float64)
    horizon = float(history.horizon / DAY)
    return np.asarray(np.maximum(net(history), 0.0) / np.maximum(age, horizon) * horizon, dtype=np.float64)
