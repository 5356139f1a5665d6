"""By which of its addresses and numbers a record is compared, where it has several.

That which another record has too, its first where nobody else has any. A value that many records share, or
that stands for nothing, tells nobody apart and is not chosen.
"""

from collections.abc import Mapping

import duckdb

from graph.model import NODES
from graph.model.party import OTHERS
from graph.sql import Sql, bind, fill, name
from graph.sql.run import execute
from ingest.reading.placeholder import looks_like_placeholder
from ingest.resolve.prepare import PHONE_DIGITS

MOST = 5
"""Records that may share a number or an address; one that more of them share tells nobody apart."""


def shared_values(
    history: duckdb.DuckDBPyConnection, label: str, key: str, table: str
) -> dict[str, list[str]]:
    """By field, the values (without their spelling) of records with several that 2 to MOST records have."""
    return {
        field: [value for value in _shared(history, field, key, table) if not looks_like_placeholder(value)]
        for field in OTHERS
        if OTHERS[field] in NODES[label].model_fields
    }


def compared_value(field: str, shared: Mapping[str, list[str]]) -> Sql:
    """The value by which a row is compared; a field that has one value only is its own."""
    column = name(field)
    if not shared.get(field):
        return column
    return fill(
        """coalesce(list_filter(list_concat([{c}], coalesce({o}, [])),
            lambda v: list_contains({values}, {plain}))[1], {c})""",
        c=column, o=name(OTHERS[field]), values=bind(shared[field]), plain=_plain(field, Sql("v")),
    )  # fmt: skip


def _shared(history: duckdb.DuckDBPyConnection, field: str, key: str, table: str) -> list[str]:
    query = fill(
        """WITH held AS (
            SELECT {key} AS id, unnest(list_concat([{field}], coalesce({others}, []))) AS value,
                len(coalesce({others}, [])) > 0 AS several
            FROM {table} WHERE ended_at IS NULL),
        plain AS (SELECT id, several, {plain} AS value FROM held WHERE value IS NOT NULL)
        SELECT value FROM plain WHERE value <> ''
        GROUP BY value HAVING bool_or(several) AND count(DISTINCT id) BETWEEN 2 AND {most}
        ORDER BY value""",
        key=name(key), field=name(field), others=name(OTHERS[field]), table=name(table),
        plain=_plain(field, Sql("value")), most=bind(MOST),
    )  # fmt: skip
    return [value for (value,) in execute(history, query).fetchall()]


def _plain(field: str, value: Sql) -> Sql:
    """An address without case, the end of a number without its punctuation: as columns are compared."""
    if field == "email":
        return fill("lower(trim({v}))", v=value)
    return fill("right(regexp_replace({v}, '[^0-9]', '', 'g'), {n})", v=value, n=bind(PHONE_DIGITS))
