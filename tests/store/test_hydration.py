"""Moments from the wire: ours equal the driver's, and a driver without that function is left as it is."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from neo4j import GraphDatabase
from neo4j.time import DateTime

from cypher import Query
from graph.store import Store, convert, hydration

MOMENT = Query("test.moment", "RETURN datetime($at) AS at", frozenset({"at"}), "read")
YEARS = st.integers(-62_135_596_800 + 86_400, 253_402_300_799 - 86_400)
"""Seconds from the year 1 to the year 9999, in any zone."""


@given(
    YEARS, st.integers(0, 999_999_999), st.sampled_from([None, 0, 28_800, -12_600, "UTC", "Asia/Shanghai"])
)
def test_ours_are_the_drivers(seconds: int, nanoseconds: int, zone: int | str | None) -> None:
    wire = (seconds, nanoseconds, zone)
    assert hydration.moment(*wire) == convert.moment(hydration.DRIVERS_OWN(*wire))
    assert hydration.moment(*wire).tzinfo is UTC


@pytest.mark.parametrize(
    "text", ["2024-02-29T23:59:59.123456Z", "1969-12-31T23:59:59Z", "2024-06-01T08:00:00+08:00"]
)
def test_a_store_reads_moments_as_datetimes(store: Store, text: str) -> None:
    (row,) = store.read(MOMENT, at=datetime.fromisoformat(text).astimezone(UTC).isoformat())
    assert row == {"at": datetime.fromisoformat(text)}
    assert row["at"].utcoffset() == timedelta(0)


def test_a_driver_can_be_left_as_it_comes(store: Store) -> None:
    endpoint = store.endpoint
    with GraphDatabase.driver(endpoint.uri, auth=endpoint.auth) as driver, driver.session() as session:
        with hydration.as_it_comes():
            (record,) = session.run("RETURN datetime('2024-06-01T08:00:00Z') AS at")
        assert isinstance(record["at"], DateTime)
    assert store.read(MOMENT, at="2024-06-01T08:00:00Z") == [{"at": datetime(2024, 6, 1, 8, tzinfo=UTC)}]
