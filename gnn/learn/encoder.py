"""A heterogeneous graph encoder: per node type a linear map in, then rounds of messages over every edge type.

GraphConv (Morris et al., AAAI 2019) per edge type with given edge weights, summed over the types that end in
a node (as in R-GCN, Schlichtkrull et al., 2018), with a residual connection and layer normalisation.
"""

import warnings

import torch
from torch import Tensor, nn

from gnn.features.graph import CONTACT_FEATURES, EDGES, PRODUCT_FEATURES, TICKET_FEATURES, Edge
from gnn.features.messages import Messages
from gnn.geometric import GraphConv, HeteroConv, HeteroData

NODE_TYPES = ("customer", "product", "contact", "ticket", "industry")
MAX_OVER = ("contact",)
"""Messages from these are combined by their maximum: one lost champion counts, however many others stay."""


class Encoder(nn.Module):
    """Node features → hidden vectors of `width` per node type; the last round reaches the types in `ends`."""

    def __init__(
        self, customer_features: int, width: int, rounds: int, dropout: float, ends: tuple[str, ...]
    ) -> None:
        super().__init__()
        sizes = (customer_features, PRODUCT_FEATURES, CONTACT_FEATURES, TICKET_FEATURES, 1)
        self.enter = nn.ModuleDict(
            {name: nn.Linear(size, width) for name, size in zip(NODE_TYPES, sizes, strict=True)}
        )
        targets = [NODE_TYPES] * (rounds - 1) + [ends]
        self.rounds = nn.ModuleList(_round(width, into) for into in targets)
        self.norms = nn.ModuleList(
            nn.ModuleDict({name: nn.LayerNorm(width) for name in into}) for into in targets
        )
        self.dropout = nn.Dropout(dropout)

    def forward(self, data: HeteroData, extra: dict[str, Tensor] | None = None) -> dict[str, Tensor]:
        """Hidden vectors [nodes, width] per type; `extra` is added to the entering vectors of its types."""
        hidden = {name: layer(data[name].x) for name, layer in self.enter.items()}
        for name, value in (extra or {}).items():
            hidden[name] = hidden[name] + value
        hidden = {name: self.dropout(torch.relu(value)) for name, value in hidden.items()}
        for conv, norms in zip(self.rounds, self.norms, strict=True):
            heard = conv(hidden, _edges(data), edge_weight_dict=data.edge_weight_dict)
            hidden |= {
                name: hidden[name] + self.dropout(torch.relu(norm(heard[name])))
                for name, norm in norms.items()  # type: ignore[operator]  # torch types a module's parts as Tensor | Module
            }
        return hidden


class WeightedSum(GraphConv):  # type: ignore[misc]  # torch-geometric gives it no types
    """GraphConv by addition, whose sum over the neighbours is one sparse product."""

    def forward(self, x: Tensor | tuple[Tensor, Tensor], edge_index: Messages, **_: Tensor) -> Tensor:
        """Vectors [destinations, width] from those of sources and destinations."""
        sources, targets = (x, x) if isinstance(x, Tensor) else x
        heard: Tensor = self.lin_rel(edge_index(sources)) + self.lin_root(targets)
        return heard


def _edges(data: HeteroData) -> dict[Edge, Tensor | Messages]:
    """Per edge type what its convolution reads."""
    return {
        edge: data[edge].edge_index if edge[0] in MAX_OVER else data[edge].messages
        for edge in data.edge_types
    }


def _round(width: int, into: tuple[str, ...]) -> HeteroConv:
    convs = {
        edge: GraphConv(width, width, aggr="max") if edge[0] in MAX_OVER else WeightedSum(width, width)
        for edge in EDGES
        if edge[2] in into
    }
    with warnings.catch_warnings():
        # the last round leaves some types as they are, on purpose
        warnings.simplefilter("ignore", UserWarning)
        return HeteroConv(convs, aggr="sum")
