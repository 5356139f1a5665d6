"""What the learned models wrote into the graph, as values."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from graph.alert.playbook import Language
from graph.score_view.words import Clause, in_words


@dataclass(frozen=True, slots=True)
class Evidence:
    """A typed id that a reason rests on, such as `Ticket` / `desk:417`."""

    kind: str
    id: str


@dataclass(frozen=True, slots=True)
class RiskReason:
    """Why the risk is what it is; `contribution` is signed, in the model's own unit (log-odds)."""

    text: str
    feature: str | None
    value: float | str | None
    contribution: float
    evidence: tuple[Evidence, ...]
    said: tuple[Clause, ...] = ()
    """The text as clauses; none of a reason that was kept as text only."""

    def told(self, language: Language) -> str:
        """The reason as a sentence; in its own language where it was kept as text only."""
        return in_words(self.said, language) or self.text


Band = Literal["high", "medium", "low"]
"""How high a risk is, in a word."""


@dataclass(frozen=True, slots=True)
class Risk:
    """The newest score of one task that existed at the moment of reading."""

    score_id: str
    task: str
    probability: float
    percentile: float
    band: Band
    horizon_days: int
    scored_at: datetime
    as_of: datetime
    model_id: str
    reasons: tuple[RiskReason, ...]


@dataclass(frozen=True, slots=True)
class PathNode:
    """A node on the way from the customer to the product."""

    kind: str
    id: str
    label: str


@dataclass(frozen=True, slots=True)
class ProductReason:
    """Why a product is suggested."""

    text: str
    contribution: float
    path: tuple[PathNode, ...]
    said: tuple[Clause, ...] = ()

    def told(self, language: Language) -> str:
        """The reason as a sentence; in its own language where it was kept as text only."""
        return in_words(self.said, language) or self.text


@dataclass(slots=True, unsafe_hash=True)  # made by the hundred: see profile/model.py
class Suggestion:
    """A recommended product; without `model_id` no model made it, and its id is that of `served` offers."""

    recommendation_id: str
    product_id: str
    product_name: str
    family: str | None
    list_price: float | None
    currency: str | None
    url: str | None
    image: str | None
    rank: int
    score: float
    probability: float
    scored_at: datetime
    as_of: datetime
    model_id: str | None
    fallback: str | None
    reasons: tuple[ProductReason, ...]
