"""The candidates for churn: each gives log-odds for every customer, and is kept as tensors."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import pandas as pd
import torch
from scipy.special import logit

from gnn.churn.network import ChurnNet
from gnn.churn.purchase_process import WEEK, PurchaseProcess, Purchases
from gnn.features.feature_set import ModelInput
from gnn.features.history import DAY, Floats
from gnn.features.scaler import Scaler
from gnn.features.table import RFM, FeatureTable
from gnn.learn.boosting import Boosted
from gnn.learn.device import device_of
from gnn.learn.leafwise import Leafwise
from gnn.learn.logistic import Logistic
from gnn.learn.network_state import State, load_weights, network_state, scaler_of
from gnn.own_model.saved import Saved, is_own, read

LIGHTGBM = "lightgbm"
ORDER_GROUPS = ("rfm", "rhythm", "trend", "basket")


class ChurnModel(Protocol):
    """What every candidate can do."""

    def logits(self, features: ModelInput) -> Floats:
        """Log-odds of churn of every customer of the feature set."""

    def state(self) -> State:
        """Its numbers as tensors."""


def columns_of(name: str, table: FeatureTable) -> tuple[str, ...]:
    """The features a tabular candidate looks at."""
    if name == "rfm_logistic":
        return RFM
    if name in ("order_logistic", "gradient_boosting"):
        return tuple(column for group in ORDER_GROUPS for column in table.groups[group])
    return table.names


@dataclass(frozen=True)
class Recency:
    """The rule of thumb: the longer silent, the likelier gone."""

    def logits(self, features: ModelInput) -> Floats:
        """Logarithm of the days since the last order."""
        return features.table.columns("recency")[:, 0]

    def state(self) -> State:
        """Nothing is learned."""
        return {}


@dataclass(frozen=True)
class Tabular:
    """A logistic regression or boosted trees over some of the features."""

    name: str
    model: Logistic | Boosted | Leafwise

    def logits(self, features: ModelInput) -> Floats:
        """Log-odds from the customers' own rows."""
        return self.model.logits(features.table.columns(*columns_of(self.name, features.table)))

    def state(self) -> State:
        """The inner model's numbers."""
        return self.model.state()


@dataclass(frozen=True)
class ChosenColumns:
    """Trees over the features of these names."""

    columns: tuple[str, ...]
    model: Leafwise

    def logits(self, features: ModelInput) -> Floats:
        """Log-odds from the customers' own rows."""
        return self.model.logits(features.table.columns(*self.columns))

    def state(self) -> State:
        """The trees."""
        return self.model.state()


@dataclass(frozen=True)
class ProcessModel:
    """The purchase process, for customers as the features describe them."""

    process: PurchaseProcess
    horizon: pd.Timedelta

    def logits(self, features: ModelInput) -> Floats:
        """Log-odds of no order within the horizon."""
        recency, tenure, days = np.expm1(features.table.columns("recency", "tenure", "order_days")).T
        known = Purchases(
            np.maximum(days - 1, 0), np.maximum(tenure - recency, 0) / WEEK, (tenure + 1) / WEEK
        )
        silence = self.process.silence(known, self.horizon)
        return np.asarray(logit(np.clip(silence, 1e-6, 1 - 1e-6)), dtype=np.float32)

    def state(self) -> State:
        """The process's numbers and the horizon in days."""
        days = torch.tensor([self.horizon / DAY], dtype=torch.float64)
        return {"process": self.process.state(), "horizon_days": days}

    @classmethod
    def of_state(cls, state: State) -> "ProcessModel":
        """The model that `state` described."""
        return cls(PurchaseProcess(*state["process"].tolist()), DAY * float(state["horizon_days"][0]))


@dataclass(frozen=True)
class GraphModel:
    """The graph network with the scaler of its features."""

    net: ChurnNet
    scaler: Scaler

    def logits(self, features: ModelInput) -> Floats:
        """Log-odds from the whole graph of the feature set."""
        self.net.eval()
        with torch.no_grad():
            logits: torch.Tensor = self.net(features.graph(self.scaler).to(device_of(self.net)))
        return np.asarray(logits.cpu().numpy(), dtype=np.float32)

    def state(self) -> State:
        """The network's weights, and the scaler's under `scaler.`."""
        return network_state(self.net, self.scaler)


@dataclass(frozen=True)
class LogOddsMean:
    """The mean of several candidates' log-odds."""

    members: Sequence[ChurnModel]

    def logits(self, features: ModelInput) -> Floats:
        """Mean of the members' log-odds."""
        logits = np.stack([member.logits(features) for member in self.members])
        return np.asarray(logits.mean(axis=0), dtype=np.float32)

    def state(self) -> State:
        """Kept with its members."""
        return {}


@dataclass(frozen=True)
class LogOddsSum:
    """A weighted sum of several candidates' log-odds, by their names."""

    members: Mapping[str, ChurnModel]
    weights: Mapping[str, float]

    def logits(self, features: ModelInput) -> Floats:
        """The sum."""
        parts = [weight * self.members[name].logits(features) for name, weight in self.weights.items()]
        return np.asarray(np.sum(parts, axis=0), dtype=np.float32)

    def state(self) -> State:
        """The weight of every member; the members are kept under their own names."""
        return {name: torch.tensor([weight], dtype=torch.float64) for name, weight in self.weights.items()}


@dataclass(frozen=True)
class ReadBack:
    """A user's model that was promoted, over all features."""

    model: Saved

    def logits(self, features: ModelInput) -> Floats:
        """Log-odds from the customers' own rows."""
        said = self.model.probability(own_values(features).to_numpy())
        return np.asarray(logit(np.clip(said, 1e-6, 1 - 1e-6)), dtype=np.float32)

    def state(self) -> State:
        """Kept already."""
        return {}


def own_values(features: ModelInput) -> pd.DataFrame:
    """All features of every customer, as a user's model is given them."""
    table = features.table
    return pd.DataFrame(table.values.astype(np.float64), columns=list(table.names))


BLENDS = {
    "blend": ("relational_logistic", "relational_boosting", "gnn"),
    "process_blend": ("rfm_logistic", "gradient_boosting", "purchase_process"),
}
"""Blend → its members, whose log-odds are averaged."""
STACK = "stack"
"""The sum whose weights were learned."""


def of_states(states: Mapping[str, State], selected: str) -> ChurnModel:
    """The selected candidate from the kept tensors of all candidates."""
    if is_own(states.get(selected, {})):
        return ReadBack(read(states[selected]))
    if selected in BLENDS or selected == STACK:
        return _sum(states, selected)
    if selected == "purchase_process":
        return ProcessModel.of_state(states[selected])
    if selected == "recency":
        return Recency()
    if selected == "gnn":
        return _graph(states["gnn"])
    return Tabular(selected, _kind(selected).of_state(states[selected]))


def _sum(states: Mapping[str, State], selected: str) -> LogOddsMean | LogOddsSum:
    """A blend or the stack with its members."""
    if selected in BLENDS:
        return LogOddsMean([of_states(states, member) for member in BLENDS[selected]])
    weights = {name: float(weight[0]) for name, weight in states[STACK].items()}
    return LogOddsSum({name: of_states(states, name) for name in weights}, weights)


def _kind(name: str) -> type[Logistic | Boosted | Leafwise]:
    """What a tabular candidate of this name is made of."""
    if name == LIGHTGBM:
        return Leafwise
    return Boosted if "boosting" in name else Logistic


def _graph(state: State) -> GraphModel:
    scaler = scaler_of(state)
    net = ChurnNet(len(scaler.mean))
    load_weights(net, state)
    return GraphModel(net, scaler)
