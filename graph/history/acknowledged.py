"""The rows of a load, as the load states them, as rows of the history's tables.

An upsert adds to what stood under its key, so each row is put together with the one that the history holds.
"""

import orjson
import pyarrow as pa

from graph.history.tables import ATTRIBUTES, CUSTOM, ENDS, POSITION, Table
from graph.history.views import key, nodes
from graph.sql import Sql, bind, fill, listed, name


def put_rows(table: Table, cleared: frozenset[str]) -> Sql:
    """A query for the rows that were written, each with what stood under its key and was not replaced."""
    return fill(
        """SELECT {columns}
        FROM ({rows}) n LEFT JOIN {live} o USING ({key})""",
        columns=listed(_column(table, field, cleared) for field in table.schema if field.name != POSITION),
        rows=_rows(table, Sql("kind <> 'drop'")), live=name(table.name), key=key(table),
    )  # fmt: skip


def dropped_keys(table: Table) -> Sql:
    """A query for the keys that were dropped and not written anew."""
    return fill(
        "SELECT {key} FROM ({dropped}) SEMI JOIN {live} USING ({key}) ANTI JOIN ({put}) USING ({key})",
        key=key(table), dropped=_rows(table, Sql("kind = 'drop'")), live=name(table.name),
        put=_rows(table, Sql("kind <> 'drop'")),
    )  # fmt: skip


def _rows(table: Table, which: Sql) -> Sql:
    """A query for the table's rows of the load: their keys, `props`, and what of them is JSON."""
    rows = fill(
        """SELECT start_label, end_label, fresh, body::JSON -> 'props' AS given,
            json_transform(body, {shape}) AS row
        FROM acknowledged WHERE name = {of} AND {which}""",
        shape=Sql(f"'{orjson.dumps(_shape(table)).decode()}'"), of=bind(table.of), which=which,
    )  # fmt: skip
    if table.kind == "node":
        keys = fill("row.id AS {key}", key=key(table))
        return fill("SELECT {keys}, row.props AS props, given, fresh FROM ({rows})", keys=keys, rows=rows)
    return fill(
        """SELECT {keys}, row.props AS props, given, fresh FROM ({rows})
        SEMI JOIN ({starts}) s ON s.label = start_label AND s.id = row.start
        SEMI JOIN ({ends}) e ON e.label = end_label AND e.id = row."end" """,
        keys=_edge_keys(table), rows=rows, starts=nodes(frozenset(start for start, _ in table.pairs)),
        ends=nodes(frozenset(end for _, end in table.pairs)),
    )  # fmt: skip


def _edge_keys(table: Table) -> Sql:
    keys = [Sql('start_label, row.start AS start_id, end_label, row."end" AS end_id')]
    if table.is_fact:
        keys.append(Sql("row.fact_id AS fact_id"))
    elif table.key != ENDS:
        keys.append(fill("row.key AS {key}", key=name(table.key[-1])))
    return listed(keys)


def _shape(table: Table) -> dict[str, object]:
    """The types of a row's JSON: moments stay text, which alone says their zone."""
    schema = table.schema
    props = {field.name: _json_type(field.type) for field in schema if field.name not in (*table.key, *_MADE)}
    row: dict[str, object] = dict.fromkeys(("id", "start", "end", "fact_id"), "VARCHAR")
    if table.kind == "edge" and not table.is_fact and table.key != ENDS:
        row["key"] = _json_type(schema.field(table.key[-1]).type)
    return row | {"props": props or {"none": "VARCHAR"}}


_MADE = (ATTRIBUTES, POSITION)


def _json_type(kind: pa.DataType) -> object:
    if pa.types.is_list(kind):
        return ["VARCHAR"]
    return {pa.float64(): "DOUBLE", pa.int64(): "BIGINT", pa.bool_(): "BOOLEAN"}.get(kind, "VARCHAR")


def _column(table: Table, field: pa.Field, cleared: frozenset[str]) -> Sql:
    column = name(field.name)
    if field.name in table.key:
        return column
    if field.name == ATTRIBUTES:
        return fill("{value} AS {column}", value=_attributes(cleared, _whole(table)), column=column)
    value = fill("n.props.{column}", column=column)
    if pa.types.is_timestamp(field.type):
        value = fill("{value}::TIMESTAMPTZ::TIMESTAMP", value=value)
    kept = fill("o.{column}", column=column)
    if field.name in cleared:
        kept = fill("CASE WHEN NOT {whole} THEN {kept} END", whole=_whole(table), kept=kept)
    return fill("coalesce({value}, {kept}) AS {column}", value=value, kept=kept, column=column)


def _whole(table: Table) -> Sql:
    """Whether a row states all that its source says of something that the graph had before."""
    if table.kind == "node":
        return Sql("(NOT n.fresh)")
    return Sql("(NOT n.fresh AND n.props.basis IS NOT NULL)") if table.is_fact else Sql("false")


def _attributes(cleared: frozenset[str], whole: Sql) -> Sql:
    """The custom attributes as JSON text, sorted by name: those of before, with those that the row states."""
    custom = sorted(item for item in cleared if item.startswith(CUSTOM))
    if not custom:
        return Sql("o.attributes")
    without = bind(orjson.dumps(dict.fromkeys(custom)).decode())
    before = fill(
        """CASE WHEN {whole} THEN json_merge_patch({old}, {without}::JSON) ELSE {old} END""",
        whole=whole, old=Sql("coalesce(o.attributes, '{}')::JSON"), without=without,
    )  # fmt: skip
    stated = fill(
        """to_json(map_from_entries(list_filter(map_entries(CAST(n.given AS MAP(VARCHAR, JSON))),
            lambda item: starts_with(item.key, {custom}))))""",
        custom=bind(CUSTOM),
    )
    return fill(
        """nullif(to_json(map_from_entries(list_sort(map_entries(
            CAST(json_merge_patch({before}, {stated}) AS MAP(VARCHAR, JSON))))))::VARCHAR, '{{}}')""",
        before=before, stated=stated,
    )  # fmt: skip
