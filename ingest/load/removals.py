"""Records that end, since their source flags them or a complete export lacks them; and those that return."""

from dataclasses import dataclass

from cypher import template
from graph import sql
from graph.batches import batches
from graph.model import NODES
from graph.sql import Relation, Sql, fill
from graph.store import Store
from ingest import tables
from ingest.errors import RemovalsNotAccepted
from ingest.load.contributions import rule_mark
from ingest.mapping.model import Mapping
from ingest.sql import statement
from ingest.staging.database import Staging
from ingest.transform.rule import Rule
from ingest.transform.values import value_table

ACCEPTED_SHARE = 0.05
"""Of a dataset's records; a complete export that ends more is more likely cut short than true."""


BATCH = 1000
"""Entities whose facts are closed in one transaction."""


@dataclass(frozen=True, slots=True)
class Removals:
    """Records that end or return with a run, and the entities that do."""

    removed: Relation
    returned: Relation
    ended: Relation
    turned: Relation
    outdated: Relation
    """States of records that have ended since: they are of the past."""


def removals(
    staging: Staging, mapping: Mapping, rules: list[Rule], contribution: Relation, exported: Relation, *,
    bad: Relation, database_id: str, accepted: bool,
) -> Removals:  # fmt: skip
    """What ends and what returns. Raises RemovalsNotAccepted where a complete export ends too much."""
    of_graph = {"record": tables.RECORD, "database_id": database_id}
    deletes = [name for name, one in mapping.datasets.items() if one.deleted and not one.complete]
    earlier = {"contribution": contribution, "exported": exported, "deletes": deletes}
    outdated = staging.make(tables.OUTDATED, statement("removal.outdated", **earlier, **of_graph))
    staging.execute(statement("removal.leave_outdated", contribution=contribution, outdated=outdated))
    removed = staging.empty(tables.REMOVED)
    for rule in rules:
        dataset = mapping.datasets[rule.dataset]
        if dataset.deleted and rule.index == 0:
            staging.append(removed, _flagged(rule, contribution, exported, bad, database_id))
        if dataset.complete:
            staging.append(removed, _absent(mapping, rule, removed, exported, database_id))
    if not accepted:
        _check_share(staging, mapping, removed, database_id)
    returned = staging.make(
        tables.RETURNED,
        statement("removal.returned", contribution=contribution, exported=exported, **of_graph),
    )
    ended = staging.make(
        tables.ENDED,
        statement("removal.ended", removed=removed, contribution=contribution, **of_graph),
    )
    turned = staging.make(tables.TURNED, statement("removal.turned", ended=ended, returned=returned))
    return Removals(removed, returned, ended, turned, outdated)


def _flagged(rule: Rule, contribution: Relation, exported: Relation, bad: Relation, database_id: str) -> Sql:
    """The records of the source under the keys of deleted rows, unless this run still states them."""
    stamp = rule.column("known_from") if rule.node.known_from is not None else sql.NULL
    return fill(
        """WITH flagged AS (
            SELECT {key} AS key, coalesce({stamp}, e.stamp) AS moment,
                {stamp} IS NOT NULL OR e.declared AS trusted, __seq AS seq
            FROM {values} v
            JOIN {exported} e ON e.dataset = {dataset}
            ANTI JOIN {bad} b ON b.dataset = {dataset} AND b.seq = v.__seq
            WHERE v.__state = 'deleted' AND {key} IS NOT NULL)
        SELECT r.label, r.entity AS id, r.source, r.dataset, r.rule, r.key, r.record_id,
            greatest(f.moment, CASE WHEN f.trusted THEN f.moment ELSE r.known_from END) AS moment, f.seq,
            {dataset} AS row_dataset
        FROM flagged f
        JOIN {record} r ON r.label = {label} AND r.source = {source} AND r.key = f.key
        ANTI JOIN {contribution} c ON c.label = r.label AND c.source = r.source AND c.dataset = r.dataset
            AND c.rule = r.rule AND c.key = r.key
        WHERE r.database_id = {graph} AND r.ended_at IS NULL
            AND (NOT f.trusted OR f.moment >= r.known_from)""",
        key=rule.column("key"), stamp=stamp, values=value_table(rule.dataset), exported=exported.table,
        dataset=sql.bind(rule.dataset), bad=bad.table, record=tables.RECORD.table,
        label=sql.bind(rule.node.label), source=sql.bind(rule.source), contribution=contribution.table,
        graph=sql.bind(database_id),
    )  # fmt: skip


