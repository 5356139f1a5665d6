"""What is offered, and on what grounds."""

from dataclasses import dataclass
from typing import Literal

Ground = Literal["model", "bought_together", "popular"]
"""The trained model's, what the same customers buy, or, where neither says anything, what most buy."""


@dataclass(frozen=True, slots=True)
class OfferedProduct:
    """A product as it is shown."""

    product_id: str
    name: str
    family: str | None = None
    list_price: float | None = None
    currency: str | None = None
    url: str | None = None
    image: str | None = None


@dataclass(frozen=True, slots=True)
class Offer:
    """A product with its ground.

    recommendation_id: of the model's. text: the model's first reason. customers: how many bought it, with
    `beside` where that is what it goes with.
    """

    product: OfferedProduct
    ground: Ground
    recommendation_id: str | None = None
    text: str | None = None
    customers: int | None = None
    beside: str | None = None
