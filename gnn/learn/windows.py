"""Label windows: the features at a cut-off, the customers counted there and what became of them."""

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Generic, TypeVar

import numpy as np
import pandas as pd

from gnn.calendar import Cutoffs
from gnn.features.feature_set import FeatureSet, feature_cache, feature_set
from gnn.features.history import History, Ints
from gnn.learn.labels import Labels
from gnn.snapshot.tables import Log

NET_WINDOWS = 3
"""Networks learn from the newest windows only; older ones cost as much and tell less."""

L = TypeVar("L", bound=Labels)
T = TypeVar("T")


@dataclass(frozen=True)
class FeatureSets:
    """The features at the beginning of every label window, and at the evaluation's cut-off."""

    cutoffs: Cutoffs
    windows: Mapping[pd.Timestamp, FeatureSet]
    final: FeatureSet


def feature_sets(known: Log, cutoffs: Cutoffs, home: Path | None = None) -> FeatureSets:
    """Features at all cut-offs, kept in `home`; `known` must already be cut at the evaluation's."""
    cache = feature_cache(known, home)
    final = feature_set(known, cutoffs.cutoff, cutoffs.horizon, cache=cache)
    windows = {
        at: feature_set(known, at, cutoffs.horizon, final.industries, cache)
        for at in (*cutoffs.every, *cutoffs.partial)
    }
    return FeatureSets(cutoffs, windows, final)


@dataclass(frozen=True)
class Window(Generic[L]):
    """The features at one cut-off, and the population and outcome after it."""

    features: FeatureSet
    labels: L
    _made: dict[Hashable, Any] = field(default_factory=dict, init=False, repr=False, compare=False)

    def once(self, name: Hashable, make: Callable[[], T]) -> T:
        """What `make` makes of this window; asked for again by the same name, it is not made again."""
        if name not in self._made:
            self._made[name] = make()
        made: T = self._made[name]
        return made

    def only(self, rows: Ints) -> "Window[L]":
        """The window with some of its customers."""
        return Window(self.features, self.labels.only(rows))

    def rows_of(self, customers: pd.Index, *, inside: bool) -> Ints:
        """Rows of the customers counted whose id is among these, or is not."""
        rows = self.labels.rows
        among = np.asarray(self.features.history.customers[rows].isin(customers), dtype=np.bool_)
        return np.asarray(rows[among == inside], dtype=np.int64)


@dataclass(frozen=True)
class Windows(Generic[L]):
    """What is known before a cut-off, as windows, each tuple oldest first."""

    train: tuple[Window[L], ...]
    """To learn from while the choice is open."""
    valid: tuple[Window[L], ...]
    """To choose on; none of their customers or none of their time was learned from."""
    every: tuple[Window[L], ...]
    """To learn from once the choice is made."""
    final: FeatureSet
    """The features at the cut-off."""


def label_windows(
    labels: Callable[[Log, History], L], known: Log, sets: FeatureSets, seed: int
) -> Windows[L]:
    """The windows before the cut-off; where none is kept for validation, 30% of the customers are."""
    at = {
        begin: Window(features, labels(known, features.history)) for begin, features in sets.windows.items()
    }
    every = tuple(at[begin] for begin in sets.cutoffs.every)
    train = tuple(at[begin] for begin in sets.cutoffs.train)
    if sets.cutoffs.valid:
        return Windows(train, tuple(at[begin] for begin in sets.cutoffs.valid), every, sets.final)
    older, _ = halves(train[-1].labels.rows, seed)
    learned = train[-1].features.history.customers[older]
    judged = (*train, *(at[begin] for begin in sets.cutoffs.partial))
    return Windows(
        tuple(window.only(window.rows_of(learned, inside=True)) for window in train),
        tuple(window.only(window.rows_of(learned, inside=False)) for window in judged),
        every,
        sets.final,
    )


def halves(rows: Ints, seed: int) -> tuple[Ints, Ints]:
    """The rows in two parts, 70% and 30%, drawn by seed."""
    order = np.random.default_rng(seed).permutation(len(rows))
    edge = max(1, int(0.7 * len(rows)))
    return np.sort(rows[order[:edge]]), np.sort(rows[order[edge:]])
