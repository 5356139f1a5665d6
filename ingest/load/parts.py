"""Parts of records as the graph should hold them: order lines, participants, what a ticket is for."""

from graph.model import PARTS
from ingest import sql
from ingest.load.want import want
from ingest.mapping.model import Mapping
from ingest.sql import Sql, fill
from ingest.staging.database import Staging
from ingest.transform.links import Link
from ingest.transform.plan import is_fact, node_column, repeats_of
from ingest.transform.values import value_table


def want_parts(connection: Staging, mapping: Mapping, links: list[Link], database_id: str) -> None:
    """Want the parts that the good rows state, and away with those that a changed record left out."""
    connection.execute(
        "CREATE OR REPLACE TABLE work.holds (record TEXT, grp TEXT, item TEXT, start_id TEXT, end_id TEXT)"
    )
    connection.execute("CREATE OR REPLACE TABLE work.holder (record TEXT)")
    for link in links:
        if not is_fact(link.rule.type):
            _want(connection, mapping, link)
    _want_away(connection, database_id)


def _want(connection: Staging, mapping: Mapping, link: Link) -> None:
    connection.execute(fill("CREATE OR REPLACE TABLE work.part AS {rows}", rows=_rows(link)))
    connection.execute(
        fill("INSERT INTO work.touch SELECT {ds}, seq, item FROM work.part", ds=sql.bind(link.dataset))
    )
    want(connection, Sql("SELECT DISTINCT ON (item) grp, item, body FROM work.part ORDER BY seq"))
    dataset = mapping.datasets[link.dataset]
    if dataset.nodes and repeats_of(dataset, 0) in ("refuse", "versions"):
        _hold(connection, link)


def _hold(connection: Staging, link: Link) -> None:
    """Note which record of its source states which parts: it may state others in its next version."""
    record = fill(
        "{p} || v.{key}",
        p=sql.bind(f"{link.rule.type}|{link.source}|{link.dataset}|{link.index}|"),
        key=sql.name(node_column(0, "key")),
    )
    connection.execute(
        fill(
            """INSERT INTO work.holder SELECT DISTINCT {record} FROM {v} v
            ANTI JOIN work.bad b ON b.dataset = {ds} AND b.seq = v.__seq WHERE v.__state IS NULL""",
            record=record, v=value_table(link.dataset), ds=sql.bind(link.dataset),
        )
    )  # fmt: skip
    connection.execute(
        fill(
            """INSERT INTO work.holds SELECT DISTINCT {record}, grp, item, start_id, end_id FROM work.part p
            JOIN {v} v ON v.__seq = p.seq""",
            record=record,
            v=value_table(link.dataset),
        )
    )


def _want_away(connection: Staging, database_id: str) -> None:
    connection.execute(
        fill(
            """CREATE OR REPLACE TABLE work.away AS SELECT o.* FROM holds o SEMI JOIN work.holder
                USING (record)
            ANTI JOIN work.holds n ON n.record = o.record AND n.item = o.item
            ANTI JOIN work.holds m ON m.item = o.item WHERE o.database_id = {db}""",
            db=sql.bind(database_id),
        )
    )
    want(
        connection,
        Sql("""SELECT replace(grp, 'part|', 'drop|') AS grp, item,
            to_json({"start": start_id, "end": end_id, props: MAP {}})::TEXT AS body FROM work.away"""),
    )


def keep_holds(connection: Staging, database_id: str) -> None:
    """Remember which record states which parts, after the graph has them all."""
    parts = {"db": sql.bind(database_id)}
    connection.execute(
        fill(
            "DELETE FROM holds WHERE database_id = {db} AND record IN (SELECT record FROM work.holder)",
            **parts,
        )
    )
    connection.execute(
        fill("INSERT INTO holds SELECT {db}, record, grp, item, start_id, end_id FROM work.holds", **parts)
    )


def _rows(link: Link) -> Sql:
    kind = link.rule.type
    key_name = PARTS[kind].part_key
    key = _key(link, key_name)
    return fill(
        """SELECT __seq AS seq, concat_ws('|', 'part', {kind}, start_label, end_label) AS grp,
            concat_ws('|', {kind}, start_id, end_id{key_text}) AS item, start_id, end_id,
            '{{"start":' || to_json(start_id) || ',"end":' || to_json(end_id) || {key_json} || ',"props":' ||
                said || '}}' AS body
        FROM (SELECT l.*, {said} AS said, {key} AS key FROM {t} l JOIN {v} v ON v.__seq = l.__seq
            ANTI JOIN work.bad b ON b.dataset = {ds} AND b.seq = l.__seq
            WHERE start_id IS NOT NULL AND end_id IS NOT NULL)""",
        kind=sql.bind(kind),
        said=_fields(link),
        t=link.table,
        v=value_table(link.dataset),
        ds=sql.bind(link.dataset),
        key=key,
        key_text=Sql(", key") if key_name else Sql(""),
        key_json=Sql("""',"key":' || key""") if key_name else Sql("''"),
    )


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
    return sql.packed({name: link.column(f"f_{name}") for name in link.rule.fields if name != key})
