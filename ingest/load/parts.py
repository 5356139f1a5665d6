"""Parts of records as the graph should hold them: order lines, participants, what a ticket is for."""

from dataclasses import dataclass

from graph import sql
from graph.model import PARTS
from graph.sql import Relation, Sql, fill
from ingest import tables
from ingest.mapping.model import Mapping
from ingest.sql import statement
from ingest.staging.database import Staging
from ingest.transform.links import Link
from ingest.transform.plan import is_fact, node_column, own_node, repeats_of
from ingest.transform.superseded import LINES
from ingest.transform.values import value_table


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts that rows state, of which records, and those that they no longer state."""

    stated: Relation
    owners: Relation
    removed: Relation


def parts(staging: Staging, stated: Relation, owners: Relation, database_id: str) -> Parts:
    """What a record's newest rows say of its parts replaces what was said before."""
    newest = staging.make(
        tables.PART_OWNER,
        statement(
            "part.owners", stated_owner=owners, known_owner=tables.CURRENT_OWNER, database_id=database_id
        ),
    )
    staging.execute(statement("part.newest", stated_part=stated, part_owner=newest))
    removed = staging.make(
        tables.REMOVED_PART,
        statement(
            "part.removed", known_part=tables.CURRENT_PART, part_owner=newest, stated_part=stated,
            database_id=database_id,
        ),
    )  # fmt: skip
    return Parts(stated, newest, removed)


def stated_parts(
    staging: Staging, mapping: Mapping, links: list[Link], bad: Relation, exported: Relation, keys: Relation
) -> tuple[Relation, Relation]:
    """`tables.STATED_PART`, the parts of the good rows, and `tables.STATED_OWNER`, what they speak for."""
    stated, owners = staging.empty(tables.STATED_PART), staging.empty(tables.STATED_OWNER)
    for link in links:
        if not is_fact(link.rule.type):
            staging.append(stated, _parts(mapping, link, bad))
            staging.append(owners, _owners(mapping, link, bad, exported))
            if _own_node(mapping, link) is not None:
                staging.append(owners, _row_owners(mapping, link, bad, exported, keys))
    return stated, owners


def absent_owners(
    staging: Staging, mapping: Mapping, links: list[Link], owners: Relation, whole: Relation, database_id: str
) -> Relation:
    """`tables.STATED_OWNER` with the records added of which a complete list of lines says nothing more."""
    for link in links:
        dataset = mapping.datasets[link.dataset]
        if not is_fact(link.rule.type) and dataset.complete and not dataset.nodes:
            absent = statement(
                "part.absent_owners", known_owner=tables.CURRENT_OWNER, stated_owner=owners,
                whole=whole, database_id=database_id, rule=_rule(link), dataset=link.dataset,
            )  # fmt: skip
            staging.append(owners, absent)
    return owners


def _position(link: Link) -> int:
    """Which end is the record that the parts belong to: 0 the start, 1 the end."""
    return ("start", "end").index(PARTS[link.rule.type].anchor)


def _owner(link: Link, record: Sql) -> Sql:
    return fill("{rule} || {record}", rule=sql.bind(_rule(link)), record=record)


def _rule(link: Link) -> str:
    """How the owners of a link rule's parts begin."""
    return f"{link.rule.type}|{link.source}|{link.dataset}|{link.index}|"


def _record(link: Link) -> Sql:
    return Sql(("start_id", "end_id")[_position(link)])


def _own_node(mapping: Mapping, link: Link) -> int | None:
    """The node of the row itself that the parts belong to; None where the link names the record."""
    if (link.rule.start, link.rule.end)[_position(link)] is not None:
        return None
    return own_node(mapping.datasets[link.dataset], link.rule, _position(link))


def _stamp(mapping: Mapping, link: Link) -> Sql:
    """The row's own stamp, else null."""
    nodes = mapping.datasets[link.dataset].nodes
    return sql.name(node_column(0, "known_from")) if nodes and nodes[0].known_from is not None else sql.NULL


def _owners(mapping: Mapping, link: Link, bad: Relation, exported: Relation) -> Sql:
    """The records that a link names, with or without the other end."""
    return fill(
        """SELECT DISTINCT {owner} AS owner, coalesce({stamp}, e.stamp) AS stamp,
            {stamp} IS NOT NULL OR e.declared AS trusted
        FROM {ends} l
        JOIN {values} v ON v.__seq = l.__seq
        JOIN {exported} e ON e.dataset = {dataset}
        ANTI JOIN {bad} b ON b.dataset = {dataset} AND b.seq = l.__seq
        WHERE {record} IS NOT NULL""",
        owner=_owner(link, _record(link)), stamp=_stamp(mapping, link), ends=link.rows.table,
        values=value_table(link.dataset), exported=exported.table, dataset=sql.bind(link.dataset),
        bad=bad.table, record=_record(link),
    )  # fmt: skip


