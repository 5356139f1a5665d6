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


LEAST_OTHERS = 19
"""Records beside the absent ones, of which it is no chance (one in twenty) that none is among the newest."""
BATCH = 1000
"""Entities whose facts are closed in one transaction."""


@dataclass(frozen=True, slots=True)
class Removals:
    """Records that end or return with a run."""

    deleted: Relation
    ends: Relation
    removed: Relation
    returned: Relation
    outdated: Relation
    """States of records that have ended since: they are of the past."""
    whole: Relation
    """The complete exports whose silence ends something."""
    late: Relation
    """Those whose silence ends nothing, since their rows show that they are older than what was loaded."""
    newest_only: Relation
    """Those that lack only what is newer than all they have, which look older, too."""


@dataclass(frozen=True, slots=True)
class Turned:
    """Entities that end or return with a run, as their records stand after it."""

    ended: Relation
    back: Relation
    both: Relation


def removals(
    staging: Staging, mapping: Mapping, rules: list[Rule], contribution: Relation, exported: Relation, *,
    bad: Relation, database_id: str, accepted: bool,
) -> Removals:  # fmt: skip
    """What ends and what returns. Raises RemovalsNotAccepted where a complete export ends too much."""
    late = staging.make(tables.LATE, statement(
        "removal.late", contribution=contribution, exported=exported, record=tables.RECORD,
        restated=tables.RESTATED, database_id=database_id, complete=_complete(mapping),
    ))  # fmt: skip
    whole = staging.make(tables.WHOLE, _whole(mapping, exported, late, database_id))
    deletes = [name for name, one in mapping.datasets.items() if one.deleted and not one.complete]
    deleted = staging.empty(tables.DELETED)
    for rule in rules:
        if rule.dataset in deletes and rule.index == 0:
            staging.append(deleted, _deleted(rule, contribution, exported, bad, database_id))
    ends = staging.make(tables.END, statement(
        "removal.ends", contribution=contribution, deletion=tables.DELETION, deleted=deleted,
        record=tables.RECORD, complete=_complete(mapping), database_id=database_id,
    ))  # fmt: skip
    outdated = staging.make(tables.OUTDATED, statement(
        "removal.outdated", ends=ends, contribution=contribution, exported=exported, deletes=deletes,
        record=tables.RECORD, database_id=database_id,
    ))  # fmt: skip
    staging.execute(statement("removal.leave_outdated", contribution=contribution, outdated=outdated))
    removed = staging.empty(tables.REMOVED)
    for rule in rules:
        dataset = mapping.datasets[rule.dataset]
        if dataset.deleted and rule.index == 0:
            staging.append(removed, _flagged(rule, contribution, exported, bad, deleted, database_id))
        if dataset.complete:
            staging.append(removed, _absent(mapping, rule, removed, whole, database_id))
    newest_only = staging.empty(tables.NEWEST_ONLY)
    if not accepted:
        _keep_newest(staging, newest_only, removed, whole, statement(
            "removal.newest_only", removed=removed, record=tables.RECORD, restated=tables.RESTATED,
            exported=exported, contribution=contribution, database_id=database_id, least=LEAST_OTHERS,
        ))  # fmt: skip
        _check_share(staging, mapping, removed, database_id)
    returned = staging.make(tables.RETURNED, statement(
        "removal.returned", ends=ends, contribution=contribution, exported=exported, deletes=deletes,
        record=tables.RECORD, database_id=database_id,
    ))  # fmt: skip
    return Removals(deleted, ends, removed, returned, outdated, whole, late, newest_only)


def _keep_newest(
    staging: Staging, newest_only: Relation, removed: Relation, whole: Relation, found: Sql
) -> None:
    """Let exports end nothing that lack only what is newer than all they have."""
    staging.append(newest_only, found)
    for relation, absent in ((removed, "seq IS NULL"), (whole, "true")):
        staging.execute(fill(
            "DELETE FROM {t} WHERE {absent} AND dataset IN (SELECT dataset FROM {found})",
            t=relation.table, absent=Sql(absent), found=newest_only.table,
        ))  # fmt: skip


