"""Cross-sell as a link task: candidate scorers, mixed per customer by what the graph says about the customer.

score(u, i) = Σ_k (w_k + gate_k(z_u)) · scorer_k(u, i) + query(z_u) · key(z_i) + bias(z_i)

where z are the encoder's vectors. Gate, keys and bias begin at zero, so the network starts as the plain
weighted pool of scorers and departs from it only as far as the training windows bear it out.
"""

import torch
from torch import Tensor, nn

from gnn.cross_sell.scorers import SCORERS
from gnn.geometric import HeteroData
from gnn.learn.encoder import Encoder

WIDTH = 64
"""Also the length of the customers' embedding in the graph."""
MATCH = 32
ROUNDS = 2
DROPOUT = 0.2


class RankNet(nn.Module):
    """Graph and candidates → one score per candidate."""

    def __init__(self, customer_features: int, products: int) -> None:
        super().__init__()
        self.encoder = Encoder(customer_features, WIDTH, ROUNDS, DROPOUT, ("customer", "product"))
        self.identity = nn.Embedding(products + 1, WIDTH, padding_idx=0)
        self.weights = nn.Parameter(torch.zeros(len(SCORERS)))
        self.gate = nn.Linear(WIDTH, len(SCORERS))
        self.query = nn.Linear(WIDTH, MATCH)
        self.key = nn.Linear(WIDTH, MATCH, bias=False)
        self.bias = nn.Linear(WIDTH, 1)
        nn.init.normal_(self.identity.weight, std=0.05)
        for layer in (self.gate, self.key, self.bias):
            nn.init.zeros_(layer.weight)
        nn.init.zeros_(self.gate.bias)

    def encode(self, data: HeteroData, identities: Tensor) -> tuple[Tensor, Tensor]:
        """Vectors of customers [n, 64] and products [m, 64]; `identities` [m] are 0 for unknown products."""
        hidden = self.encoder(data, {"product": self.identity(identities)})
        return hidden["customer"], hidden["product"]

    def forward(self, customers: Tensor, products: Tensor, columns: Tensor, values: Tensor) -> Tensor:
        """Scores [b, C] of candidates `columns` [b, C] with scorer `values` [b, C, K].

        Every customer is matched with all `products` [m, 64] at once, which is faster than candidate by
        candidate: hand in those that are a candidate at all (`distinct`).
        """
        mix = self.weights + self.gate(customers)
        pooled = torch.einsum("bck,bk->bc", values, mix)
        matched = self.query(customers) @ self.key(products).T + self.bias(products).T
        scores: Tensor = pooled + matched.gather(1, columns)
        return scores


def distinct(columns: Tensor) -> tuple[Tensor, Tensor]:
    """The products that are a candidate at all, rising [m], and each candidate's place among them [b, C]."""
    used, places = torch.unique(columns, return_inverse=True)
    return used, places


def listwise_loss(scores: Tensor, real: Tensor, bought: Tensor) -> Tensor:
    """Mean over customers of the mean negative log-softmax of what they bought among the real candidates."""
    log_share = torch.log_softmax(scores.masked_fill(~real, -1e9), dim=1)
    return -((log_share * bought).sum(dim=1) / bought.sum(dim=1)).mean()
