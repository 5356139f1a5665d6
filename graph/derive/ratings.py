"""The worst and the best rating of tickets: what a bad one is on the scale of their source."""

from datetime import datetime

import duckdb

from graph.derive.calibration import keep_run
from graph.moment import naive
from graph.sql import statement
from graph.sql.run import rows
from graph.store import Store

RATINGS = "ticket-ratings"
"""The `Run` node that names them."""


def derive_ratings(store: Store, connection: duckdb.DuckDBPyConnection, now: datetime) -> None:
    """Keep the range of the ratings given up to `now`."""
    found = next(rows(connection, statement("ticket.ratings", now=naive(now))))
    keep_run(store, RATINGS, "ratings", now, found, "done")