def _complete(mapping: Mapping) -> list[str]:
    return [name for name, one in mapping.datasets.items() if one.complete]


def _whole(mapping: Mapping, exported: Relation, late: Relation, database_id: str) -> Sql:
    """`tables.WHOLE`"""
    names = _complete(mapping)
    return statement(
        "removal.whole", exported=exported, late=late, whole_export=tables.WHOLE_EXPORT,
        database_id=database_id,
        datasets=names, sources=[mapping.source_of(name) for name in names],
    )  # fmt: skip


def turned(staging: Staging, standing: Relation, database_id: str) -> Turned:
    """The entities that end or return. standing: their records after the run, `tables.STANDING_RECORD`."""
    of_graph = {"standing": standing, "record": tables.RECORD, "database_id": database_id}
    ended = staging.make(tables.ENDED, statement("removal.ended", **of_graph))
    back = staging.make(tables.BACK, statement("removal.back", **of_graph))
    both = staging.make(tables.TURNED, statement("removal.turned", ended=ended, back=back))
    return Turned(ended, back, both)


def keep_deletions(staging: Staging, gone: Removals, database_id: str) -> None:
    """Remember the dated deletions and complete exports of a run: what is loaded later may be older."""
    kept = {"deletion": tables.DELETION, "database_id": database_id}
    staging.execute(statement("removal.passed", contribution=tables.CONTRIBUTION, **kept))
    staging.append(
        tables.DELETION, statement("removal.to_keep", deleted=gone.deleted, database_id=database_id)
    )
    staging.append(
        tables.WHOLE_EXPORT, statement("removal.whole_to_keep", whole=gone.whole, database_id=database_id)
    )


def _rows_flagged(rule: Rule, exported: Relation, bad: Relation) -> Sql:
    """The keys of deleted rows, and when. `trusted`: by the row's stamp or the export's declared date."""
    stamp = rule.column("known_from") if rule.node.known_from is not None else sql.NULL
    return fill(
        """SELECT {key} AS key, coalesce({stamp}, e.stamp) AS moment,
                {stamp} IS NOT NULL OR e.declared AS trusted, __seq AS seq
            FROM {values} v
            JOIN {exported} e ON e.dataset = {dataset}
            ANTI JOIN {bad} b ON b.dataset = {dataset} AND b.seq = v.__seq
            WHERE v.__state = 'deleted' AND {key} IS NOT NULL""",
        key=rule.column("key"), stamp=stamp, values=value_table(rule.dataset), exported=exported.table,
        dataset=sql.bind(rule.dataset), bad=bad.table,
    )  # fmt: skip


def _deleted(rule: Rule, contribution: Relation, exported: Relation, bad: Relation, database_id: str) -> Sql:
    """The new dated deletions, but of records that this run states at that time or without a stamp."""
    return fill(
        """SELECT DISTINCT {label} AS label, {source} AS source, {dataset} AS dataset, f.key, f.moment
        FROM ({flagged}) f
        ANTI JOIN {contribution} c ON c.label = {label} AND c.source = {source} AND c.dataset = {dataset}
            AND c.key = f.key AND (c.stamp IS NULL OR left(c.stamp, 19) = left(f.moment, 19))
        ANTI JOIN {kept} k ON k.database_id = {graph} AND k.label = {label} AND k.source = {source}
            AND k.dataset = {dataset} AND k.key = f.key AND k.moment = f.moment
        WHERE f.trusted""",
        label=sql.bind(rule.node.label), source=sql.bind(rule.source), dataset=sql.bind(rule.dataset),
        flagged=_rows_flagged(rule, exported, bad), contribution=contribution.table,
        kept=tables.DELETION.table, graph=sql.bind(database_id),
    )  # fmt: skip


