"""A running mean of a network's weights over its last steps: steadier than any one of them (Polyak, 1992)."""

from copy import deepcopy
from typing import Generic, TypeVar

import torch
from torch import nn

Net = TypeVar("Net", bound=nn.Module)


class Averaged(Generic[Net]):
    """A copy of the network that follows it, keeping `keep` of itself at each step."""

    def __init__(self, net: Net, keep: float) -> None:
        self.net = deepcopy(net)
        self._keep = keep
        self._begun = False

    def follow(self, net: Net) -> None:
        """Take a step towards the network; the first step copies it."""
        share = 1.0 - self._keep if self._begun else 1.0
        self._begun = True
        with torch.no_grad():
            for mine, theirs in zip(self.net.parameters(), net.parameters(), strict=True):
                mine.lerp_(theirs, share)
