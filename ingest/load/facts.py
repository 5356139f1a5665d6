"""Facts as the graph should hold them: new ones, and the end of those that a changed row no longer states.

A row that is one record of its
source (a contact, an account) has one *slot* per link: what it states now follows
what it stated before. In a list of pairs each pair is its own slot.
"""

from ingest import sql
from ingest.load.nodes import declared_start
from ingest.load.want import want
from ingest.mapping.model import Mapping
from ingest.sql import Sql, fill
from ingest.staging.database import Staging
from ingest.transform.links import Link
from ingest.transform.plan import OWN_DATES, is_fact, node_column, repeats_of
from ingest.transform.values import value_table

SALT = "~"
"""Between a source key and the hash that tells a corrected fact from the one it corrects."""


def state_facts(connection: Staging, mapping: Mapping, links: list[Link]) -> None:
    """Make `work.stated`: the facts of the good rows, and `work.present`: the slots they speak for."""
    connection.execute(
        """CREATE OR REPLACE TABLE work.stated (dataset TEXT, seq BIGINT, slot TEXT, content TEXT, type TEXT,
            start_label TEXT, end_label TEXT, start_id TEXT, end_id TEXT, source TEXT, source_key TEXT,
            valid_from TEXT, valid_to TEXT, known_from TEXT, own_date BOOLEAN,
                stamp TEXT, basis TEXT, fields JSON)"""
    )
    connection.execute("CREATE OR REPLACE TABLE work.present (slot TEXT, stamp TEXT)")
    for link in links:
        if is_fact(link.rule.type):
            _state(connection, mapping, link)


def _state(connection: Staging, mapping: Mapping, link: Link) -> None:
    dataset = mapping.datasets[link.dataset]
    single = bool(dataset.nodes) and repeats_of(dataset, 0) in ("refuse", "versions")
    key = sql.name(node_column(0, "key")) if single else Sql("l.a || '>' || l.b")
    slot = fill(
        "{p} || {key}", p=sql.bind(f"{link.rule.type}|{link.source}|{link.dataset}|{link.index}|"), key=key
    )
    rows = fill(
        """(SELECT l.*, v.*, {key} AS row_key, {slot} AS slot, {from_} AS stated_from, {to} AS stated_to,
            {known} AS stated_known, {fields} AS said, coalesce({stamp}, e.stamp) AS stamp
        FROM {t} l JOIN {v} v ON v.__seq = l.__seq JOIN work.exported e ON e.dataset = {ds}
        ANTI JOIN work.bad b ON b.dataset = {ds} AND b.seq = l.__seq)""",
        key=key, slot=slot, from_=_start(mapping, link), to=_optional(link, "valid_to"),
        known=_optional(link, "known_from"), fields=_fields(link), stamp=_stamp(mapping, link), t=link.table,
        v=value_table(link.dataset), ds=sql.bind(link.dataset),
    )  # fmt: skip
    connection.execute(
        fill(
            """INSERT INTO work.stated SELECT {ds}, l.__seq, slot,
                md5(concat_ws(chr(31), start_id, end_id, coalesce(stated_from, ''), coalesce(stated_to, ''),
                    coalesce(stated_known, ''), said)) AS content,
                {type}, start_label, end_label, start_id, end_id, {source}, {table} || ':' || row_key,
                coalesce(stated_from, {start}), CASE WHEN stated_to < '9999' THEN stated_to END,
                coalesce(stated_known, stated_from, {start}), stated_from IS NOT NULL, stamp, {basis}, said
            FROM {rows} l WHERE start_id IS NOT NULL AND end_id IS NOT NULL""",
            ds=sql.bind(link.dataset),
            type=sql.bind(link.rule.type),
            source=sql.bind(link.source),
            table=sql.bind(link.dataset),
            start=sql.bind(declared_start(dataset.valid_from or mapping.valid_from)),
            basis=sql.bind(link.rule.basis),
            rows=rows,
        )
    )
    if single:
        connection.execute(
            fill("INSERT INTO work.present SELECT slot, max(stamp) FROM {r} GROUP BY slot", r=rows)
        )


def _optional(link: Link, part: str) -> Sql:
    return sql.NULL if getattr(link.rule, part) is None else link.column(part)


def _stamp(mapping: Mapping, link: Link) -> Sql:
    nodes = mapping.datasets[link.dataset].nodes
    return sql.name(node_column(0, "known_from")) if nodes and nodes[0].known_from is not None else sql.NULL


def _start(mapping: Mapping, link: Link) -> Sql:
    """When the row says that the fact begins: its own column, else the date of the row's record."""
    nodes = mapping.datasets[link.dataset].nodes
    dates = [link.column("valid_from")] if link.rule.valid_from is not None else []
    if nodes and nodes[0].valid_from is not None:
        dates.append(sql.name(node_column(0, "valid_from")))
    if nodes:
        dates += [sql.name(node_column(0, f"f_{name}")) for name in OWN_DATES if name in nodes[0].fields]
    return sql.coalesce(dates)


def _fields(link: Link) -> Sql:
    """The JSON of the fact's own fields; a job's seniority comes from its title where it is not mapped."""
    stated = {name: link.column(f"f_{name}") for name in link.rule.fields}
    if link.rule.type == "WORKS_AT" and "title" in stated and "seniority" not in stated:
        stated["seniority"] = fill(
            "(SELECT s.seniority FROM work.title s WHERE s.title = {t})", t=stated["title"]
        )
    return sql.packed(stated)


