"""A heterogeneous graph encoder: per node type a linear map in, then rounds of messages over every edge type.

GraphConv (Morris et al., AAAI 2019) per edge type with given edge weights, summed over the types that end in
a node (as in R-GCN, Schlichtkrull et al., 2018), with a residual connection and layer normalisation.
"""

import warnings

import torch
from torch import Tensor, nn

from gnn.features.graph import CONTACT_FEATURES, EDGES, PRODUCT_FEATURES, TICKET_FEATURES
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
            messages = conv(hidden, data.edge_index_dict, edge_weight_dict=data.edge_weight_dict)
            hidden |= {
                name: hidden[name] + self.dropout(torch.relu(norm(messages[name])))
                for name, norm in norms.items()  # type: ignore[operator]  # torch types a module's parts as Tensor | Module
            }
        return hidden


def _round(width: int, into: tuple[str, ...]) -> HeteroConv:
    convs = {
        edge: GraphConv(width, width, aggr="max" if edge[0] in MAX_OVER else "add")
        for edge in EDGES
        if edge[2] in into
    }
    with warnings.catch_warnings():
        # the last round leaves some types as they are, on purpose
        warnings.simplefilter("ignore", UserWarning)
        return HeteroConv(convs, aggr="sum")