def _flagged(
    rule: Rule, contribution: Relation, exported: Relation, bad: Relation, deleted: Relation,
    database_id: str,
) -> Sql:  # fmt: skip
    """The records of the source under the keys of deleted rows.

    Those of the rows' own dataset at whatever time; others unless they have ended or this run states them.
    """
    return fill(
        """WITH flagged AS ({flagged}),
        kept AS (
            SELECT * FROM {record} WHERE database_id = {graph} AND label = {label} AND source = {source}),
        own AS (
            SELECT r.*, f.moment, f.seq
            FROM flagged f
            JOIN kept r USING (key)
            SEMI JOIN {deleted} d ON d.label = r.label AND d.source = r.source AND d.dataset = r.dataset
                AND d.key = r.key AND d.moment = f.moment),
        others AS (
            SELECT r.*, CASE WHEN f.trusted THEN f.moment ELSE greatest(f.moment, r.known_from) END AS moment,
                f.seq
            FROM flagged f
            JOIN kept r USING (key)
            ANTI JOIN own o ON o.record_id = r.record_id
            ANTI JOIN {contribution} c ON c.label = r.label AND c.source = r.source AND c.dataset = r.dataset
                AND c.rule = r.rule AND c.key = r.key
            WHERE r.ended_at IS NULL AND (NOT f.trusted OR f.moment >= r.known_from))
        SELECT label, entity AS id, source, dataset, rule, key, record_id, moment, seq,
            {dataset} AS row_dataset
        FROM (FROM own UNION ALL FROM others)""",
        flagged=_rows_flagged(rule, exported, bad), record=tables.RECORD.table, graph=sql.bind(database_id),
        label=sql.bind(rule.node.label), source=sql.bind(rule.source), deleted=deleted.table,
        contribution=contribution.table, dataset=sql.bind(rule.dataset),
    )  # fmt: skip


def _absent(mapping: Mapping, rule: Rule, removed: Relation, whole: Relation, database_id: str) -> Sql:
    """The rule's records that no line of a complete export names, not even a bad or filtered one.

    Lines that are no rows may name a record in any order and case: where they hold all words of its key, it
    stands.
    What was stated after a declared date is not ended by that export: it was loaded late.
    """
    return fill(
        """SELECT r.label, r.entity AS id, r.source, r.dataset, r.rule, r.key, r.record_id,
            CASE WHEN e.declared THEN e.stamp ELSE greatest(e.stamp, r.known_from) END AS moment,
            NULL AS seq, {dataset} AS row_dataset
        FROM {record} r
        JOIN {whole} e ON e.dataset = r.dataset
        ANTI JOIN (SELECT {key} AS key FROM {values}) v ON v.key = r.key
        ANTI JOIN {removed} m ON m.label = r.label AND m.source = r.source AND m.dataset = r.dataset
            AND m.rule = r.rule AND m.key = r.key
        WHERE r.database_id = {graph} AND r.ended_at IS NULL AND r.label = {label} AND r.source = {source}
            AND r.dataset = {dataset} AND r.rule = {mark}
            AND (e.broken IS NULL OR len(list_filter(
                regexp_extract_all(lower(r.key), '[\\p{{L}}\\p{{N}}]+'),
                lambda word: NOT contains(lower(e.broken), word))) > 0)
            AND (NOT e.declared OR e.stamp >= greatest(r.known_from, r.stated_at) AND NOT EXISTS (
                SELECT 1 FROM {restated} s
                WHERE s.database_id = {graph} AND s.record_id = r.record_id AND s.stamp > e.stamp))""",
        dataset=sql.bind(rule.dataset), record=tables.RECORD.table, whole=whole.table,
        restated=tables.RESTATED.table, key=rule.column("key"), values=value_table(rule.dataset),
        removed=removed.table,
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


def removal_rows(staging: Staging, made: Removals, row_items: Relation) -> Relation:
    """`tables.ROW_ITEM` with what the deleted rows end added."""
    return staging.append(row_items, statement("removal.row_items", removed=made.removed))


def close_facts(staging: Staging, store: Store, made: Turned) -> None:
    """Close what users and derivations state of entities that end; open it for those that return."""
    for label, entities in staging.rows(statement("removal.by_label", entities=made.ended)):
        slots = {"label": label, "key": NODES[label].key}
        for rows in batches(entities, BATCH):
            store.write(template("ingest.close_facts").render(**slots), rows=rows)
    for label, entities in staging.rows(statement("removal.by_label", entities=made.back)):
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
