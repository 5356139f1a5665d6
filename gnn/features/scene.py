"""One past with everything that models look at, computed once: features, channels and graph."""

from copy import copy
from dataclasses import dataclass
from functools import cached_property

import pandas as pd
import torch

from gnn.features.channels import Channels
from gnn.features.frame import Frame, common_industries, frame
from gnn.features.graph import hetero_graph
from gnn.features.past import Past
from gnn.features.people import People
from gnn.features.scaler import Scaler
from gnn.geometric import HeteroData
from gnn.snapshot.cut import cut
from gnn.snapshot.tables import Log


@dataclass(frozen=True)
class Scene:
    """What is known at one cut-off."""

    past: Past
    industries: tuple[str, ...]

    @cached_property
    def people(self) -> People:
        """The customers' contacts and our talks with them."""
        return People(self.past)

    @cached_property
    def frame(self) -> Frame:
        """Features of every customer."""
        return frame(self.past, self.people, self.industries)

    @cached_property
    def channels(self) -> Channels:
        """What speaks for each product for each customer."""
        return Channels(self.past)

    def graph(self, scaler: Scaler) -> HeteroData:
        """The heterogeneous graph, customers' features standardised by `scaler`."""
        graph = copy(self.structure)
        graph["customer"].x = torch.from_numpy(scaler(self.frame.values))
        return graph

    @cached_property
    def structure(self) -> HeteroData:
        """The graph with the customers' features as they are, not standardised."""
        return hetero_graph(self.past, self.frame.values, self.people, self.channels)


def scene(
    log: Log, cutoff: pd.Timestamp, horizon: pd.Timedelta, industries: tuple[str, ...] | None = None
) -> Scene:
    """The scene just before `cutoff`; without `industries` its own frequent ones become columns."""
    past = Past(cut(log, cutoff), cutoff, horizon)
    return Scene(past, common_industries(past) if industries is None else industries)
