"""By which of several numbers and addresses a row is compared."""

from collections.abc import Iterator

import duckdb
import pytest

from graph.sql import fill, listed, name
from graph.sql.run import execute
from ingest.resolve.compared import compared_values

Row = tuple[str, str | None, list[str] | None, str | None, list[str] | None]


@pytest.fixture
def history() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        connection.execute(
            """CREATE TABLE node_contact (contact_id VARCHAR, name VARCHAR, email VARCHAR,
            other_emails VARCHAR[], phone VARCHAR, other_phones VARCHAR[], mobile VARCHAR,
            other_mobiles VARCHAR[], ended_at TIMESTAMP)"""
        )
        yield connection


def compared_by(history: duckdb.DuckDBPyConnection, field: str, *rows: Row) -> list[str | None]:
    """What each row is compared by, in their order."""
    for row in rows:
        history.execute("INSERT INTO node_contact VALUES (?, NULL, ?, ?, ?, ?, NULL, NULL, NULL)", list(row))
    found = listed(fill("{v} AS {n}", v=v, n=name(n)) for n, v in compared_values(history, "Contact").items())
    query = fill("SELECT {f} FROM (SELECT contact_id, {v} FROM node_contact) ORDER BY contact_id",
                 f=name(field), v=found)  # fmt: skip
    return [value for (value,) in execute(history, query).fetchall()]


def test_the_address_that_another_has_is_compared(history: duckdb.DuckDBPyConnection) -> None:
    rows: tuple[Row, ...] = (
        ("a", "a@x.example", ["B@x.example", "c@x.example"], None, None),
        ("b", "b@x.example", None, None, None),
        ("c", "c@x.example", None, None, None),
        ("d", None, ["d@x.example"], None, None),
    )
    assert compared_by(history, "email", *rows) == ["B@x.example", "b@x.example", "c@x.example", None]


def test_an_extension_hides_no_shared_number(history: duckdb.DuckDBPyConnection) -> None:
    rows: tuple[Row, ...] = (
        ("a", None, None, "13800138000", ["010-62345678转803"]),
        ("b", None, None, "010 62345678", None),
        ("c", None, None, "+49 731 1234567", ["0731 7654321 x12"]),
        ("d", None, None, "0731 7654321", None),
    )
    found = compared_by(history, "phone", *rows)
    assert found == ["010-62345678转803", "010 62345678", "0731 7654321 x12", "0731 7654321"]


def test_a_short_number_is_none(history: duckdb.DuckDBPyConnection) -> None:
    """Many places have an extension 12345."""
    rows: tuple[Row, ...] = (
        ("a", None, None, "+49 731 1234567", ["18365"]),
        ("b", None, None, "18365", None),
    )
    assert compared_by(history, "phone", *rows) == ["+49 731 1234567", "18365"]
