"""Objects of kinds that a company declares itself: what is declared of them, and those of a customer."""

from graph.item.kind import FieldOf, Kind, attributes_id, attributes_of, declared_kinds, kind_of, typed
from graph.item.read import Item, ItemPage, items_of_each

__all__ = [
    "FieldOf", "Item", "ItemPage", "Kind", "attributes_id", "attributes_of", "declared_kinds",
    "items_of_each", "kind_of", "typed",
]  # fmt: skip
