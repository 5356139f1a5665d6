"""What is offered: products and campaigns."""

from typing import ClassVar

from graph.model.base import Instant, Node


class Product(Node):
    """Something we sell."""

    label: ClassVar[str] = "Product"
    key: ClassVar[str] = "product_id"
    mutable: ClassVar[bool] = True

    product_id: str
    name: str
    family: str | None = None
    list_price: float | None = None
    currency: str | None = None
    url: str | None = None
    image: str | None = None
    active: bool | None = None


class Campaign(Node):
    """A marketing campaign."""

    label: ClassVar[str] = "Campaign"
    key: ClassVar[str] = "campaign_id"
    mutable: ClassVar[bool] = True

    campaign_id: str
    name: str
    channel: str | None = None
    starts_at: Instant | None = None
    ends_at: Instant | None = None
