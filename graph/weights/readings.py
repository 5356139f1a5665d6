"""What health was read from on past days, and what became of the customers: what weights are fitted to."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

import duckdb

from graph.batches import batches
from graph.moment import naive
from graph.profile.read import ProfileRequest, profiles
from graph.service import run_sync
from graph.sql import statement
from graph.sql.run import rows
from graph.store import Store

YEAR_DAYS = 365
LEAST_EXPECTED = 1.0
"""Orders to be expected within the horizon, by the year before: of fewer a count tells nothing."""
BATCH = 100


@dataclass(frozen=True, slots=True)
class Reading:
    """A customer on a day: the parts of its health, 0…100, as they were known then, and what came.

    stayed: within the horizon after the day it ordered at least half as often as in the year before.
    """

    customer_id: str
    day: datetime
    parts: Mapping[str, float]
    stayed: bool


def readings(
    store: Store,
    connection: duckdb.DuckDBPyConnection,
    day: datetime,
    now: datetime,
    horizon_days: int,
    most: int,
) -> Iterator[Reading]:
    """Of a past day, at most `most` customers that ordered often enough in the year before it.

    The horizon must have passed by `now`. Customers without any part are left out.
    """
    asked = statement(
        "health.outcome",
        day=naive(day),
        horizon=horizon_days,
        year=YEAR_DAYS,
        least=LEAST_EXPECTED,
        most=most,
    )
    stayed = {row["customer_id"]: bool(row["stayed"]) for row in rows(connection, asked)}
    request = ProfileRequest(now, frozenset({"health"}), as_of=day)
    for batch in batches(sorted(stayed), BATCH):
        found = run_sync(store, profiles, customer_ids=batch, request=request)
        for customer_id, one in sorted(found.items()):
            if parts := one.parts["health"].parts:
                values: dict[str, float] = {part.name: part.value for part in parts}
                yield Reading(customer_id, day, values, stayed[customer_id])
