"""The candidates for churn: each gives log-odds for every customer of a scene, and is kept as tensors."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import torch

from gnn.baseline.boosting import Boosted
from gnn.baseline.logistic import Logistic
from gnn.features.frame import RFM, Frame
from gnn.features.past import Floats
from gnn.features.scaler import Scaler
from gnn.features.scene import Scene
from gnn.model.churn_net import ChurnNet

State = dict[str, torch.Tensor]
ORDER_GROUPS = ("rfm", "rhythm", "trend", "basket")


class ChurnModel(Protocol):
    """What every candidate can do."""

    def logits(self, scene: Scene) -> Floats:
        """Log-odds of churn of every customer of the scene."""

    def state(self) -> State:
        """Its numbers as tensors."""


def columns_of(name: str, frame: Frame) -> tuple[str, ...]:
    """The features a tabular candidate looks at."""
    if name == "rfm_logistic":
        return RFM
    if name == "gradient_boosting":
        return tuple(column for group in ORDER_GROUPS for column in frame.groups[group])
    return frame.names


@dataclass(frozen=True)
class Recency:
    """The rule of thumb: the longer silent, the likelier gone."""

    def logits(self, scene: Scene) -> Floats:
        """Logarithm of the days since the last order."""
        return scene.frame.columns("recency")[:, 0]

    def state(self) -> State:
        """Nothing is learned."""
        return {}


@dataclass(frozen=True)
class Tabular:
    """A logistic regression or boosted trees over some of the features."""

    name: str
    model: Logistic | Boosted

    def logits(self, scene: Scene) -> Floats:
        """Log-odds from the customers' own rows."""
        return self.model.logits(scene.frame.columns(*columns_of(self.name, scene.frame)))

    def state(self) -> State:
        """The inner model's numbers."""
        return self.model.state()


@dataclass(frozen=True)
class Graph:
    """The graph network with the scaler of its features."""

    net: ChurnNet
    scaler: Scaler

    def logits(self, scene: Scene) -> Floats:
        """Log-odds from the whole graph of the scene."""
        self.net.eval()
        with torch.no_grad():
            logits: torch.Tensor = self.net(scene.graph(self.scaler))
        return np.asarray(logits.numpy(), dtype=np.float32)

    def state(self) -> State:
        """The network's weights, and the scaler's under `scaler.`."""
        own = {f"net.{name}": value for name, value in self.net.state_dict().items()}
        return own | {f"scaler.{name}": value for name, value in self.scaler.state().items()}


@dataclass(frozen=True)
class Mean:
    """The mean of several candidates' log-odds."""

    members: Sequence[ChurnModel]

    def logits(self, scene: Scene) -> Floats:
        """Mean of the members' log-odds."""
        logits = np.stack([member.logits(scene) for member in self.members])
        return np.asarray(logits.mean(axis=0), dtype=np.float32)

    def state(self) -> State:
        """Kept with its members."""
        return {}


BLENDED = ("relational_logistic", "relational_boosting", "gnn")


def of_states(states: Mapping[str, State], selected: str) -> ChurnModel:
    """The selected candidate from the kept tensors of all candidates."""
    if selected == "blend":
        return Mean([of_states(states, member) for member in BLENDED])
    if selected == "recency":
        return Recency()
    if selected == "gnn":
        return _graph(states["gnn"])
    kind = Boosted if "boosting" in selected else Logistic
    return Tabular(selected, kind.of_state(states[selected]))


def _graph(state: State) -> Graph:
    inner = {name.removeprefix("net."): value for name, value in state.items() if name.startswith("net.")}
    scaler = Scaler.of_state({name: state[f"scaler.{name}"] for name in ("mean", "spread")})
    net = ChurnNet(len(scaler.mean))
    net.load_state_dict(inner, strict=True)
    return Graph(net, scaler)
