"""Profiles: the figures of every customer, written where one has changed."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

import duckdb

from graph.batches import batches
from graph.customer_profile import COLUMNS
from graph.derive.report import Counts
from graph.moment import in_utc
from graph.sql import Sql, fill, listed, name
from graph.sql.run import rows
from graph.store import Store

DROP = 2000


def derive_profiles(store: Store, connection: duckdb.DuckDBPyConnection) -> Counts:
    """Make the Profile nodes hold what the table `customer_profile` says."""
    standing = {row["props"]["customer_id"]: row["props"] for row in store.stream("profile_figures.standing")}
    wanted = {row["customer_id"]: row for row in _table(connection)}
    changed = [key for key, row in wanted.items() if _differs(row, standing.get(key))]
    store.upsert_nodes("Profile", ({"id": key, "props": _plain(wanted[key])} for key in changed))
    gone = sorted(standing.keys() - wanted.keys())
    for batch in batches(gone, DROP):
        store.write("profile_figures.drop", ids=batch)
    return Counts(len(wanted), len(changed), len(gone))


def _table(connection: duckdb.DuckDBPyConnection) -> Iterator[dict[str, Any]]:
    columns = listed(map(name, ("customer_id", *COLUMNS)))
    for row in rows(connection, fill("SELECT {c} FROM {t}", c=columns, t=Sql("customer_profile"))):
        yield {key: _value(value) for key, value in row.items()}


def _value(value: Any) -> Any:
    """As the graph gives it back: moments in UTC, no list for an empty one."""
    if isinstance(value, datetime):
        return in_utc(value)
    return (value or None) if isinstance(value, list) else value


def _differs(row: Mapping[str, Any], standing: Mapping[str, Any] | None) -> bool:
    return standing is None or any(row[column] != _value(standing.get(column)) for column in COLUMNS)


def _plain(row: Mapping[str, Any]) -> dict[str, Any]:
    return {
        column: row[column].isoformat() if isinstance(row[column], datetime) else row[column]
        for column in COLUMNS
    }
