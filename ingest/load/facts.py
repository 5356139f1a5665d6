"""Facts as the graph should hold them: new ones, and the end of those that a changed row no longer states.

Where each row is one record of its source (a contact, an account), what it states under a link rule now
follows what it stated before. In a list of pairs each pair is a fact of its own.
"""

from ingest import sql, tables
from ingest.load.dates import declared_start
from ingest.mapping.model import Mapping
from ingest.sql import Relation, Sql, fill, statement
from ingest.staging.database import Staging
from ingest.transform.links import Link
from ingest.transform.plan import OWN_DATES, is_fact, node_column, repeats_of
from ingest.transform.values import value_table

SALT = "~"
"""Between a source key and the hash that tells a corrected fact from the one it corrects."""


def stated_facts(
    staging: Staging, mapping: Mapping, links: list[Link], bad: Relation, exported: Relation
) -> tuple[Relation, Relation]:
    """`tables.STATED_FACT`, the facts of the good rows, and `tables.STATED_KEY`, what the rows speak for."""
    facts, keys = staging.empty(tables.STATED_FACT), staging.empty(tables.STATED_KEY)
    for link in links:
        if is_fact(link.rule.type):
            rows = _rows(mapping, link, bad, exported)
            staging.append(facts, _facts(mapping, link, rows))
            if _one_record_each(mapping, link):
                staging.append(
                    keys, fill("SELECT fact_key, max(stamp) AS stamp FROM {r} GROUP BY fact_key", r=rows)
                )
    staging.append(keys, statement("fact.stated_keys", stated_fact=facts, stated_key=keys))
    return facts, keys


def _one_record_each(mapping: Mapping, link: Link) -> bool:
    """Whether each row is one record of its source."""
    dataset = mapping.datasets[link.dataset]
    return bool(dataset.nodes) and repeats_of(dataset, 0) in ("refuse", "versions")


def _rows(mapping: Mapping, link: Link, bad: Relation, exported: Relation) -> Sql:
    """The good rows of a link rule with its ends, the key of their fact, dates and fields."""
    key = sql.name(node_column(0, "key")) if _one_record_each(mapping, link) else Sql("l.a || '>' || l.b")
    rule = f"{link.rule.type}|{link.source}|{link.dataset}|{link.index}|"
    return fill(
        """(SELECT l.*, {key} AS row_key, {rule} || {key} AS fact_key, {start} AS stated_from,
            {end} AS stated_to, {known} AS stated_known, {fields} AS fields,
            coalesce({stamp}, e.stamp) AS stamp
        FROM {ends} l
        JOIN {values} v ON v.__seq = l.__seq
        JOIN {exported} e ON e.dataset = {dataset}
        ANTI JOIN {bad} b ON b.dataset = {dataset} AND b.seq = l.__seq)""",
        key=key, rule=sql.bind(rule), start=_start(mapping, link), end=_optional(link, "valid_to"),
        known=_optional(link, "known_from"), fields=_fields(link), stamp=_stamp(mapping, link),
        ends=link.rows.table, values=value_table(link.dataset), exported=exported.table,
        dataset=sql.bind(link.dataset), bad=bad.table,
    )  # fmt: skip


def _facts(mapping: Mapping, link: Link, rows: Sql) -> Sql:
    return fill(
        """SELECT {dataset} AS dataset, __seq AS seq, fact_key,
            md5(concat_ws(chr(31), start_id, end_id, coalesce(stated_from, ''), coalesce(stated_to, ''),
                coalesce(stated_known, ''), fields)) AS content,
            {type} AS type, start_label, end_label, start_id, end_id, {source} AS source,
            {dataset} || ':' || row_key AS source_key, coalesce(stated_from, {start}) AS valid_from,
            CASE WHEN stated_to < '9999' THEN stated_to END AS valid_to,
            coalesce(stated_known, stated_from, {start}) AS known_from,
            stated_from IS NOT NULL AS own_date, stamp, {basis} AS basis, fields
        FROM {rows} l
        WHERE start_id IS NOT NULL AND end_id IS NOT NULL""",
        dataset=sql.bind(link.dataset), type=sql.bind(link.rule.type), source=sql.bind(link.source),
        start=sql.bind(declared_start(mapping, link.dataset)), basis=sql.bind(link.rule.basis), rows=rows,
    )  # fmt: skip


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
            "(SELECT s.seniority FROM {titles} s WHERE s.title = {t})",
            titles=tables.TITLE.table, t=stated["title"],
        )  # fmt: skip
    return sql.packed(stated)


def ended_facts(
    staging: Staging, current: Relation, keys: Relation, stated: Relation, database_id: str
) -> Relation:
    """`tables.ENDED_FACT`: facts whose rows now say something else."""
    query = statement(
        "fact.ended", current_fact=current, stated_key=keys, stated_fact=stated, database_id=database_id
    )
    return staging.make(tables.ENDED_FACT, query)


def new_facts(
    staging: Staging, stated: Relation, current: Relation, ended: Relation, database_id: str
) -> Relation:
    """`tables.NEW_FACT`: facts that do not stand yet, dated after those they follow."""
    staging.execute(statement("fact.define_id"))
    query = statement(
        "fact.new", stated_fact=stated, current_fact=current, ended_fact=ended, database_id=database_id,
        salt=SALT,
    )  # fmt: skip
    return staging.make(tables.NEW_FACT, query)


def fact_targets(staging: Staging, new: Relation, ended: Relation, target: Relation) -> Relation:
    """`tables.TARGET` with the new facts and the ends of those they follow added."""
    staging.append(target, statement("fact.new_targets", new_fact=new))
    return staging.append(target, statement("fact.ended_targets", ended_fact=ended, new_fact=new))


def fact_rows(staging: Staging, stated: Relation, new: Relation, row_items: Relation) -> Relation:
    """`tables.ROW_ITEM` with the new fact that a row states added."""
    return staging.append(row_items, statement("fact.row_items", stated_fact=stated, new_fact=new))


def keep_facts(staging: Staging, ended: Relation, new: Relation, database_id: str) -> Relation:
    """`tables.CURRENT_FACT` with what now stands, after the graph has it all."""
    kept = tables.CURRENT_FACT
    staging.execute(statement("fact.replaced", current_fact=kept, ended_fact=ended, database_id=database_id))
    return staging.append(kept, statement("fact.current", new_fact=new, database_id=database_id))
