"""A user's model kept as numbers and text, so that it can be read again without pickle.

Whatever the format, what is read back must say the same as the model did; else the model is refused.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib.metadata import entry_points
from typing import Any, Protocol

import lightgbm as lgb
import numpy as np
import orjson
import pandas as pd
import torch
from scipy.special import expit

from gnn.features.history import Doubles
from gnn.learn.boosting import Boosted
from gnn.learn.network_state import State
from gnn.own_model.classifier import Classifier, probability
from gnn.own_model.errors import NotSaveable

GROUP = "relgraph.models"
"""Entry points of classes with `to_arrays()` and `from_arrays(arrays)`."""
HEADER = "own.header"
SAME = 1e-4
"""The largest difference of probabilities that rounding to single precision explains."""


class Saved(Protocol):
    """A model read back."""

    def probability(self, values: Doubles) -> Doubles:
        """Probability of 1 per row."""


@dataclass(frozen=True)
class Linear:
    """A logistic function of weighted features."""

    weights: Doubles
    intercept: float

    def probability(self, values: Doubles) -> Doubles:
        """Of the rows."""
        return np.asarray(expit(values @ self.weights + self.intercept))


@dataclass(frozen=True)
class LightGbm:
    """Trees as LightGBM writes them."""

    booster: lgb.Booster

    def probability(self, values: Doubles) -> Doubles:
        """Of the rows."""
        return np.asarray(self.booster.predict(values), dtype=np.float64)


@dataclass(frozen=True)
class Trees:
    """Trees of scikit-learn as arrays."""

    trees: Boosted

    def probability(self, values: Doubles) -> Doubles:
        """Of the rows."""
        return np.asarray(expit(self.trees.logits(values).astype(np.float64)))


@dataclass(frozen=True)
class Declared:
    """A class of an installed package, filled with its arrays."""

    model: Classifier
    names: list[str]

    def probability(self, values: Doubles) -> Doubles:
        """Of the rows."""
        return probability(self.model, pd.DataFrame(values, columns=self.names))


def saved(model: Classifier, sample: pd.DataFrame) -> State:
    """The fitted model as tensors. Raises NotSaveable.

    sample: rows on which what is read back must say the same.
    """
    state = _saved(model, list(sample.columns))
    again = read(state).probability(sample.to_numpy(np.float64))
    apart = float(np.abs(again - probability(model, sample)).max(initial=0.0))
    if apart > SAME:
        raise NotSaveable(type(model).__name__, f"read back it differs by {apart:.3g} in probability")
    return state


def read(state: Mapping[str, torch.Tensor]) -> Saved:
    """The model that was kept. Raises NotSaveable where the package that declared it is gone."""
    header = orjson.loads(state[HEADER].numpy().tobytes())
    readers: Mapping[str, Callable[[], Saved]] = {
        "linear": lambda: Linear(state["weights"].numpy(), float(state["intercept"][0])),
        "lightgbm": lambda: LightGbm(lgb.Booster(model_str=state["text"].numpy().tobytes().decode())),
        "trees": lambda: Trees(Boosted.of_state(dict(state))),
        "declared": lambda: _declared(header, state),
    }
    return readers[header["format"]]()


def is_own(state: Mapping[str, torch.Tensor]) -> bool:
    """Whether these tensors are a user's model."""
    return HEADER in state


def _saved(model: Classifier, names: list[str]) -> State:
    kind = type(model).__name__
    if declared := _entry_of(model):
        arrays: Mapping[str, Any] = model.to_arrays()  # type: ignore[attr-defined]  # declared classes have it
        tensors = {f"array.{name}": torch.from_numpy(np.asarray(array)) for name, array in arrays.items()}
        return _header("declared", entry=declared, names=names) | tensors
    if hasattr(model, "booster_"):
        text = _bytes(model.booster_.model_to_string().encode())
        return _header("lightgbm") | {"text": text}
    if hasattr(model, "_predictors") and hasattr(model, "_baseline_prediction"):
        return _header("trees") | Boosted.of(model).state()
    steps: list[Any] = [step for _, step in model.steps] if hasattr(model, "steps") else [model]
    before, last = steps[:-1], steps[-1]
    if not hasattr(last, "coef_") or not all(hasattr(step, "scale_") for step in before):
        raise NotSaveable(kind, "its kind is none that relgraph can write down")
    weights, intercept = np.asarray(last.coef_, dtype=np.float64).ravel(), float(np.ravel(last.intercept_)[0])
    if len(weights) != len(names):
        raise NotSaveable(kind, f"it has {len(weights)} coefficients for {len(names)} features")
    for step in reversed(before):
        weights, intercept = _unscaled(step, weights, intercept)
    return _header("linear") | {
        "weights": torch.from_numpy(weights),
        "intercept": torch.tensor([intercept], dtype=torch.float64),
    }


def _unscaled(scaler: Any, weights: Doubles, intercept: float) -> tuple[Doubles, float]:
    """Coefficients over the values before a StandardScaler."""
    spread = np.ones(len(weights)) if scaler.scale_ is None else np.asarray(scaler.scale_)
    mean = getattr(scaler, "mean_", None)
    scaled = weights / spread
    return scaled, intercept - (0.0 if mean is None else float(scaled @ np.asarray(mean)))


def _entry_of(model: object) -> str | None:
    """Name of the entry point that declares the model's class."""
    own = f"{type(model).__module__}:{type(model).__qualname__}"
    return next((entry.name for entry in entry_points(group=GROUP) if entry.value == own), None)


def _declared(header: Mapping[str, Any], state: Mapping[str, torch.Tensor]) -> Declared:
    found = next((entry for entry in entry_points(group=GROUP) if entry.name == header["entry"]), None)
    if found is None:
        raise NotSaveable(header["entry"], "the package that declared it in relgraph.models is not installed")
    arrays = {
        name.removeprefix("array."): tensor.numpy()
        for name, tensor in state.items()
        if name.startswith("array.")
    }
    return Declared(found.load().from_arrays(arrays), header["names"])


def _header(form: str, **more: Any) -> State:
    return {HEADER: _bytes(orjson.dumps({"format": form} | more))}


def _bytes(text: bytes) -> torch.Tensor:
    return torch.tensor(np.frombuffer(text, dtype=np.uint8))
