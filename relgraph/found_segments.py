"""Segments found by k-means over the profiles of customers, from the history into the graph."""

from datetime import datetime

import duckdb
import numpy as np

from graph.derive.found_segments import FoundSegment, keep_found
from graph.derive.report import Counts
from graph.moment import naive
from graph.sql import statement
from graph.sql.run import execute
from graph.store import Store


def derive_found_segments(store: Store, connection: duckdb.DuckDBPyConnection, now: datetime) -> Counts:
    """Find segments among the customers of the table `customer_profile`, and keep them."""
    from gnn.segments import find_segments, words  # noqa: PLC0415 - needs scikit-learn, which may be absent

    result = execute(connection, statement("profile.columns", now=naive(now)))
    names = [column for column, *_ in result.description or ()][1:]
    rows = result.fetchall()
    columns = np.array([row[1:] for row in rows], dtype=np.float64).reshape(len(rows), len(names))
    told = []
    for one in find_segments(columns):
        ids = frozenset(rows[place][0] for place in one.members)
        told.append(
            FoundSegment(
                **words(one, names, columns)._asdict(),
                silhouette=one.silhouette,
                stability=one.stability,
                customer_ids=ids,
            )
        )
    return keep_found(store, told, names, now)[1]
