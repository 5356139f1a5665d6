"""Loads compared anew, one after the other, against a staging file of their own that begins empty.

The graph is not asked: what it would know of keys and values follows from what the loads before have written.
An entity keeps the id that its key had in the load itself, so that what others say of it stays where it is.
"""

from collections.abc import Iterable

from graph import sql
from graph.sql import Relation, Sql, fill
from ingest import tables
from ingest.load.compare import Rows, compare, keep
from ingest.load.known import add_known
from ingest.mapping.model import Mapping
from ingest.revert.archive import Archived, making
from ingest.sql import statement
from ingest.staging.database import Staging
from ingest.transform.identity_rows import IdentityRows, identity_rows
from ingest.transform.keys import Known
from ingest.transform.links import Identified, Link, has_aliases, identify, links_of
from ingest.transform.phone_keys import kept_keys
from ingest.transform.repeats import copies, repeats
from ingest.transform.rule import Rule, looked_up_fields, rules_of


def replay(staging: Staging, runs: Iterable[Archived]) -> Relation:
    """`tables.STANDING`, what a graph holds after these loads; the notes of staging say the same.

    staging: an empty one. `tables.REWRITTEN` has what each of the loads wrote, and `tables.UNREFERRED` the
    rows that no longer find what they refer to.
    """
    for relation in (tables.STANDING, tables.REWRITTEN, tables.UNREFERRED):
        staging.empty(relation)
    for run in runs:
        _replay(staging, run)
    return tables.STANDING


def _replay(staging: Staging, run: Archived) -> None:
    _open(staging, run)
    rows = _identified(staging, run)
    _note_unreferred(staging, run)
    changes = compare(staging, rows, run.database_id, run.run_id, accept_removals=True)
    _write(staging, run, changes.pending)
    keep(staging, changes, run.database_id)


def _open(staging: Staging, run: Archived) -> None:
    """What the load had typed, as the tables of a run."""
    for name in making(run.mapping):
        for relation in (tables.value_rows(name, {}), tables.clean_rows(name, ())):
            _read(staging, run, relation.name.removeprefix("work."), relation.table)
    _read(staging, run, "bad", tables.BAD.table)
    exported = sql.bind(str(run.file("exported")))
    staging.append(
        staging.empty(tables.EXPORTED), fill("SELECT * FROM read_parquet({p})", p=exported)
    )  # loads of before kept no broken lines
    _read(staging, run, "key", tables.ACTUAL_KEY.table)
    _read(staging, run, "refused", tables.ACTUAL_REFUSED.table)


def _read(staging: Staging, run: Archived, name: str, table: Sql) -> None:
    path = sql.bind(str(run.file(name)))
    staging.execute(fill("CREATE OR REPLACE TABLE {t} AS FROM read_parquet({p})", t=table, p=path))


def _identified(staging: Staging, run: Archived) -> Rows:
    """The good rows with the entities they name, as the load would have found them.

    A key whose rows turn out to be bad makes nothing: then it is not known either, and the search repeats.
    """
    mapping, rules, links = run.mapping, rules_of(run.mapping), links_of(run.mapping)
    bad = repeats(staging, mapping, rules, links, tables.BAD)
    notes = staging.empty(tables.VALUE_NOTE)
    found = identity_rows(staging, mapping, rules, notes)
    while True:
        refused = staging.count(bad)
        known = _known(staging, mapping, rules, found)
        identified = _identify(staging, rules, links, found, known, notes)
        if staging.count(bad) == refused:
            break
    staging.execute(statement("revert.own_keys_made", key=tables.KEY, node_row=found.nodes, bad=bad))
    bad = copies(staging, making(mapping), identified.bad)
    return Rows(mapping, rules, links, bad, tables.EXPORTED, identified.keys.keys)


def _identify(
    staging: Staging, rules: list[Rule], links: list[Link], found: IdentityRows, known: Known, notes: Relation
) -> Identified:
    return identify(staging, rules, links, found, known, tables.BAD, notes)


def _known(staging: Staging, mapping: Mapping, rules: list[Rule], found: IdentityRows) -> Known:
    """What the graph would have known of the load's keys, and of the values that it looks up."""
    creating = [rule.name for rule in rules if rule.node.unmatched == "create"]
    keys = statement(
        "revert.known_keys", actual_key=tables.ACTUAL_KEY, standing=tables.STANDING, node_row=found.nodes,
        bad=tables.BAD, creating=creating,
        aliased=sorted({label for label in _labels(rules, mapping) if has_aliases(label)}),
    )  # fmt: skip
    known = Known(staging.make(tables.KNOWN, keys), staging.empty(tables.KNOWN_VALUE))
    for label, field in sorted(looked_up_fields(mapping, rules)):
        values = statement("revert.known_values", standing=tables.STANDING, label=label, field=field)
        rows = [
            (label, field, key, one)
            for value, country, one in staging.rows(values)
            for key in kept_keys(field, value, country or mapping.country)
        ]
        add_known(staging, known.values, rows)
    return known


def _labels(rules: list[Rule], mapping: Mapping) -> set[str]:
    """The labels of all nodes and ends of a mapping."""
    ends = {label for link in links_of(mapping) for label in link.labels}
    return ends | {rule.node.label for rule in rules}


def _note_unreferred(staging: Staging, run: Archived) -> None:
    for name in making(run.mapping):
        unreferred = statement(
            "revert.unreferred", bad=tables.BAD, refused=tables.ACTUAL_REFUSED, run_id=run.run_id,
            clean=tables.clean_rows(name, ()), dataset=name,
        )  # fmt: skip
        staging.append(tables.UNREFERRED, unreferred)


def _write(staging: Staging, run: Archived, pending: Relation) -> None:
    """Note in staging alone what the load would have written."""
    staging.append(tables.REWRITTEN, statement("revert.written", pending=pending, run_id=run.run_id))
    staging.execute(
        statement(
            "revert.stand", pending=pending, standing=tables.STANDING,
            cleared={label: dict.fromkeys(names) for label, names in run.stated.items()},
        )
    )  # fmt: skip
    of_graph = {"pending": pending, "database_id": run.database_id}
    staging.execute(statement("revert.forget", ledger=tables.LEDGER, **of_graph))
    staging.append(tables.LEDGER, statement("revert.note", run_id=run.run_id, **of_graph))