def _absent(mapping: Mapping, rule: Rule, removed: Relation, exported: Relation, database_id: str) -> Sql:
    """The rule's records that no row of a complete export names, not even a bad or filtered one."""
    return fill(
        """SELECT r.label, r.entity AS id, r.source, r.dataset, r.rule, r.key, r.record_id,
            CASE WHEN e.declared THEN e.stamp ELSE greatest(e.stamp, r.known_from) END AS moment,
            NULL AS seq, {dataset} AS row_dataset
        FROM {record} r
        JOIN {exported} e ON e.dataset = r.dataset
        ANTI JOIN (SELECT {key} AS key FROM {values}) v ON v.key = r.key
        ANTI JOIN {removed} m ON m.label = r.label AND m.source = r.source AND m.dataset = r.dataset
            AND m.rule = r.rule AND m.key = r.key
        WHERE r.database_id = {graph} AND r.ended_at IS NULL AND r.label = {label} AND r.source = {source}
            AND r.dataset = {dataset} AND r.rule = {mark} AND (NOT e.declared OR e.stamp >= r.known_from)""",
        dataset=sql.bind(rule.dataset), record=tables.RECORD.table, exported=exported.table,
        key=rule.column("key"), values=value_table(rule.dataset), removed=removed.table,
        graph=sql.bind(database_id), label=sql.bind(rule.node.label), source=sql.bind(rule.source),
        mark=sql.bind(rule_mark(mapping, rule)),
    )  # fmt: skip


def _check_share(staging: Staging, mapping: Mapping, removed: Relation, database_id: str) -> None:
    for name, dataset in mapping.datasets.items():
        if dataset.complete:
            query = statement(
                "removal.share", record=tables.RECORD, removed=removed, database_id=database_id,
                dataset=name, source=mapping.source_of(name),
            )  # fmt: skip
            ended, live = staging.rows(query)[0]
            if ended > ACCEPTED_SHARE * live:
                raise RemovalsNotAccepted(name, ended, live)


def removal_targets(staging: Staging, made: Removals, labels: list[str], target: Relation) -> Relation:
    """`tables.TARGET` with the end of records and entities added."""
    staging.append(target, statement("record.ended_nodes", removed=made.removed, labels=labels))
    return staging.append(target, statement("entity.ended_nodes", ended=made.ended))


def removal_rows(staging: Staging, made: Removals, row_items: Relation) -> Relation:
    """`tables.ROW_ITEM` with what the deleted rows end added."""
    return staging.append(row_items, statement("removal.row_items", removed=made.removed))


def close_facts(staging: Staging, store: Store, made: Removals) -> None:
    """Close what users and derivations state of entities that end; open it for those that return."""
    for label, entities in staging.rows(statement("removal.by_label", entities=made.ended)):
        slots = {"label": label, "key": NODES[label].key}
        for rows in batches(entities, BATCH):
            store.write(template("ingest.close_facts").render(**slots), rows=rows)
    for label, entities in staging.rows(statement("removal.by_label", entities=made.returned)):
        slots = {"label": label, "key": NODES[label].key}
        for rows in batches(entities, BATCH):
            ids = [row["id"] for row in rows]
            store.write(template("ingest.reopen_facts").render(**slots), ids=ids)


def filtered_that_stay(
    staging: Staging, mapping: Mapping, rules: list[Rule], database_id: str
) -> dict[str, int]:
    """By dataset: how many filtered rows name something that is in the graph and stays there."""
    found: dict[str, int] = {}
    for rule in rules:
        if rule.index == 0 and mapping.datasets[rule.dataset].where:
            query = fill(
                "SELECT {key} AS key FROM {values} WHERE __state = 'filtered'",
                key=rule.column("key"), values=value_table(rule.dataset),
            )  # fmt: skip
            filtered = staging.make(tables.FILTERED_KEY, query)
            stay = statement(
                "removal.stay", record=tables.RECORD, filtered=filtered,
                contribution=tables.CONTRIBUTION, database_id=database_id,
                label=rule.node.label, source=rule.source,
            )  # fmt: skip
            found[rule.dataset] = int(staging.value(stay))
    return found
