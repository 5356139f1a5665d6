"""Products that may be offered: what is on sale, what is not for a customer, and what most customers buy."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson

from graph.offers.model import OfferedProduct
from graph.service import GraphStore


@dataclass(frozen=True, slots=True)
class Popular:
    """The products that most customers buy, most buyers first, as the last derive left them.

    ranked: `product_id` and `buyers`, of later runs also `customers`, all with purchases. learned: whether a
    model has recommended anything.
    """

    ranked: Sequence[Mapping[str, Any]]
    derived_at: datetime
    learned: bool


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Which products a customer has bought, and which were dismissed when they were offered."""

    bought: frozenset[str] = frozenset()
    dismissed: frozenset[str] = frozenset()

    def fresh(self, products: Mapping[str, OfferedProduct]) -> dict[str, OfferedProduct]:
        """The products that were neither, in their order."""
        return {one: product for one, product in products.items() if one not in self.bought | self.dismissed}


async def popular(store: GraphStore) -> Popular | None:
    """What most customers buy; None where nothing was derived."""
    rows = await store.read("offer.popular")
    if not rows:
        return None
    ranked = orjson.loads(rows[0]["report"])["products"]
    return Popular(ranked, rows[0]["derived_at"], bool(rows[0]["learned"]))


async def on_sale(store: GraphStore, ids: Sequence[str], now: datetime) -> dict[str, OfferedProduct]:
    """Those of the products that are sold, in their order."""
    rows = await store.read("offer.products", product_ids=list(ids), as_of=now.isoformat()) if ids else []
    found = {row["product"]["product_id"]: OfferedProduct(**row["product"]) for row in rows}
    return {one: found[one] for one in ids if one in found}


async def left_out(
    store: GraphStore, customer_ids: Sequence[str], ids: Sequence[str], now: datetime, viewer: str | None
) -> dict[str, LeftOut]:
    """Per customer that the viewer sees which of the products are not for it."""
    rows = await store.read(
        "offer.left_out", customer_ids=list(customer_ids), product_ids=list(ids), as_of=now.isoformat(),
        viewer=viewer or "",
    )  # fmt: skip
    return {
        row["customer_id"]: LeftOut(frozenset(row["bought"]), frozenset(row["dismissed"])) for row in rows
    }
