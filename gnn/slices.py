"""Long arrays of row numbers in parts, for what must not be held whole."""

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

CELLS = 2**22
"""Numbers that a dense block may hold: 32 MiB of 64 bits each, of which a scorer makes several at a time."""


def slices(rows: npt.NDArray[np.int64], size: int) -> Iterator[npt.NDArray[np.int64]]:
    """Consecutive parts of at most `size` rows; none where there are no rows."""
    for start in range(0, len(rows), size):
        yield rows[start : start + size]


def rows_within(width: int, cells: int = CELLS) -> int:
    """How many rows of this width a dense block of so many cells holds; at least one."""
    return max(1, cells // max(width, 1))