def _row_owners(mapping: Mapping, link: Link, bad: Relation, exported: Relation, keys: Relation) -> Sql:
    """The records of the rows themselves, also where the rule makes no part of a row."""
    index = _own_node(mapping, link) or 0
    label = mapping.datasets[link.dataset].nodes[index].label
    return fill(
        """SELECT DISTINCT {owner} AS owner, coalesce({stamp}, e.stamp) AS stamp,
            {stamp} IS NOT NULL OR e.declared AS trusted
        FROM {values} v
        JOIN {keys} k ON k.label = {label} AND k.source = {source} AND k.key = v.{key}
        JOIN {exported} e ON e.dataset = {dataset}
        ANTI JOIN {bad} b ON b.dataset = {dataset} AND b.seq = v.__seq
        WHERE v.__state IS NULL AND k.id IS NOT NULL""",
        owner=_owner(link, Sql("k.id")), stamp=_stamp(mapping, link), values=value_table(link.dataset),
        keys=keys.table, label=sql.bind(label), source=sql.bind(link.source),
        key=sql.name(node_column(index, "key")), exported=exported.table, dataset=sql.bind(link.dataset),
        bad=bad.table,
    )  # fmt: skip


def _newest(mapping: Mapping, link: Link) -> Sql:
    """The clause of the rows that count: of dated states of a record only the newest names its customer."""
    index, dataset = _own_node(mapping, link), mapping.datasets[link.dataset]
    if index is None or link.rule.type in LINES or repeats_of(dataset, index) != "versions":
        return Sql("")
    return fill(
        "QUALIFY rank() OVER (PARTITION BY {record} ORDER BY {stamp} DESC NULLS LAST, l.__seq DESC) = 1",
        record=_record(link), stamp=_stamp(mapping, link),
    )  # fmt: skip


def _parts(mapping: Mapping, link: Link, bad: Relation) -> Sql:
    kind = link.rule.type
    key_name = PARTS[kind].part_key
    return fill(
        """SELECT {dataset} AS dataset, __seq AS seq, {owner} AS owner, {type} AS type, start_label,
            end_label, concat_ws('|', {type}, start_label, start_id, end_label, end_id, part_key) AS item,
            start_id, end_id, part_key,
            '{{"start":' || to_json(start_id) || ',"end":' || to_json(end_id) || {key_json} || ',"props":'
            || fields || '}}' AS body
        FROM (
            SELECT l.*, {fields} AS fields, {key}::VARCHAR AS part_key
            FROM {ends} l
            JOIN {values} v ON v.__seq = l.__seq
            ANTI JOIN {bad} b ON b.dataset = {dataset} AND b.seq = l.__seq
            WHERE start_id IS NOT NULL AND end_id IS NOT NULL
            {newest})
        ORDER BY seq""",
        dataset=sql.bind(link.dataset), owner=_owner(link, _record(link)), type=sql.bind(kind),
        fields=_fields(link), key=_key(link, key_name), ends=link.rows.table,
        values=value_table(link.dataset), bad=bad.table, newest=_newest(mapping, link),
        key_json=Sql("""',"key":' || part_key""" if key_name else "''"),
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
        "row_number() OVER (PARTITION BY start_id, end_id ORDER BY {fields}, l.__seq)", fields=_fields(link)
    )


def _fields(link: Link) -> Sql:
    """The JSON of the part's own fields, without its key and without empty values."""
    key = PARTS[link.rule.type].part_key
    return sql.packed({name: link.column(f"f_{name}") for name in link.rule.fields if name != key})


def part_targets(staging: Staging, made: Parts, target: Relation) -> Relation:
    """`tables.TARGET` with the parts added, and the removal of those that go."""
    staging.append(target, statement("part.targets", stated_part=made.stated))
    return staging.append(target, statement("part.removed_targets", removed_part=made.removed))


def part_rows(staging: Staging, made: Parts, row_items: Relation) -> Relation:
    """`tables.ROW_ITEM` with the parts that each row states added."""
    return staging.append(row_items, statement("part.row_items", stated_part=made.stated))


def keep_parts(staging: Staging, made: Parts, database_id: str) -> None:
    """Remember the parts that the graph now has."""
    staging.execute(
        statement("part.replaced", kept=tables.CURRENT_PART, part_owner=made.owners, database_id=database_id)
    )
    staging.append(
        tables.CURRENT_PART, statement("part.to_keep", stated_part=made.stated, database_id=database_id)
    )
    keep_owners(staging, made, database_id)


def keep_owners(staging: Staging, made: Parts, database_id: str) -> None:
    """Remember when the parts of each record were last stated."""
    kept = tables.CURRENT_OWNER
    newer = staging.make(
        tables.RESTATED_OWNER,
        statement("part.restated", part_owner=made.owners, known_owner=kept, database_id=database_id),
    )
    staging.execute(statement("part.replaced", kept=kept, part_owner=newer, database_id=database_id))
    staging.append(kept, statement("part.owners_to_keep", part_owner=newer, database_id=database_id))
