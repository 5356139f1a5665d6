"""What is offered, and on what grounds."""

from dataclasses import dataclass
from typing import Literal

from graph.alert.playbook import Language
from graph.packaged import packaged_yaml
from graph.score_view.model import ProductReason

Ground = Literal["model", "bought_together", "popular"]
"""The trained model's, what the same customers buy, or, where neither says anything, what most buy."""


BY_MODEL, BY_PRODUCT = "r:", "p:"
"""How a served id begins: a stored recommendation, or a product that was looked up."""


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

    recommendation_id: of the model's. why: the model's first reason. fallback: why a simpler method stood in
    for the model (`no_history`, `few_purchases`). customers: how many bought it, with `beside` where that is
    what it goes with.
    """

    product: OfferedProduct
    ground: Ground
    recommendation_id: str | None = None
    why: ProductReason | None = None
    fallback: str | None = None
    customers: int | None = None
    beside: str | None = None

    @property
    def served_id(self) -> str:
        """What to name it by when saying what came of it."""
        own = self.recommendation_id
        return f"{BY_MODEL}{own}" if own else f"{BY_PRODUCT}{self.product.product_id}"

    def sentence(self, language: Language) -> str | None:
        """Why it is offered; of a model's offer that was kept as text only, that text."""
        if self.ground == "model":
            return self.why.told(language) if self.why else None
        texts = packaged_yaml("graph.offers", "grounds.yml")[self.ground]
        return str(texts[language]).format(customers=self.customers, beside=self.beside)


def served(served_id: str) -> tuple[str | None, str | None]:
    """The recommendation or the product that a served id names; both None for another text."""
    if served_id.startswith(BY_MODEL):
        return served_id.removeprefix(BY_MODEL), None
    if served_id.startswith(BY_PRODUCT):
        return None, served_id.removeprefix(BY_PRODUCT)
    return None, None
