"""Everything that is found out about the rows of files before they are compared with the graph."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from graph.clock import kept_clock
from graph.service import run_sync
from graph.sql import Relation, fill
from graph.store import Store
from ingest import tables
from ingest.clock.load import LoadClock, clock_of_load, dates_of
from ingest.clock.stamps import stamp_columns
from ingest.errors import ColumnMissing
from ingest.load.compare import Rows
from ingest.load.known import known_entities
from ingest.mapping.kinds import with_owners
from ingest.mapping.model import Mapping
from ingest.options import Step
from ingest.quarantine.keep import quarantined_rows
from ingest.revert.archive import making
from ingest.sql import statement
from ingest.staging.database import Staging
from ingest.staging.footers import take_footers
from ingest.staging.rates import rate_rows
from ingest.staging.source import Source, open_sources
from ingest.staging.stage import columns_of, stage
from ingest.staging.totals import take_totals
from ingest.transform.clean import clean, kept, with_lookup
from ingest.transform.columns import columns_used, missing_columns
from ingest.transform.credit import with_signs
from ingest.transform.disagreeing import disagreements
from ingest.transform.identity_rows import identity_rows
from ingest.transform.links import identify, links_of
from ingest.transform.money import converted
from ingest.transform.repeats import copies, repeats
from ingest.transform.rule import rules_of
from ingest.transform.scales import scale_notes
from ingest.transform.superseded import superseded_rows
from ingest.transform.values import typed_rows

Files = dict[str, list[Source]]
"""The opened files by dataset."""
Columns = dict[str, tuple[str, ...]]
"""The staged columns by dataset."""


@dataclass(frozen=True, slots=True)
class CheckedRows:
    """The rows of all files, typed and identified; of the bad ones `quarantined` has the cells.

    typed_bad: the rows that were bad before any was identified.
    """

    files: Files
    columns: Columns
    rows: Rows
    typed_bad: Relation
    quarantined: Relation
    clock: LoadClock


def checked_rows(
    staging: Staging, store: Store, mapping: Mapping, root: Path, scratch: Path, now: datetime,
    fixed: datetime | None, step: Step,
) -> CheckedRows:  # fmt: skip
    """Everything that is found out about the rows before they are compared with the graph."""
    mapping = _with_owners(store, mapping)
    step("reading files")
    files = _open(mapping, root, scratch)
    columns = _stage(staging, mapping, files)
    step("checking rows")
    notes = staging.empty(tables.VALUE_NOTE)
    rates = rate_rows(staging, mapping, root, scratch)
    bad = _type(staging, mapping, files, columns, rates, notes)
    clock = _choose_now(staging, store, mapping, files, bad, now, fixed)
    typed_bad = staging.make(tables.TYPED_BAD, fill("SELECT * FROM {t}", t=bad.table))
    rows = _identify(staging, store, mapping, clock, notes)
    quarantined = quarantined_rows(
        staging, tables.REFUSED, rows.bad, {name: columns[name] for name in making(mapping)}
    )
    return CheckedRows(files, columns, rows, typed_bad, quarantined, clock)


def _with_owners(store: Store, mapping: Mapping) -> Mapping:
    """The mapping, whose kinds of items know whose they are."""
    if not mapping.kinds:
        return mapping
    standing = {row["kind"]: row for row in store.read("item.kinds")}
    return mapping.model_copy(update={"kinds": with_owners(mapping.kinds, mapping.source, standing)})


def _open(mapping: Mapping, root: Path, scratch: Path) -> Files:
    """Every file, opened and found to have the mapping's columns before anything is written."""
    files = {name: open_sources(root, dataset, scratch) for name, dataset in mapping.datasets.items()}
    faults = [
        fault
        for name, sources in files.items()
        for source in sources
        for fault in missing_columns(mapping, name, source)
    ]
    if faults:
        raise ColumnMissing(faults)
    return files


def _stage(staging: Staging, mapping: Mapping, files: Files) -> Columns:
    """Every row as text; returns the columns."""
    refused, used = staging.empty(tables.REFUSED), columns_used(mapping)
    staging.empty(tables.TOTAL_ROW)
    columns = {}
    for name, sources in files.items():
        columns[name] = columns_of(sources)
        stage(staging, name, sources, used[name], refused)
        take_footers(staging, name, sources, columns[name], refused)
        take_totals(staging, name, columns[name])
    return columns


def _type(
    staging: Staging,
    mapping: Mapping,
    files: Files,
    columns: Columns,
    rates: Relation | None,
    notes: Relation,
) -> Relation:
    """Typed values of every row; returns `tables.BAD` with the rows that have a value which is none."""
    cleaned, used = {}, columns_used(mapping)
    for name, dataset in mapping.datasets.items():
        read = [column for column in columns[name] if column in used[name]]
        raw = tables.raw_rows(name, columns[name])
        cleaned[name] = clean(staging, raw, name, read, dataset.null_values or mapping.null_values)
    for name, dataset in mapping.datasets.items():
        if dataset.where and not dataset.makes_something:
            cleaned[name] = kept(staging, cleaned[name], dataset)
    for name, dataset in mapping.datasets.items():
        for lookup in dataset.lookups:
            cleaned[name] = with_lookup(staging, name, cleaned, lookup)
    bad = staging.empty(tables.BAD)
    for name in making(mapping):
        values = typed_rows(staging, mapping, name, cleaned[name], notes)
        values = with_signs(staging, name, mapping.datasets[name], values, notes)
        values = converted(staging, mapping.datasets[name], values, rates)
        if len(files[name]) > 1:
            superseded_rows(staging, mapping.datasets[name], values, cleaned[name])
        staging.append(bad, statement("refusal.values", dataset=name, values=values))
    return bad


def _choose_now(
    staging: Staging, store: Store, mapping: Mapping, files: Files, bad: Relation, wall: datetime,
    fixed: datetime | None,
) -> LoadClock:  # fmt: skip
    """The now of this load; rows that state something after it which is no plan are bad."""
    newest = {name: max(source.modified_at for source in sources) for name, sources in files.items()}
    columns = stamp_columns(rules_of(mapping), links_of(mapping), mapping)
    dates = dates_of(mapping, newest, wall, fixed)
    return clock_of_load(staging, mapping, columns, dates, run_sync(store, kept_clock), bad)


def _identify(staging: Staging, store: Store, mapping: Mapping, clock: LoadClock, notes: Relation) -> Rows:
    """The ids of all entities and both ends of all links, until every row is either good or has a reason."""
    rules, links = rules_of(mapping), links_of(mapping)
    bad = repeats(staging, mapping, rules, links, clock.bad)
    known = known_entities(staging, store, mapping, rules, links)
    found = identity_rows(staging, mapping, rules, notes)
    identified = identify(staging, rules, links, found, known, bad, notes)
    bad = copies(staging, making(mapping), identified.bad)
    disagreements(staging, mapping, rules, notes)
    scale_notes(staging, store, mapping, rules, links, notes)
    return Rows(mapping, rules, links, bad, clock.exported, identified.keys.keys)