def want_facts(connection: Staging, database_id: str) -> None:
    """Want the facts that are new and the end of those that are no longer stated; touch the rows of all."""
    connection.execute(
        "INSERT INTO work.present SELECT slot, max(stamp) FROM work.stated "
        "WHERE slot NOT IN (SELECT slot FROM work.present) GROUP BY slot"
    )
    connection.execute(
        fill(
            """CREATE OR REPLACE TABLE work.ended AS
            SELECT o.*, p.stamp FROM slot o JOIN work.present p USING (slot)
            ANTI JOIN work.stated s ON s.slot = o.slot AND s.content = o.content
            WHERE o.database_id = {db}""",
            db=sql.bind(database_id),
        )
    )
    connection.execute(fill(_NEW, db=sql.bind(database_id), salt=sql.bind(SALT), identity=_identity()))
    connection.execute(_TOUCH)
    want(connection, Sql(_WANT_NEW))
    want(connection, Sql(_WANT_ENDED))


def keep_slots(connection: Staging, database_id: str) -> None:
    """Remember what stands in every slot, after the graph has it all."""
    connection.execute("DELETE FROM slot o WHERE (o.database_id, o.slot, o.content) IN "
                       "(SELECT (database_id, slot, content) FROM work.ended)")  # fmt: skip
    connection.execute(
        fill(
            """INSERT INTO slot SELECT {db}, slot, content, fact_id, type, start_label, end_label,
                start_id, end_id,
                valid_from FROM work.fresh""",
            db=sql.bind(database_id),
        )
    )


def _identity() -> Sql:
    """SQL of `graph.facts.fact_id`: SHA-256 over the length-prefixed parts, cut to 32 digits."""
    parts = ("type", "start_id", "end_id", "source", "source_key", "valid_from")
    joined = sql.listed((fill("length({p}) || ':' || {p}", p=Sql(part)) for part in parts), " || ")
    return fill("left(sha256({joined}), 32)", joined=joined)


_NEW = """CREATE OR REPLACE TABLE work.fresh AS
WITH added AS (
    SELECT DISTINCT ON (slot, content) s.* FROM work.stated s
    ANTI JOIN (SELECT slot, content FROM slot WHERE database_id = {db}) o
        ON o.slot = s.slot AND o.content = s.content
    ORDER BY slot, content, seq),
dated AS (
    SELECT a.* REPLACE (
        CASE WHEN NOT own_date AND e.slot IS NOT NULL THEN greatest(a.stamp, e.latest) ELSE a.valid_from END
            AS valid_from,
        CASE WHEN NOT own_date AND e.slot IS NOT NULL THEN greatest(a.stamp, e.latest) ELSE a.known_from END
            AS known_from)
    FROM added a LEFT JOIN (SELECT slot, max(valid_from) AS latest FROM work.ended GROUP BY slot) e
    USING (slot)),
named AS (SELECT *, {identity} AS fact_id FROM dated),
salted AS (
    SELECT n.* REPLACE (
        CASE WHEN e.fact_id IS NULL THEN n.source_key ELSE n.source_key || {salt} || left(n.content, 8) END
            AS source_key,
        CASE WHEN e.fact_id IS NULL THEN n.known_from ELSE greatest(n.stamp, n.known_from) END AS known_from),
        e.fact_id IS NOT NULL AS corrects
    FROM named n LEFT JOIN (SELECT DISTINCT fact_id FROM work.ended) e USING (fact_id))
SELECT * EXCLUDE (fact_id), {identity} AS fact_id FROM salted"""

_TOUCH = (
    "INSERT INTO work.touch SELECT s.dataset, s.seq, 'FACT|' || f.fact_id FROM work.stated s "
    "JOIN work.fresh f ON f.slot = s.slot AND f.content = s.content"
)

_WANT_NEW = """SELECT concat_ws('|', 'fact', type, start_label, end_label) AS grp, 'FACT|' || fact_id AS item,
    '{"start":' || to_json(start_id) || ',"end":' || to_json(end_id) || ',"fact_id":"' ||
    fact_id || '","props":' ||
    json_merge_patch(to_json({valid_from: valid_from, known_from: known_from, basis: basis, confidence: 1.0,
        source: source, source_key: source_key, visibility: 'company'}),
        CASE WHEN valid_to IS NULL THEN fields ELSE json_merge_patch(fields, to_json({valid_to:
            valid_to})) END)::TEXT
    || '}' AS body
FROM work.fresh"""

_WANT_ENDED = """SELECT concat_ws('|', 'fact', e.type, e.start_label, e.end_label) AS grp,
    'FACT|' || e.fact_id AS item,
    '{"start":' || to_json(e.start_id) || ',"end":' || to_json(e.end_id) || ',"fact_id":"' || e.fact_id ||
    '","props":' || CASE WHEN n.corrects THEN to_json({known_to: greatest(e.stamp, e.valid_from),
            reason: 'corrected by its source'})::TEXT
        ELSE to_json({valid_to: coalesce(CASE WHEN n.next > e.valid_from THEN n.next END,
            greatest(e.stamp, e.valid_from))})::TEXT END || '}' AS body
FROM work.ended e
LEFT JOIN (SELECT slot, min(valid_from) AS next, bool_or(corrects) AS corrects FROM work.fresh
GROUP BY slot) n
    USING (slot)"""
