"""Parts of records as the graph should hold them: order lines, participants, what a ticket is for."""

import duckdb

from graph.model import PARTS
from ingest import sql
from ingest.load.want import want
from ingest.sql import Sql, fill
from ingest.transform.links import Link
from ingest.transform.plan import is_fact
from ingest.transform.values import value_table


def want_parts(connection: duckdb.DuckDBPyConnection, links: list[Link]) -> None:
    """Want every part that the good rows state, and touch its rows."""
    for link in links:
        if not is_fact(link.rule.type):
            _want(connection, link)


def _want(connection: duckdb.DuckDBPyConnection, link: Link) -> None:
    connection.execute(fill("CREATE OR REPLACE TABLE work.part AS {rows}", rows=_rows(link)))
    connection.execute(
        fill("INSERT INTO work.touch SELECT {ds}, seq, item FROM work.part", ds=sql.text(link.dataset))
    )
    want(connection, Sql("SELECT DISTINCT ON (item) grp, item, body FROM work.part ORDER BY seq"))


def _rows(link: Link) -> Sql:
    kind = link.rule.type
    key_name = PARTS[kind].part_key
    key = _key(link, key_name)
    body = """'{{"start":' || to_json(start_id) || ',"end":' || to_json(end_id) || {key_json} || ',"props":' || said || '}}'"""
    return fill(
        """SELECT __seq AS seq, concat_ws('|', 'part', {kind}, start_label, end_label) AS grp,
            concat_ws('|', {kind}, start_id, end_id{key_text}) AS item, """
        + body
        + """ AS body
        FROM (SELECT l.*, {said} AS said, {key} AS key FROM {t} l JOIN {v} v ON v.__seq = l.__seq
            ANTI JOIN work.bad b ON b.dataset = {ds} AND b.seq = l.__seq
            WHERE start_id IS NOT NULL AND end_id IS NOT NULL)""",
        kind=sql.text(kind), said=_fields(link), t=link.table, v=value_table(link.dataset), ds=sql.text(link.dataset),
        key=key, key_text=Sql(", key") if key_name else Sql(""),
        key_json=Sql("""',"key":' || key""") if key_name else Sql("''"),
    )  # fmt: skip


def _key(link: Link, key_name: str | None) -> Sql:
    """What tells parallel parts of one pair apart: the mapped number, else their place among the pair's own.

    Not their place in the file: a re-sorted export must not make other lines.
    """
    if key_name is None:
        return sql.NULL
    if key_name in link.rule.fields:
        return link.column(f"f_{key_name}")
    return fill(
        "row_number() OVER (PARTITION BY start_id, end_id ORDER BY {said}, l.__seq)", said=_fields(link)
    )


def _fields(link: Link) -> Sql:
    """The JSON of the part's own fields, without its key and without empty values."""
    key = PARTS[link.rule.type].part_key
    names = sorted(name for name in link.rule.fields if name != key)
    packed = sql.listed(fill("{n} := {v}", n=sql.name(name), v=link.column(f"f_{name}")) for name in names)
    return (
        fill("json_merge_patch('{{}}'::JSON, to_json(struct_pack({p})))::TEXT", p=packed)
        if names
        else Sql("'{}'")
    )
