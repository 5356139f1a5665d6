"""By which of its addresses and numbers a record is compared, where it has several.

That which another record has too, its first where nobody else has any. A value that many records share, or
that stands for nothing, tells nobody apart and is not chosen.
"""

import duckdb
import pandas as pd

from graph.model import NODES
from graph.model.party import OTHERS
from graph.sql import Sql, bind, fill, name
from graph.sql.run import execute
from ingest.reading.placeholder import looks_like_placeholder
from ingest.resolve.prepare import AREA, LEAST_DIGITS, PHONE_DIGITS, PHONE_ENDS

MOST = 5
"""Records that may share a number or an address; one that more of them share tells nobody apart."""


def compared_value(history: duckdb.DuckDBPyConnection, label: str, field: str, key: str, table: str) -> Sql:
    """The value by which a row of `table` is compared; a field that has one value only is its own.

    What rows with several values are compared by stands in a temporary table of the connection.
    """
    if field not in OTHERS or OTHERS[field] not in NODES[label].model_fields:
        return name(field)
    values = [value for value in _shared(history, field, key, table) if not looks_like_placeholder(value)]
    if not values:
        return name(field)
    chosen = name(f"compared_{table}_{field}")
    history.register("shared_values", pd.DataFrame({"plain": values}, dtype=object))
    execute(history, fill(
        """CREATE OR REPLACE TEMP TABLE {chosen} AS
        WITH held AS (
            SELECT {key} AS id, list_concat([{field}], {others}) AS values,
                generate_subscripts(list_concat([{field}], {others}), 1) AS place
            FROM {table} WHERE ended_at IS NULL AND len({others}) > 0)
        SELECT id, arg_min(values[place], place) AS value
        FROM held JOIN shared_values ON plain = {plain}
        GROUP BY id""",
        chosen=chosen, key=name(key), field=name(field), others=name(OTHERS[field]), table=name(table),
        plain=plain_value(field, Sql("values[place]")),
    ))  # fmt: skip
    history.unregister("shared_values")
    return fill(
        "coalesce((SELECT value FROM {chosen} WHERE {chosen}.id = {table}.{key}), {table}.{field})",
        chosen=chosen, table=name(table), key=name(key), field=name(field),
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
        plain=plain_value(field, Sql("value")), most=bind(MOST),
    )  # fmt: skip
    return [value for (value,) in execute(history, query).fetchall()]


def plain_value(field: str, value: Sql) -> Sql:
    """A value of a field as it is compared: an address without case, the end of a number without punctuation
    and extension, the host of a site, letters and digits of a tax number.

    Null for a number of too few digits.
    """
    if field == "email":
        return fill("lower(trim({v}))", v=value)
    if field == "tax_id":
        return fill("upper(regexp_replace(nfc_normalize({v}), '[^\\p{{L}}\\p{{N}}]', '', 'g'))", v=value)
    if field == "website":
        return fill("regexp_extract(lower(trim({v})), '^(?:https?://)?(?:www\\.)?([^/?#:]*)', 1)", v=value)
    first = fill(
        "regexp_split_to_array(regexp_replace({v}, {area}, '\\1 '), {ends})[1]",
        v=value, area=bind(AREA), ends=bind(PHONE_ENDS),
    )  # fmt: skip
    return fill(
        """list_transform([regexp_replace({first}, '\\D', '', 'g')],
            lambda d: CASE WHEN length(d) >= {least} THEN right(d, {most}) END)[1]""",
        first=first, least=bind(LEAST_DIGITS), most=bind(PHONE_DIGITS),
    )  # fmt: skip
