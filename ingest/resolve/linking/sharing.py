"""Records that share an address, a number or a site, whichever of theirs it is.

The model compares one value of a field per record. What two records share is looked up here among all values
that they have, so that a record with two addresses meets both of those that have one of them.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import duckdb
import pandas as pd

from graph.model import NODES
from graph.model.party import OTHERS
from graph.sql import Sql, bind, fill, name
from graph.sql.run import execute
from ingest.reading.placeholder import looks_like_placeholder
from ingest.resolve.compared import TABLES, Kind
from ingest.resolve.several import MOST, plain_value

SHARED: Mapping[Kind, tuple[str, ...]] = {
    "Customer": ("tax_id", "phone", "website"),
    "Contact": ("email", "phone", "mobile"),
}
Ids = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Both:
    """A value that two records have, as each writes it, and how many records have it."""

    one: str
    other: str
    records: int


def shared_values(
    history: duckdb.DuckDBPyConnection, kind: Kind, ids: Sequence[str] | None = None
) -> dict[Ids, dict[str, Both]]:
    """By pair of ids in order, what both have by field.

    A value that more than MOST records have, or that stands for nothing, is shared by none. ids: only pairs
    of which one record is among these.
    """
    found: dict[Ids, dict[str, Both]] = defaultdict(dict)
    for field in SHARED[kind]:
        held = _held(history, kind, field, ids)
        for _, group in held.groupby("plain", sort=True):
            rows = group.drop_duplicates("id").sort_values("id")
            texts = list(zip(rows["id"], rows["value"], strict=True))
            for place, (one, said) in enumerate(texts):
                for other, told in texts[place + 1 :]:
                    found[one, other].setdefault(field, Both(said, told, len(texts)))
    if ids is None:
        return dict(found)
    asked = set(ids)
    return {pair: both for pair, both in found.items() if not asked.isdisjoint(pair)}


def _held(
    history: duckdb.DuckDBPyConnection, kind: Kind, field: str, ids: Sequence[str] | None
) -> pd.DataFrame:
    """Who has which value (`id`, `value`, `plain`) of those that few records have, at least two."""
    table, key = TABLES[kind]
    among = Sql("")
    if ids is not None:
        history.register("asked", pd.DataFrame({"id": pd.Series(list(ids), dtype=object)}))
        among = Sql("AND plain IN (SELECT plain FROM plain JOIN asked USING (id))")
    query = fill(
        """WITH held AS (
            SELECT {key} AS id, unnest({values}) AS value FROM {table} WHERE ended_at IS NULL),
        plain AS (
            SELECT id, value, {plain} AS plain FROM held WHERE value IS NOT NULL AND trim(value) <> '')
        SELECT id, value, plain FROM plain
        WHERE plain <> '' {among}
        QUALIFY count(DISTINCT id) OVER (PARTITION BY plain) BETWEEN 2 AND {most}
        ORDER BY plain, id, value""",
        key=name(key), values=_values(kind, field), table=name(table),
        plain=plain_value(field, Sql("value")), among=among, most=bind(MOST),
    )  # fmt: skip
    found = execute(history, query).df()
    if ids is not None:
        history.unregister("asked")
    return found[~found["value"].map(looks_like_placeholder).astype(bool)]


def _values(kind: Kind, field: str) -> Sql:
    """The values of a field as a list: the first, and what stands beside it."""
    several = OTHERS.get(field)
    if several is None or several not in NODES[kind].model_fields:
        return fill("[{f}]", f=name(field))
    return fill("list_concat([{f}], coalesce({o}, []))", f=name(field), o=name(several))
