"""Objects of kinds that a company declares itself, such as its machines in the field or its competitors."""

from typing import ClassVar, Literal

from graph.model.base import Fact, Instant, Node


class Item(Node):
    """An object of a declared kind; what its kind has beside a name are custom attributes."""

    label: ClassVar[str] = "Item"
    key: ClassVar[str] = "item_id"
    mutable: ClassVar[bool] = True

    item_id: str
    kind: str
    """The id of its `ItemKind`."""
    name: str | None = None
    created_at: Instant | None = None
    """When it began: was installed, delivered, first met. Before it, it was not there."""


class ItemKind(Node):
    """A kind of items as its source's newest mapping declares it."""

    label: ClassVar[str] = "ItemKind"
    key: ClassVar[str] = "kind"

    kind: str
    name: str
    name_zh: str
    fields: str
    """The declared fields as JSON: a list of `graph.item.FieldOf`."""
    source: str | None = None
    """Whose mapping declared it first, and may change it."""


class LinkedTo(Fact):
    """An item has to do with another record: stands at a customer, competes for a deal, is a part."""

    type: ClassVar[str] = "LINKED_TO"
    ends: ClassVar[tuple[tuple[str, str], ...]] = (
        ("Item", "Customer"),
        ("Item", "Contact"),
        ("Item", "Product"),
        ("Item", "Order"),
        ("Item", "Ticket"),
        ("Item", "Opportunity"),
        ("Item", "Item"),
    )
    anchor: ClassVar[Literal["start", "end"]] = "start"

    relation: str | None = None
    """How, in a word of whoever loads it, such as `installed_at`."""
