"""Making the table `customer_profile` of a history, for all customers at once (`graph/sql/profile`)."""

from collections.abc import Iterable
from datetime import datetime, timedelta

import duckdb
import pyarrow as pa

from graph.model import Profile
from graph.moment import naive
from graph.rhythm import make_rhythm
from graph.sql import statement
from graph.sql.run import append, make

YEAR_DAYS, WINDOW_DAYS, HALF_LIFE_DAYS = 365, 730, 365
"""Of figures per year; of RFM frequency and value, and of closed deals; of the value that fades with age."""
ACTIVE_LEAST, ACTIVE_MOST, ACTIVE_RHYTHMS = 90, 365, 3
"""Days after the last order for which a customer is active: three usual distances, within these bounds."""
GROUPS = pa.schema({name: pa.string() for name in ("customer_id", "kind", "group_id")})
"""What a customer belongs to: kind is tag, segment or band (of the churn score)."""
COLUMNS = tuple(
    name for name in Profile.model_fields if name not in {"ended_at", "attributes", "customer_id", "inferred"}
)
"""The figures that a Profile keeps, by their columns in the table."""


def make_profiles(connection: duckdb.DuckDBPyConnection, now: datetime, groups: pa.Table) -> None:
    """Make `customer_profile` as of `now`: a row per customer that has not ended. groups: as GROUPS.

    Beside it `customer_item`: a row for each link of an item to a customer.
    """
    moment, year, window = naive(now), YEAR_DAYS, WINDOW_DAYS
    make_rhythm(connection, now)
    for table, made in (
        ("profile_talk", statement("profile.talks", now=moment, year=year)),
        ("profile_purchase", statement("profile.purchases", now=moment)),
        (
            "profile_amount",
            statement("profile.amounts", now=moment, year=year, window=window, half_life=HALF_LIFE_DAYS),
        ),
        ("profile_order", statement("profile.orders", now=moment, year=year, window=window)),
        ("profile_habit", statement("profile.habits", now=moment, year=year)),
        ("profile_deal", statement("profile.deals", now=moment, year=year, window=window)),
        ("profile_service", statement("profile.service", now=moment, year=year)),
        ("profile_payment", statement("profile.payments", now=moment, year=year)),
        ("profile_touch", statement("profile.touches", now=moment, year=year)),
        ("profile_people", statement("profile.people", now=moment, year=year)),
        ("customer_item", statement("profile.items", now=moment)),
    ):
        make(connection, table, made)
    regroup(connection, now, groups)


def faded_by(age: timedelta) -> float:
    """What is left of a weighted value after so long: a half after HALF_LIFE_DAYS."""
    return float(0.5 ** (age / timedelta(days=HALF_LIFE_DAYS)))


def regroup(connection: duckdb.DuckDBPyConnection, now: datetime, groups: pa.Table) -> None:
    """Make `customer_profile` anew with other groups; `make_profiles` has made the rest."""
    append(connection, "profile_group", groups, anew=True)
    rule = {"active_least": ACTIVE_LEAST, "active_most": ACTIVE_MOST, "active_rhythms": ACTIVE_RHYTHMS}
    make(connection, "customer_profile", statement("profile.stated", now=naive(now), **rule))


def group_rows(rows: Iterable[tuple[str, str, str]]) -> pa.Table:
    """Groups from (customer, kind, group) triples."""
    columns = list(zip(*rows, strict=True)) or [(), (), ()]
    return pa.Table.from_arrays([pa.array(column, pa.string()) for column in columns], schema=GROUPS)
