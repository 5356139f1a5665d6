"""BOUGHT: what a customer bought of a product, net of returns: a cache of today."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from graph.derive.report import Counts
from graph.store import Store

Pair = tuple[str, str]


def derive_purchases(store: Store, customer_ids: Sequence[str], now: datetime) -> Counts:
    """Make BOUGHT of these customers hold exactly what their order lines up to `now` add up to.

    A product that was wholly returned, or never sold, is not bought.
    """
    scope = {"customer_ids": list(customer_ids)}
    lines = store.read("derive.bought", **scope, now=now.isoformat())
    wanted = {_pair(row): _values(row) for row in lines if row["orders"] > 0 and row["quantity"] > 0}
    standing = {_pair(row): _values(row) for row in store.read("derive.standing_bought", **scope)}
    changed = [pair for pair, values in wanted.items() if values != standing.get(pair)]
    gone = sorted(standing.keys() - wanted.keys())
    if changed:
        rows = [{"start": pair[0], "end": pair[1], "props": wanted[pair]} for pair in changed]
        store.upsert_parts("BOUGHT", "Customer", "Product", rows)
    if gone:
        pairs = [{"customer_id": customer, "product_id": product} for customer, product in gone]
        store.write("derive.drop_bought", pairs=pairs)
    return Counts(len(wanted), len(changed), len(gone))


def _pair(row: Mapping[str, Any]) -> Pair:
    return row["customer_id"], row["product_id"]


def _values(row: Mapping[str, Any]) -> dict[str, Any]:
    """Sums are rounded to a millionth: engines add in no fixed order, and the same must stay the same."""
    amount = row["amount"]
    sums = {
        "quantity": round(row["quantity"], 6),
        "amount": None if amount is None else round(amount, 6),
    }
    return sums | {"orders": row["orders"], "first_at": row["first_at"], "last_at": row["last_at"]}
