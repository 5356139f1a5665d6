"""Profiles: the figures of every customer, written where one has changed."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import duckdb
import pyarrow as pa

from graph.backup.columns import model_schema
from graph.batches import batches
from graph.customer_profile import COLUMNS
from graph.derive.report import Counts
from graph.gap import packed_gaps
from graph.history.tables import naive_field
from graph.model import Profile
from graph.moment import in_utc, naive
from graph.sql import Sql, fill, listed, name
from graph.sql.run import append, execute, first, make, rows
from graph.store import Store

PAGE = 2000
"""Profiles that are in Python at a time."""


SCHEMA = pa.schema(
    [
        naive_field(field)
        for field in model_schema(Profile, (Profile.key,))
        if field.name in {Profile.key, *COLUMNS, "inferred"}
    ]
)
"""A profile as the graph holds it; moments are naive UTC."""


def derive_profiles(store: Store, connection: duckdb.DuckDBPyConnection) -> Counts:
    """Make the Profile nodes hold what the table `customer_profile` says."""
    _read_standing(store, connection)
    _want(connection)
    make(connection, "profile_changed", Sql("FROM profile_wanted EXCEPT FROM profile_standing"))
    changed = map(_row, rows(connection, Sql("FROM profile_changed")))
    written = store.upsert_nodes("Profile", changed)
    gone = _gone(connection)
    for batch in batches(gone, PAGE):
        store.write("profile_figures.drop", ids=batch)
    wanted = first(connection, Sql("SELECT count(*) FROM profile_wanted")) or (0,)
    return Counts(wanted[0], written, len(gone))


def _read_standing(store: Store, connection: duckdb.DuckDBPyConnection) -> None:
    """Make `profile_standing`: what stands in the graph."""
    append(connection, "profile_standing", SCHEMA.empty_table(), anew=True)
    for page in batches(store.stream("profile_figures.standing"), PAGE):
        found = [{key: _kept(value) for key, value in row["props"].items()} for row in page]
        append(connection, "profile_standing", pa.Table.from_pylist(found, SCHEMA))


def _want(connection: duckdb.DuckDBPyConnection) -> None:
    """Make `profile_wanted`: what is to stand."""
    append(connection, "profile_wanted", SCHEMA.empty_table(), anew=True)
    append(connection, "profile_inferred", _inferred(connection), anew=True)
    columns = listed(_unless_empty(field) for field in SCHEMA)
    execute(connection, fill(
        "INSERT INTO profile_wanted BY NAME"
        " SELECT {c} FROM customer_profile LEFT JOIN profile_inferred USING ({k})",
        c=columns, k=name(Profile.key),
    ))  # fmt: skip


def _inferred(connection: duckdb.DuckDBPyConnection) -> pa.Table:
    """What gaps of each customer are filled with."""
    columns = list(zip(*packed_gaps(connection), strict=True)) or [(), ()]
    arrays = [pa.array(column, pa.string()) for column in columns]
    return pa.Table.from_arrays(arrays, names=[Profile.key, "inferred"])


def _unless_empty(field: pa.Field) -> Sql:
    """The column; an empty list is none, as in the graph."""
    column = name(field.name)
    if not pa.types.is_list(field.type):
        return column
    return fill("CASE WHEN len({c}) > 0 THEN {c} END AS {c}", c=column)


def _gone(connection: duckdb.DuckDBPyConnection) -> list[str]:
    query = fill(
        "SELECT {key} FROM profile_standing ANTI JOIN profile_wanted USING ({key}) ORDER BY ALL",
        key=name(Profile.key),
    )
    return [key for (key,) in execute(connection, query).fetchall()]


def _kept(value: Any) -> Any:
    """A value of the graph as the history would keep it."""
    if isinstance(value, datetime):
        return naive(value)
    return (value or None) if isinstance(value, list) else value


def _row(row: Mapping[str, Any]) -> dict[str, Any]:
    """The row that writes a profile."""
    props = {
        column: in_utc(row[column]).isoformat() if isinstance(row[column], datetime) else row[column]
        for column in (*COLUMNS, "inferred")
    }
    return {"id": row[Profile.key], "props": props}
