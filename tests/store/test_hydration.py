"""Moments from the wire: ours equal the driver's, and no other driver of the process reads differently."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from neo4j import AsyncGraphDatabase, GraphDatabase
from neo4j._codec.hydration.bolt.v2.temporal import hydrate_datetime
from neo4j.time import DateTime

from cypher import Query
from graph.store import AsyncStore, Store, convert, hydration

MOMENT = Query("test.moment", "RETURN datetime($at) AS at", frozenset({"at"}), "read")
TEXT = "RETURN datetime('2024-06-01T08:00:00Z') AS at"
AT = datetime(2024, 6, 1, 8, tzinfo=UTC)
YEARS = st.integers(-62_135_596_800 + 86_400, 253_402_300_799 - 86_400)
"""Seconds from the year 1 to the year 9999, in any zone."""


@given(
    YEARS, st.integers(0, 999_999_999), st.sampled_from([None, 0, 28_800, -12_600, "UTC", "Asia/Shanghai"])
)
def test_ours_are_the_drivers(seconds: int, nanoseconds: int, zone: int | str | None) -> None:
    wire = (seconds, nanoseconds, zone)
    assert hydration.moment(*wire) == convert.moment(hydrate_datetime(*wire))  # type: ignore[no-untyped-call] # driver
    assert hydration.moment(*wire).tzinfo is UTC


@pytest.mark.parametrize(
    "text", ["2024-02-29T23:59:59.123456Z", "1969-12-31T23:59:59Z", "2024-06-01T08:00:00+08:00"]
)
def test_a_store_reads_moments_as_datetimes(store: Store, text: str) -> None:
    (row,) = store.read(MOMENT, at=datetime.fromisoformat(text).astimezone(UTC).isoformat())
    assert row == {"at": datetime.fromisoformat(text)}
    assert row["at"].utcoffset() == timedelta(0)


async def test_both_stores_make_moments_themselves(
    store: Store, astore: AsyncStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`convert` would turn the driver's own moments into the same answer, only slowly."""
    monkeypatch.setitem(convert._CONVERT, DateTime, lambda item: pytest.fail(f"the driver made {item!r}"))
    assert store.read(MOMENT, at=AT.isoformat()) == [{"at": AT}]
    assert await astore.read(MOMENT, at=AT.isoformat()) == [{"at": AT}]


async def test_a_driver_beside_ours_is_untouched(store: Store, astore: AsyncStore) -> None:
    assert store.read(MOMENT, at=AT.isoformat()) == await astore.read(MOMENT, at=AT.isoformat())
    endpoint = store.endpoint
    with GraphDatabase.driver(endpoint.uri, auth=endpoint.auth) as driver, driver.session() as session:
        (record,) = session.run(TEXT)
    assert isinstance(record["at"], DateTime)
    async with (
        AsyncGraphDatabase.driver(endpoint.uri, auth=endpoint.auth) as other,
        other.session() as asking,
    ):
        result = await asking.run(TEXT)
        assert isinstance((await result.single(strict=True))["at"], DateTime)


def test_a_driver_without_such_a_table_stays_as_it_is() -> None:
    class Later:
        """A driver whose pool keeps its connections elsewhere."""

    later = Later()
    hydration.read_moments(later)  # type: ignore[arg-type] # a driver of the future
    assert vars(later) == {}
