"""The candidates for numbers of customers: one per customer with an order, kept as tensors."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import torch

from gnn.churn.purchase_process import WEEK, PurchaseProcess, Purchases, purchases
from gnn.churn.reasons import KINDS
from gnn.features.feature_set import FeatureSet
from gnn.features.history import DAY, Doubles, Floats, History
from gnn.forecast.spending import GammaGamma, spent
from gnn.forecast.typical import ORDER_VALUE, ORDERS, SILENCE, SPENDING, mixed, typical_spending
from gnn.learn.network_state import State
from gnn.learn.regression import Regressed
from gnn.learn.shapley import shapley

HALVINGS = 24
LEAST_SPENT, TINY = 0.01, 1e-9
"""Where a logarithm is taken a hundredth of everybody's mean counts as the least that is spent."""


class Forecaster(Protocol):
    """What every candidate can do."""

    def expected(self, features: FeatureSet) -> Doubles:
        """The number per customer with an order, in row order."""

    def parts(self, features: FeatureSet, /) -> Mapping[str, Doubles]:
        """Per kind of information what it adds to the number of every customer with an order.

        In days; of amounts to the logarithm. Against what would be expected of a typical customer.
        """

    def state(self) -> State:
        """Its numbers as tensors."""


@dataclass(frozen=True)
class Rule:
    """A plain rule, of which nothing is learned."""

    rule: Callable[[History], Doubles]
    kind: str
    """The kind of information that it looks at: `SILENCE` for days, `SPENDING` for amounts."""

    def expected(self, features: FeatureSet) -> Doubles:
        """As the rule says."""
        return self.rule(features.history)

    def parts(self, features: FeatureSet) -> Mapping[str, Doubles]:
        """All of it by the one kind, against the median customer's."""
        said = self.expected(features)
        if not len(said):
            return {self.kind: said}
        if self.kind == SPENDING:
            said = np.log(np.maximum(said, max(LEAST_SPENT * float(said.mean()), TINY)))
        return {self.kind: said - np.median(said)}

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

    def parts(self, _features: FeatureSet) -> Mapping[str, Doubles]:
        """Nothing is looked at."""
        return {}

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
        return self._days(purchases(history), float(history.horizon / DAY))

    def parts(self, features: FeatureSet) -> Mapping[str, Doubles]:
        """Of how long the customer is silent, and of its orders before that."""
        history = features.history
        known, horizon = purchases(history), float(history.horizon / DAY)
        return shapley((SILENCE, ORDERS), lambda own: self._days(mixed(known, own), horizon))

    def _days(self, known: Purchases, days: float) -> Doubles:
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

    def parts(self, features: FeatureSet) -> Mapping[str, Doubles]:
        """Of the silence, the orders before that, and what an order day was worth."""
        history = features.history
        known, worth = purchases(history), spent(history)

        def logarithm(own: frozenset[str]) -> Doubles:
            orders = self.process.orders(mixed(known, own), history.horizon)
            amount = self.spending.mean(worth if ORDER_VALUE in own else typical_spending(worth))
            return np.asarray(np.log(np.maximum(orders * amount, TINY)), dtype=np.float64)

        return shapley((SILENCE, ORDERS, ORDER_VALUE), logarithm)

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
    kind: str
    """The kind of information that the others' numbers count as, as of a rule."""

    def expected(self, features: FeatureSet) -> Doubles:
        """The number per customer, never below 0."""
        return np.maximum(self.trees.predict(tree_values(features, self.beside)), 0.0)

    def parts(self, features: FeatureSet) -> Mapping[str, Doubles]:
        """The exact contributions of the features, summed by kind."""
        found = self.trees.contributions(tree_values(features, self.beside))
        names = features.table.names
        kinds = {kind: set(one.features) for kind, one in KINDS.items()}
        parts = {
            kind: found[:, [place for place, name in enumerate(names) if name in own]].sum(axis=1)
            for kind, own in kinds.items()
        }
        others = found[:, len(names) : -1].sum(axis=1)
        return parts | {self.kind: parts.get(self.kind, 0.0) + others}

    def state(self) -> State:
        """The trees; those beside them are kept under their own names."""
        return self.trees.state()


def tree_values(features: FeatureSet, beside: Mapping[str, Forecaster]) -> Floats:
    """Rows of customers with an order: all features, then the logarithm of what others expect."""
    own = features.table.values[np.flatnonzero(features.history.has_order)]
    more = [np.log1p(np.maximum(one.expected(features), 0.0)) for one in beside.values()]
    return np.column_stack([own, *more]).astype(np.float32)
