"""Churn as a node task: the encoder's customer vector beside a direct linear path from the features."""

from torch import Tensor, nn

from gnn.geometric import HeteroData
from gnn.learn.encoder import Encoder

WIDTH = 32
ROUNDS = 2
DROPOUT = 0.3


class ChurnNet(nn.Module):
    """Graph → one logit per customer; the linear path keeps it no weaker than a logistic regression."""

    def __init__(self, customer_features: int) -> None:
        super().__init__()
        self.encoder = Encoder(customer_features, WIDTH, ROUNDS, DROPOUT, ("customer",))
        self.direct = nn.Linear(customer_features, 1)
        self.head = nn.Sequential(
            nn.Linear(WIDTH, WIDTH), nn.ReLU(), nn.Dropout(DROPOUT), nn.Linear(WIDTH, 1)
        )

    def forward(self, data: HeteroData) -> Tensor:
        """Logits [customers]."""
        hidden = self.encoder(data)["customer"]
        logits: Tensor = self.direct(data["customer"].x) + self.head(hidden)
        return logits.squeeze(1)
