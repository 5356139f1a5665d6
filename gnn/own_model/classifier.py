"""What is asked of a user's model, `fit(X, y)` and `predict_proba(X)`, and checks of what it answers."""

import copy
from typing import Any, Protocol

import numpy as np
import pandas as pd

from gnn.features.history import Doubles
from gnn.own_model.errors import BadModel
from gnn.wording import counted

SEED = "random_state"


class Classifier(Protocol):
    """A binary classifier as scikit-learn has them; `X` is a DataFrame of numbers without missing values."""

    def fit(self, X: pd.DataFrame, y: Any, /) -> Any:  # noqa: N803 - scikit-learn's name
        """Learn; `y` has 0 and 1."""

    def predict_proba(self, X: pd.DataFrame, /) -> Any:  # noqa: N803 - scikit-learn's name
        """Probabilities [rows, 2] of 0 and 1."""


def check_methods(model: object) -> None:
    """Raise BadModel where `fit` or `predict_proba` is missing."""
    for name in ("fit", "predict_proba"):
        if not callable(getattr(model, name, None)):
            raise BadModel(
                f"{_kind(model)} has no {name}; a model needs fit(X, y) and predict_proba(X), "
                "as scikit-learn's classifiers have them"
                + (" (pass an object, not its class)" if isinstance(model, type) else "")
            )


def unfitted(model: Classifier, seed: int) -> Classifier:
    """A copy that knows nothing of earlier fits; its parameters named `random_state` have the seed."""
    if not hasattr(model, "get_params") or not hasattr(model, "set_params"):
        return copy.deepcopy(model)
    from sklearn.base import clone  # noqa: PLC0415 - scikit-learn takes a second to import

    fresh: Any = clone(model)
    seeds = [name for name in fresh.get_params() if name == SEED or name.endswith(f"__{SEED}")]
    made: Classifier = fresh.set_params(**dict.fromkeys(seeds, seed))
    return made


def fitted(model: Classifier, seed: int, values: pd.DataFrame, outcome: Any) -> Classifier:
    """A copy of the model that has learned from these rows."""
    fresh = unfitted(model, seed)
    fresh.fit(values, outcome)
    return fresh


def probability(model: Classifier, values: pd.DataFrame) -> Doubles:
    """Probability of 1 per row. Raises BadModel for anything but one number from 0 to 1 per row and class."""
    said = np.asarray(model.predict_proba(values))
    kind = _kind(model)
    if said.shape[:1] != (len(values),):
        raise BadModel(
            f"predict_proba of {kind} gave {said.shape[0] if said.ndim else 'no'} rows "
            f"where {len(values)} were asked"
        )
    if said.ndim == 1 or said.shape[1] != 2:
        columns = 1 if said.ndim == 1 else said.shape[1]
        raise BadModel(
            f"predict_proba of {kind} gave {counted(columns, 'column')} where there are two classes, "
            "0 and 1; it must give the probabilities of both"
        )
    try:
        numbers = said.astype(np.float64)
    except (TypeError, ValueError) as error:
        raise BadModel(f"predict_proba of {kind} gave something else than numbers ({error})") from error
    if missing := int((~np.isfinite(numbers)).any(axis=1).sum()):
        raise BadModel(f"predict_proba of {kind} gave NaN or infinity in {missing} of {len(numbers)} rows")
    if numbers.min(initial=0.0) < -1e-6 or numbers.max(initial=0.0) > 1 + 1e-6:
        raise BadModel(
            f"predict_proba of {kind} gave numbers from {numbers.min():.3g} to {numbers.max():.3g}; "
            "probabilities lie from 0 to 1"
        )
    return np.asarray(numbers[:, _place_of_one(model)])


def _place_of_one(model: Classifier) -> int:
    """Column of class 1: where the model names its classes there, else the second."""
    classes = getattr(model, "classes_", None)
    if classes is None:
        return 1
    places = np.flatnonzero(np.asarray(classes) == 1)
    if len(places) != 1:
        raise BadModel(f"{_kind(model)} names the classes {list(classes)}; they must be 0 and 1")
    return int(places[0])


def _kind(model: object) -> str:
    return model.__name__ if isinstance(model, type) else type(model).__name__
