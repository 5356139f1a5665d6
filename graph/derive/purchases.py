"""BOUGHT: what a customer bought of a product, net of returns: a cache of today."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import duckdb
import pyarrow as pa

from graph.batches import batches
from graph.derive.report import Counts
from graph.derive.scope import ids
from graph.moment import naive
from graph.sql import Sql, statement
from graph.sql.run import append, execute, make, rows
from graph.store import Store

PAGE = 2000
"""Customers whose standing purchases are read at once."""
STANDING = pa.schema(
    {
        "customer_id": pa.string(),
        "product_id": pa.string(),
        "orders": pa.int64(),
        "quantity": pa.float64(),
        "amount": pa.float64(),
        "first_at": pa.timestamp("us"),
        "last_at": pa.timestamp("us"),
    }
)


def derive_purchases(
    store: Store, connection: duckdb.DuckDBPyConnection, buyers: Sql, now: datetime
) -> Counts:
    """Make BOUGHT of the customers of a query hold exactly what their order lines up to `now` add up to.

    A product that was wholly returned, or never sold, is not bought.
    """
    make(connection, "purchase_scope", buyers)
    make(connection, "purchase_wanted", statement("purchase.wanted", now=naive(now)))
    _read_standing(store, connection)
    changed = execute(connection, statement("purchase.count")).fetchall()[0]
    store.upsert_parts("BOUGHT", "Customer", "Product", _changed(connection))
    gone = 0
    for pairs in batches(rows(connection, statement("purchase.gone")), PAGE):
        store.write("derive.drop_bought", pairs=pairs)
        gone += len(pairs)
    return Counts(changed[0], changed[1], gone)


def _read_standing(store: Store, connection: duckdb.DuckDBPyConnection) -> None:
    """Make `purchase_standing`: what stands in the graph."""
    append(connection, "purchase_standing", STANDING.empty_table(), anew=True)
    for page in batches(ids(connection, statement("purchase.scope")), PAGE):
        found = [_naive(row) for row in store.read("derive.standing_bought", customer_ids=page)]
        append(connection, "purchase_standing", pa.Table.from_pylist(found, STANDING))


def _naive(row: dict[str, Any]) -> dict[str, Any]:
    moments = {name: naive(datetime.fromisoformat(row[name])) for name in ("first_at", "last_at")}
    return row | moments


def _changed(connection: duckdb.DuckDBPyConnection) -> Iterator[dict[str, Any]]:
    for row in rows(connection, statement("purchase.changed")):
        start, end = row.pop("customer_id"), row.pop("product_id")
        moments = {name: f"{row[name].isoformat()}+00:00" for name in ("first_at", "last_at")}
        yield {"start": start, "end": end, "props": row | moments}
