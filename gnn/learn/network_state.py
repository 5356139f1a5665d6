"""The tensors of a network and of the scaler of its features, under one name each, and back."""

import torch
from torch import nn

from gnn.features.scaler import Scaler

State = dict[str, torch.Tensor]
NET, SCALER = "net.", "scaler."


def network_state(net: nn.Module, scaler: Scaler) -> State:
    """The network's weights under `net.`, the scaler's numbers under `scaler.`."""
    return _prefixed(NET, net.state_dict()) | _prefixed(SCALER, scaler.state())


def scaler_of(state: State) -> Scaler:
    """The scaler in a network's state."""
    return Scaler.of_state(_stripped(SCALER, state))


def load_weights(net: nn.Module, state: State) -> None:
    """Give the network the weights of the state. Raises RuntimeError where they do not fit it."""
    net.load_state_dict(_stripped(NET, state), strict=True)


def _prefixed(prefix: str, state: State) -> State:
    return {f"{prefix}{name}": value for name, value in state.items()}


def _stripped(prefix: str, state: State) -> State:
    return {name.removeprefix(prefix): value for name, value in state.items() if name.startswith(prefix)}
