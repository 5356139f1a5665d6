"""Where a network learns: on the first CUDA device that torch sees, else on the processor.

What is kept of it are its numbers on the processor, so a model learned on one machine serves on any. Hide the
devices (`CUDA_VISIBLE_DEVICES=`) to learn on the processor, where the same seed gives the same numbers bit
for bit; on a device sums run in an order of their own.
"""

from collections.abc import Callable
from contextlib import suppress
from typing import TypeVar

import torch
from torch import nn

Learned = TypeVar("Learned")
PROCESSOR = torch.device("cpu")


def learning_device() -> torch.device:
    """The device to learn on."""
    return torch.device("cuda" if torch.cuda.is_available() else PROCESSOR.type)


def where_it_fits(learn: Callable[[torch.device], Learned], device: torch.device | None = None) -> Learned:
    """What `learn` gives on the device (else the learning one), or on the processor where memory is short."""
    chosen = device or learning_device()
    if chosen != PROCESSOR:
        with suppress(torch.OutOfMemoryError):
            return learn(chosen)
    return learn(PROCESSOR)


def device_of(net: nn.Module) -> torch.device:
    """The device that holds the network's weights; its inputs must be there too."""
    return next(net.parameters()).device
