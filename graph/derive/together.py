"""BOUGHT_WITH and the popular products: what is bought together, and by most customers; caches of today."""

from datetime import datetime

import duckdb

from graph.batches import batches
from graph.derive.calibration import keep_run
from graph.derive.report import Counts
from graph.moment import naive
from graph.sql import statement
from graph.sql.run import make, rows
from graph.store import Store

POPULAR = "popular-products"
"""The `Run` node that names them."""
FEWEST = 3
"""Customers from which on something is told of what they buy."""
WIDEST = 200
"""Products of a customer who still tells what goes together; pairs grow with their square."""
SMOOTHING = 5.0
"""Customers by which both counts of a lift are raised."""
KEPT = 20
"""Others of a product, and popular products, that are kept."""
PAGE = 2_000

Pair = tuple[str, str]
Told = tuple[int, float, int]


def derive_together(store: Store, connection: duckdb.DuckDBPyConnection, now: datetime) -> Counts:
    """Make BOUGHT_WITH and the popular products those of all order lines up to `now`."""
    make(connection, "purchase_scope", statement("touched.live"))
    make(connection, "purchase_wanted", statement("purchase.wanted", now=naive(now)))
    popular = list(rows(connection, statement("purchase.popular", fewest=FEWEST, kept=KEPT)))
    keep_run(store, POPULAR, "popular", now, {"products": popular}, "done")
    wanted, standing = _wanted(connection), _standing(store)
    changed = [pair for pair, told in wanted.items() if standing.get(pair) != told]
    for page in batches(changed, PAGE):
        store.upsert_parts("BOUGHT_WITH", "Product", "Product", [_row(pair, wanted[pair]) for pair in page])
    gone = sorted(standing.keys() - wanted.keys())
    for page in batches(gone, PAGE):
        store.write("derive.drop_together", pairs=[{"one": one, "other": other} for one, other in page])
    return Counts(len(wanted), len(changed), len(gone))


def _wanted(connection: duckdb.DuckDBPyConnection) -> dict[Pair, Told]:
    query = statement("purchase.together", fewest=FEWEST, widest=WIDEST, smoothing=SMOOTHING, kept=KEPT)
    return {
        (row["one"], row["other"]): (row["customers"], row["lift"], row["rank"])
        for row in rows(connection, query)
    }


def _standing(store: Store) -> dict[Pair, Told]:
    return {
        (row["one"], row["other"]): (row["customers"], row["lift"], row["rank"])
        for row in store.read("derive.standing_together")
    }


def _row(pair: Pair, told: Told) -> dict[str, object]:
    customers, lift, rank = told
    return {"start": pair[0], "end": pair[1], "props": {"customers": customers, "lift": lift, "rank": rank}}
