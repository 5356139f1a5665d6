"""Long sequences in parts, for what must not be held or sent whole."""

from collections.abc import Iterator, Sequence
from typing import TypeVar

import numpy as np
import numpy.typing as npt

Sliced = TypeVar("Sliced", Sequence[str], npt.NDArray[np.int64])


def slices(values: Sliced, size: int) -> Iterator[Sliced]:
    """Consecutive parts of at most `size` entries; none where there are no values."""
    for start in range(0, len(values), size):
        yield values[start : start + size]
