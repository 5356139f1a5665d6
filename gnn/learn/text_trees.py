"""What every kind of boosted trees by LightGBM has in common: they are kept as its text model."""

from dataclasses import dataclass
from functools import cached_property
from typing import Self

import lightgbm as lgb
import numpy as np
import torch

from gnn.learn.network_state import State


@dataclass(frozen=True)
class TextTrees:
    """The trees as LightGBM writes them."""

    text: str

    @cached_property
    def booster(self) -> lgb.Booster:
        """The trees to predict with."""
        return lgb.Booster(model_str=self.text)

    def state(self) -> State:
        """The text as bytes."""
        return {"trees": torch.tensor(np.frombuffer(self.text.encode(), dtype=np.uint8))}

    @classmethod
    def of_state(cls, state: State) -> Self:
        """The trees that `state` described."""
        return cls(state["trees"].numpy().tobytes().decode())
