"""Label windows: the features at a cut-off, the customers counted there and what became of them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

import numpy as np
import pandas as pd

from gnn.calendar import Cutoffs
from gnn.features.feature_set import FeatureSet, feature_set
from gnn.features.history import History, Ints
from gnn.snapshot.tables import Log

if TYPE_CHECKING:
    from gnn.task import Labels

NET_WINDOWS = 3
"""Networks learn from the newest windows only; older ones cost as much and tell less."""

L = TypeVar("L", bound="Labels")


@dataclass(frozen=True)
class FeatureSets:
    """The features at every cut-off: of the training windows, of validation, and of the evaluation."""

    cutoffs: Cutoffs
    train: tuple[FeatureSet, ...]
    valid: FeatureSet | None
    final: FeatureSet


def feature_sets(known: Log, cutoffs: Cutoffs) -> FeatureSets:
    """Features at all cut-offs; `known` must already be cut at the evaluation's."""
    final = feature_set(known, cutoffs.cutoff, cutoffs.horizon)

    def at(cutoff: pd.Timestamp) -> FeatureSet:
        return feature_set(known, cutoff, cutoffs.horizon, final.industries)

    valid = None if cutoffs.valid is None else at(cutoffs.valid)
    return FeatureSets(cutoffs, tuple(at(cutoff) for cutoff in cutoffs.train), valid, final)


@dataclass(frozen=True)
class Window(Generic[L]):
    """The features at one cut-off, and the population and outcome after it."""

    features: FeatureSet
    labels: L

    def only(self, rows: Ints) -> "Window[L]":
        """The window with some of its customers."""
        return Window(self.features, self.labels.only(rows))


@dataclass(frozen=True)
class Windows(Generic[L]):
    """Windows to learn from, oldest first, and the one that the choice is made on."""

    train: tuple[Window[L], ...]
    valid: Window[L]


def label_windows(
    labels: Callable[[Log, History], L], known: Log, sets: FeatureSets, seed: int
) -> Windows[L]:
    """The windows before the evaluation's cut-off; a single one is split by customers, 70% and 30%."""
    train = [Window(features, labels(known, features.history)) for features in sets.train]
    if sets.valid is not None:
        return Windows(tuple(train), Window(sets.valid, labels(known, sets.valid.history)))
    older, newer = halves(train[-1].labels.rows, seed)
    return Windows((train[-1].only(older),), train[-1].only(newer))


def halves(rows: Ints, seed: int) -> tuple[Ints, Ints]:
    """The rows in two parts, 70% and 30%, drawn by seed."""
    order = np.random.default_rng(seed).permutation(len(rows))
    edge = max(1, int(0.7 * len(rows)))
    return np.sort(rows[order[:edge]]), np.sort(rows[order[edge:]])
