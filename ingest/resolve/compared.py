"""Records of the graph as linking compares them: which fields of each kind, and their texts."""

from collections.abc import Sequence
from typing import Literal

import duckdb
import numpy as np
import pandas as pd

from graph.sql import Sql, fill, listed, name
from graph.sql.run import execute
from ingest.resolve.config import ResolveConfig
from ingest.resolve.link import Linked, link
from ingest.resolve.prepare import same_phone
from ingest.resolve.records import NOTHING, Records
from ingest.resolve.several import compared_value

Kind = Literal["Customer", "Contact"]
TABLES: dict[Kind, tuple[str, str]] = {
    "Customer": ("node_customer", "customer_id"),
    "Contact": ("node_contact", "contact_id"),
}
COMPARED: dict[Kind, tuple[str, ...]] = {
    "Customer": ("name", "tax_id", "phone", "website", "city"),
    "Contact": ("name", "email", "phone", "mobile"),
}
TOLD_BY: dict[Kind, tuple[str, ...]] = {"Customer": (), "Contact": ("email", "phone", "mobile")}
"""Fields of which one must be equal; many people have one name, hardly two companies."""
LEAST_FILLED = 0.05
"""A field of fewer records than this share says nothing about how records differ."""


def compared(
    history: duckdb.DuckDBPyConnection, kind: Kind, ids: Sequence[str] | None = None
) -> pd.DataFrame:
    """The records of a kind that have not ended, by id: their key, and the fields that are compared.

    ids: these alone.
    """
    table, key = TABLES[kind]
    among = fill("FROM {t} WHERE ended_at IS NULL", t=name(table))
    if ids is not None:
        history.register("asked", pd.DataFrame({"id": pd.Series(list(ids), dtype=object)}))
        among = fill("{a} AND {k} IN (SELECT id FROM asked)", a=among, k=name(key))
    values = compared_values(history, kind)
    columns = listed(fill("{v} AS {n}", v=value, n=name(field)) for field, value in values.items())
    query = fill("SELECT {k}, {c} {a} ORDER BY {k}", k=name(key), c=columns, a=among)
    found = execute(history, query).df()
    if ids is not None:
        history.unregister("asked")
    return found


def compared_values(history: duckdb.DuckDBPyConnection, kind: Kind) -> dict[str, Sql]:
    """By field, what of a row is compared: where it has several addresses, that which another record has."""
    table, key = TABLES[kind]
    return {field: compared_value(history, kind, field, key, table) for field in COMPARED[kind]}


def linked_alone(rows: pd.DataFrame, ids: pd.Series, config: ResolveConfig) -> Linked:
    """The linkage of records of one source, in a database of its own."""
    records = Records(rows, pd.Series(np.zeros(len(rows), dtype=np.int64)), ids)
    with duckdb.connect() as scratch:
        return link(records, config, scratch)


def texts(frame: pd.DataFrame, least: float = LEAST_FILLED) -> pd.DataFrame:
    """Columns with enough values, as text; None where a cell says nothing."""
    told = [column for column in frame if frame[column].notna().mean() >= least]
    cells = {column: [cell if _says(cell) else None for cell in frame[column]] for column in told}
    return pd.DataFrame({column: pd.Series(said, dtype=object) for column, said in cells.items()})


def same(field: str, one: object, other: object) -> bool:
    """Whether two cells say the same thing: a number however it is written, an address in any case."""
    if not _says(one) or not _says(other):
        return False
    if field in ("phone", "mobile"):
        return same_phone(str(one), str(other))
    return str(one).casefold() == str(other).casefold() if field == "email" else one == other


def _says(cell: object) -> bool:
    return isinstance(cell, str) and cell.strip().casefold() not in NOTHING
