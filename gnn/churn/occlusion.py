"""Occlusion: what the model says when one kind of information is taken away (Zeiler and Fergus, 2014).

Taken away means: the features stand at the median of the customers that have ordered, and the edge types of
that kind carry no messages. The contribution is the difference in calibrated log-odds.
"""

from collections.abc import Mapping
from copy import copy
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import torch

from gnn.churn.models import ChurnModel, Tabular
from gnn.features.feature_set import FeatureSet, standardised
from gnn.features.history import Floats
from gnn.features.scaler import Scaler
from gnn.features.table import FeatureTable
from gnn.geometric import HeteroData
from gnn.learn.leafwise import Leafwise


@dataclass(frozen=True)
class Information:
    """One kind of information: names of features, and the node or edge types whose messages carry it."""

    features: tuple[str, ...]
    senders: tuple[str, ...] = ()


def contributions(
    model: ChurnModel, features: FeatureSet, kinds: Mapping[str, Information], slope: float
) -> dict[str, Floats]:
    """Per kind of information its share of every customer's calibrated log-odds [customers].

    Of LightGBM's trees the share is exact: the sum of the contributions of the kind's features.
    """
    if isinstance(model, Tabular) and isinstance(model.model, Leafwise):
        return _exact(model.model, features.table, kinds, slope)
    whole = model.logits(features)
    return {
        name: (slope * (whole - model.logits(Occluded(features, kind)))).astype(np.float32)
        for name, kind in kinds.items()
    }


def _exact(
    trees: Leafwise, table: FeatureTable, kinds: Mapping[str, Information], slope: float
) -> dict[str, Floats]:
    parts = trees.contributions(table.values)
    return {
        name: np.float32(slope)
        * parts[:, [table.names.index(f) for f in kind.features if f in table.names]].sum(axis=1)
        for name, kind in kinds.items()
    }


@dataclass(frozen=True)
class Occluded:
    """A feature set without one kind of information."""

    whole: FeatureSet
    hidden: Information

    @cached_property
    def table(self) -> FeatureTable:
        """The features with the hidden ones at their median."""
        table, known = self.whole.table, self.whole.history.has_order
        values = table.values.copy()
        places = [table.names.index(name) for name in self.hidden.features if name in table.names]
        values[:, places] = np.median(values[known][:, places], axis=0) if known.any() else 0.0
        return replace(table, values=values)

    def graph(self, scaler: Scaler) -> HeteroData:
        """The graph with silent senders."""
        structure = copy(self.whole.structure)
        for edge in structure.edge_types:
            if edge[0] in self.hidden.senders or edge[1] in self.hidden.senders:
                structure[edge].edge_weight = torch.zeros_like(structure[edge].edge_weight)
                structure[edge].messages = structure[edge].messages.silent()
        return standardised(structure, self.table, scaler)
