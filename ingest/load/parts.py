"""Parts of records as the graph should hold them: order lines, participants, what a ticket is for."""

from graph.model import PARTS
from ingest import sql, tables
from ingest.mapping.model import Mapping
from ingest.sql import Relation, Sql, fill, statement
from ingest.staging.database import Staging
from ingest.transform.links import Link
from ingest.transform.plan import is_fact, node_column, repeats_of
from ingest.transform.values import value_table


def stated_parts(
    staging: Staging, mapping: Mapping, links: list[Link], bad: Relation
) -> tuple[Relation, Relation]:
    """`tables.STATED_PART`, the parts of the good rows, and `tables.PART_OWNER`, what the rows speak for."""
    parts, owners = staging.empty(tables.STATED_PART), staging.empty(tables.PART_OWNER)
    for link in links:
        if not is_fact(link.rule.type):
            owner = _owner(mapping, link)
            staging.append(parts, _parts(link, owner, bad))
            if owner is not None:
                staging.append(owners, _owners(link, owner, bad))
    return parts, owners


def _owner(mapping: Mapping, link: Link) -> Sql | None:
    """The link rule and the record whose next version may state other parts; None in a list of lines."""
    dataset = mapping.datasets[link.dataset]
    if not dataset.nodes or repeats_of(dataset, 0) not in ("refuse", "versions"):
        return None
    rule = f"{link.rule.type}|{link.source}|{link.dataset}|{link.index}|"
    return fill("{rule} || v.{key}", rule=sql.bind(rule), key=sql.name(node_column(0, "key")))


def _owners(link: Link, owner: Sql, bad: Relation) -> Sql:
    return fill(
        """SELECT DISTINCT {owner} AS owner FROM {values} v
        ANTI JOIN {bad} b ON b.dataset = {dataset} AND b.seq = v.__seq
        WHERE v.__state IS NULL""",
        owner=owner, values=value_table(link.dataset), bad=bad.table, dataset=sql.bind(link.dataset),
    )  # fmt: skip


def _parts(link: Link, owner: Sql | None, bad: Relation) -> Sql:
    kind = link.rule.type
    key_name = PARTS[kind].part_key
    return fill(
        """SELECT {dataset} AS dataset, __seq AS seq, owner, {type} AS type, start_label, end_label,
            concat_ws('|', {type}, start_id, end_id, key) AS item, start_id, end_id,
            '{{"start":' || to_json(start_id) || ',"end":' || to_json(end_id) || {key_json} || ',"props":'
            || fields || '}}' AS body
        FROM (
            SELECT l.*, {owner} AS owner, {fields} AS fields, {key}::VARCHAR AS key FROM {ends} l
            JOIN {values} v ON v.__seq = l.__seq
            ANTI JOIN {bad} b ON b.dataset = {dataset} AND b.seq = l.__seq
            WHERE start_id IS NOT NULL AND end_id IS NOT NULL)
        ORDER BY seq""",
        dataset=sql.bind(link.dataset), type=sql.bind(kind), owner=owner or sql.NULL, fields=_fields(link),
        key=_key(link, key_name), ends=link.rows.table, values=value_table(link.dataset), bad=bad.table,
        key_json=Sql("""',"key":' || key""" if key_name else "''"),
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


def removed_parts(
    staging: Staging, current: Relation, owners: Relation, stated: Relation, database_id: str
) -> Relation:
    """`tables.REMOVED_PART`: parts that a changed record left out and nothing else states."""
    query = statement(
        "part.removed", current_part=current, part_owner=owners, stated_part=stated, database_id=database_id
    )
    return staging.make(tables.REMOVED_PART, query)


def part_targets(staging: Staging, stated: Relation, removed: Relation, target: Relation) -> Relation:
    """`tables.TARGET` with the parts added, and the removal of those that go."""
    staging.append(target, statement("part.targets", stated_part=stated))
    return staging.append(target, statement("part.removed_targets", removed_part=removed))


def part_rows(staging: Staging, stated: Relation, row_items: Relation) -> Relation:
    """`tables.ROW_ITEM` with the parts that each row states added."""
    return staging.append(row_items, statement("part.row_items", stated_part=stated))


def keep_parts(staging: Staging, owners: Relation, stated: Relation, database_id: str) -> Relation:
    """`tables.CURRENT_PART` with what now stands, after the graph has it all."""
    kept = tables.CURRENT_PART
    staging.execute(statement("part.replaced", current_part=kept, part_owner=owners, database_id=database_id))
    return staging.append(kept, statement("part.current", stated_part=stated, database_id=database_id))
