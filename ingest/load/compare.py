"""What a run would change in the graph: every target that the graph does not hold yet."""

from dataclasses import dataclass

from graph.sql import Relation
from ingest import tables
from ingest.load.contributions import contributions, entity_rows
from ingest.load.entities import alias_targets, entities, entity_targets, kind_targets, surviving_records
from ingest.load.facts import (
    Facts,
    absent_facts,
    fact_rows,
    fact_targets,
    facts,
    keep_facts,
    returned_facts,
    stated_facts,
)
from ingest.load.parts import (
    Parts,
    absent_owners,
    keep_owners,
    keep_parts,
    part_rows,
    part_targets,
    parts,
    stated_parts,
)
from ingest.load.records import keep_records, record_targets, standing_records, versions
from ingest.load.removals import Removals, Turned, keep_deletions, removal_rows, removals, turned
from ingest.load.target import pending_items
from ingest.load.titles import titles
from ingest.mapping.model import Mapping
from ingest.staging.database import Staging
from ingest.transform.links import Link, has_aliases
from ingest.transform.rule import Rule


@dataclass(frozen=True, slots=True)
class Rows:
    """The good rows of a run: typed, with the entities they name."""

    mapping: Mapping
    rules: list[Rule]
    links: list[Link]
    bad: Relation
    exported: Relation
    keys: Relation

    @property
    def labels(self) -> list[str]:
        """Labels of this run whose records may change and have aliases."""
        return sorted({rule.node.label for rule in self.rules if has_aliases(rule.node.label)})


@dataclass(frozen=True, slots=True)
class Changes:
    """What a run changes: the pending items, and what is kept once the graph has them."""

    entity: Relation
    version: Relation
    removals: Removals
    turned: Turned
    facts: Facts
    parts: Parts
    pending: Relation


def compare(
    staging: Staging, rows: Rows, database_id: str, run_id: str, *, accept_removals: bool = False
) -> Changes:
    """Everything that the rows state, against what stands in the graph with this `database_id`."""
    target, row_items = staging.empty(tables.TARGET), staging.empty(tables.ROW_ITEM)
    titles(staging, rows.links)
    contribution = contributions(staging, rows.mapping, rows.rules, rows.keys)
    gone = removals(
        staging, rows.mapping, rows.rules, contribution, rows.exported, bad=rows.bad,
        database_id=database_id, accepted=accept_removals,
    )  # fmt: skip
    entity_rows(staging, rows.rules, rows.keys, row_items)
    removal_rows(staging, gone, row_items)
    version = versions(staging, contribution, tables.RECORD, rows.exported, gone, database_id)
    standing = standing_records(staging, contribution, version, database_id)
    ends = turned(staging, standing, database_id)
    surviving = surviving_records(staging, standing)
    staging.drop(standing)
    entity = entities(staging, rows.mapping, surviving)
    staging.drop(surviving)
    kind_targets(staging, rows.mapping, target)
    entity_targets(staging, entity, target)
    alias_targets(staging, rows.labels, rows.keys, target)
    record_targets(staging, version, target, rows.labels, run_id)
    made = _facts(staging, rows, gone, ends, database_id, target, row_items)
    lines = _parts(staging, rows, gone, database_id, target, row_items)
    pending = pending_items(staging, target, tables.LEDGER, database_id)
    staging.drop(target)
    return Changes(entity, version, gone, ends, made, lines, pending)


def _facts(
    staging: Staging, rows: Rows, gone: Removals, ends: Turned, database_id: str, target: Relation,
    row_items: Relation,
) -> Facts:  # fmt: skip
    mapping, links = rows.mapping, rows.links
    stated, keys = stated_facts(staging, mapping, links, rows.bad, rows.exported)
    returned_facts(staging, mapping, links, stated, keys, gone)
    absent_facts(staging, mapping, links, keys, gone, database_id)
    made = facts(staging, stated, keys, ends, database_id)
    fact_rows(staging, made, row_items)
    fact_targets(staging, made, target, database_id)
    return made


def _parts(
    staging: Staging, rows: Rows, gone: Removals, database_id: str, target: Relation, row_items: Relation
) -> Parts:
    stated, owners = stated_parts(staging, rows.mapping, rows.links, rows.bad, rows.exported, rows.keys)
    absent_owners(staging, rows.mapping, rows.links, owners, gone.whole, database_id)
    made = parts(staging, stated, owners, database_id)
    part_rows(staging, made, row_items)
    part_targets(staging, made, target)
    return made


def keep(staging: Staging, changes: Changes, database_id: str) -> None:
    """Remember what now stands, after the graph has it all."""
    keep_records(staging, changes.version, database_id)
    keep_deletions(staging, changes.removals, database_id)
    keep_facts(staging, changes.facts, database_id)
    keep_parts(staging, changes.parts, database_id)


def keep_restated(staging: Staging, changes: Changes, database_id: str) -> None:
    """Remember, of a run that changes nothing in the graph, when it stated what stands."""
    keep_records(staging, changes.version, database_id)
    keep_deletions(staging, changes.removals, database_id)
    keep_facts(staging, changes.facts, database_id)
    keep_owners(staging, changes.parts, database_id)
