"""What became of the subjects of a label window, as one number each: 0 or 1, days, or an amount."""

from dataclasses import dataclass

import numpy as np

from gnn.features.history import Doubles, Ints


@dataclass(frozen=True)
class Outcomes:
    """`rows`: rising row numbers of the subjects counted; `came`: what came within the horizon, as long."""

    rows: Ints
    came: Doubles

    def only(self, rows: Ints) -> "Outcomes":
        """The outcomes of some of the subjects counted."""
        return Outcomes(rows, self.came[np.searchsorted(self.rows, rows)])
