"""A running mean of a network's weights over its last steps: steadier than any one of them (Polyak, 1992)."""

from typing import Generic, TypeVar, cast

from torch import nn
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn

Net = TypeVar("Net", bound=nn.Module)


class RunningMean(Generic[Net]):
    """A copy of the network that keeps `decay` of itself at each step; the first step copies it."""

    def __init__(self, net: Net, decay: float) -> None:
        self._averaged = AveragedModel(net, multi_avg_fn=get_ema_multi_avg_fn(decay))  # type: ignore[no-untyped-call]  # torch gives it no types

    @property
    def net(self) -> Net:
        """The network with the mean weights; it changes with every update."""
        return cast("Net", self._averaged.module)

    def update(self, net: Net) -> None:
        """Take a step towards the network."""
        self._averaged.update_parameters(net)
