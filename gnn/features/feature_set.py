"""What models look at, worked out once for one cut-off: the features of every customer and the graph."""

from copy import copy
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Protocol

import pandas as pd
import torch

from gnn.features.cache import FeatureCache
from gnn.features.graph import hetero_graph
from gnn.features.history import History
from gnn.features.people import People
from gnn.features.scaler import Scaler
from gnn.features.table import FeatureTable, common_industries, feature_table
from gnn.features.thinned import edges_of, thinned
from gnn.geometric import HeteroData
from gnn.snapshot.cut import as_of
from gnn.snapshot.folder import content_hash
from gnn.snapshot.tables import Log


class ModelInput(Protocol):
    """The part of a feature set that a model of customers reads; occlusion shows the same with gaps."""

    @property
    def table(self) -> FeatureTable:
        """Features of every customer."""

    def graph(self, scaler: Scaler) -> HeteroData:
        """The heterogeneous graph, customers' features standardised by `scaler`."""


@dataclass(frozen=True)
class FeatureSet:
    """Everything derived from the history before one cut-off.

    `industries` are those that have a column of their own; a model keeps the ones it was trained with.
    """

    history: History
    industries: tuple[str, ...]
    cache: FeatureCache | None = None
    """Where the table is kept for other tasks and commands, if anywhere."""

    @cached_property
    def people(self) -> People:
        """The customers' contacts and our talks with them."""
        return People(self.history)

    @cached_property
    def table(self) -> FeatureTable:
        """Features of every customer."""
        if self.cache is None:
            return self._made()
        return self.cache.table(self.history.cutoff, self.history.horizon, self.industries, self._made)

    def _made(self) -> FeatureTable:
        return feature_table(self.history, self.people, self.industries)

    @cached_property
    def structure(self) -> HeteroData:
        """The graph with the customers' features as they are, not standardised."""
        return hetero_graph(self.history, self.table.values, self.people)

    @cached_property
    def _learned(self) -> HeteroData:
        return thinned(self.structure)

    def graph(self, scaler: Scaler) -> HeteroData:
        """The heterogeneous graph, customers' features standardised by `scaler`."""
        return standardised(self.structure, self.table, scaler)

    def learned_graph(self, scaler: Scaler) -> HeteroData:
        """The graph that a network is trained on: the same, or where that is too large a smaller one."""
        return standardised(self._learned, self.table, scaler)

    @property
    def learned_edges(self) -> int:
        """Edges of the graph that a network is trained on."""
        return edges_of(self._learned)


def standardised(structure: HeteroData, table: FeatureTable, scaler: Scaler) -> HeteroData:
    """A copy of the graph whose customers carry the table's features, standardised."""
    graph = copy(structure)
    graph["customer"].x = torch.from_numpy(scaler(table.values))
    return graph


def feature_set(
    log: Log,
    cutoff: pd.Timestamp,
    horizon: pd.Timedelta,
    industries: tuple[str, ...] | None = None,
    cache: FeatureCache | None = None,
) -> FeatureSet:
    """The features just before `cutoff`; without `industries` its own frequent ones become columns.

    `cache` keeps tables made from this log.
    """
    history = History(as_of(log, cutoff), cutoff, horizon)
    return FeatureSet(history, common_industries(history) if industries is None else industries, cache)


def feature_cache(log: Log, home: Path | None) -> FeatureCache | None:
    """The tables of a log that are kept in a home; None without a home."""
    return None if home is None else FeatureCache(home / "features", content_hash(log))
