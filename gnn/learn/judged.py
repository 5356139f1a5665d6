"""How a candidate of a two-way question did on the newer windows, and its calibration by them."""

import numpy as np
import numpy.typing as npt

from gnn.evaluate.classification import auc, brier
from gnn.features.history import Floats
from gnn.learn.platt import Platt


def judged(scores: Floats, well: npt.NDArray[np.floating]) -> tuple[Platt, dict[str, float]]:
    """The calibration of log-odds by what came (1.0 or 0.0), and `validation_auc` and `validation_brier`."""
    platt = Platt.fit(scores, well.astype(np.float32))
    return platt, {"validation_auc": auc(well, scores), "validation_brier": brier(well, platt(scores))}
