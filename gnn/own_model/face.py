"""How a task looks to a user's model: what it learns from, and how its answers are compared."""

from functools import partial
from typing import Any, Protocol, TypeVar

import pandas as pd

from gnn.features.history import Doubles, Ints
from gnn.learn.labels import Labels
from gnn.learn.windows import Window, Windows
from gnn.own_model.churn import ChurnFace
from gnn.own_model.classifier import Classifier
from gnn.own_model.cross_sell import CrossSellFace
from gnn.own_model.errors import BadModel
from gnn.own_model.outcome import OutcomeFace, customers, deals
from gnn.task import Fit, Predictions

L = TypeVar("L", bound=Labels)


class Face(Protocol[L]):
    """One task's own part of comparing and promoting a user's model."""

    @property
    def label(self) -> str:
        """The column of a frame that is to be learned, 0 or 1."""

    @property
    def metric(self) -> str:
        """The measure that candidates are compared by."""

    def frame(self, window: Window[L], /) -> pd.DataFrame:
        """Ids, names, cut-off, label and features of a window."""

    def subjects(self, window: Window[L], /) -> pd.DataFrame:
        """Ids and names of what a window counts, one row each."""

    def prepared(self, windows: Windows[L], /) -> Any:
        """What the windows have to teach, worked out once for all fits. Raises NotEnoughHistory."""

    def fit(self, model: Classifier, name: str, prepared: Any, seed: int, /) -> Fit[Any, Any]:
        """The model as the only candidate, fitted and calibrated as ours are."""

    def quality(self, said: Predictions, rows: Ints, /) -> float:
        """The metric over some of the customers counted."""

    def found(self, said: Predictions, /) -> Doubles:
        """Per customer how much of what came it found."""

    def told(self, said: Predictions, /) -> dict[str, Doubles]:
        """What is shown of a customer, by column."""


FACES: dict[str, Face[Any]] = {
    "churn": ChurnFace(),
    "cross-sell": CrossSellFace(),
    "win": OutcomeFace("won", "auc", partial(deals, "Opportunity"), "probability"),
    "lead": OutcomeFace("converted", "auc", partial(deals, "Lead"), "probability"),
    "next-order": OutcomeFace("days", "rank_correlation", customers, "expected"),
    "value": OutcomeFace("amount", "rank_correlation", customers, "expected"),
}


def face_of(task: str) -> Face[Any]:
    """The face of a task. Raises BadModel where own models cannot be compared in it."""
    if task not in FACES:
        raise BadModel(f"own models can be compared in {', '.join(FACES)}, not in {task}")
    return FACES[task]
