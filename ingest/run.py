"""One ingest run, the story of a row: open, stage, type, identify, compare, write, report."""

import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic
from uuid import uuid4

import orjson

from graph import migrations
from graph.clock import keep_clock, kept_clock
from graph.duckdb_limits import USUAL_LIMITS, DuckDbLimits
from graph.private import private_folder
from graph.service import run_sync
from graph.sql import Relation, fill
from graph.store import Store
from ingest import count, tables
from ingest.bulk.load import check_possible, finish_files, folder_of, write_load
from ingest.clock.load import LoadClock, clock_of_load, dates_of
from ingest.clock.stamps import stamp_columns
from ingest.column_changes import column_notes
from ingest.errors import ColumnMissing, RowsRefused
from ingest.load.compare import Changes, Rows, compare, keep, keep_restated
from ingest.load.contributions import stated_properties
from ingest.load.history import append_to_history, note_ended
from ingest.load.known import known_entities
from ingest.load.ledger import check_ledger, ledger_holds
from ingest.load.merged import join_again, set_apart
from ingest.load.notes import removal_notes
from ingest.load.removals import close_facts
from ingest.load.write import Notes, Progress, write_pending
from ingest.mapping.model import Mapping
from ingest.preview import Preview, changes_of
from ingest.quarantine.keep import keep_bad_rows, quarantined_rows
from ingest.report import Report
from ingest.revert.archive import Typed, finish_run, forget_runs, keep_run, making, tidy_runs
from ingest.revert.run import finish_revert
from ingest.sql import statement
from ingest.staging.database import STAGING, Staging, open_staging
from ingest.staging.given import with_files
from ingest.staging.rates import rate_rows
from ingest.staging.source import Source, open_sources
from ingest.staging.stage import columns_of, keep_raw, stage
from ingest.staging.totals import take_totals, total_notes
from ingest.transform.clean import clean, with_lookup
from ingest.transform.columns import columns_used, missing_columns
from ingest.transform.identity_rows import identity_rows
from ingest.transform.links import identify, links_of
from ingest.transform.money import converted
from ingest.transform.repeats import copies, repeats
from ingest.transform.rule import rules_of
from ingest.transform.superseded import superseded_rows
from ingest.transform.values import typed_rows
from ingest.verify import Verified, verified

Step = Callable[[str], None]
"""Called with what is being done."""
Files = dict[str, list[Source]]
"""The opened files by dataset."""
Columns = dict[str, tuple[str, ...]]
"""The staged columns by dataset."""


@dataclass(frozen=True, slots=True)
class Run:
    """Which run this is: its id, the graph it speaks to and when it began."""

    id: str
    database_id: str
    began: datetime


def ingest(  # noqa: PLR0913 - each is a choice of whoever loads
    store: Store, mapping: Mapping, root: Path, home: Path, now: datetime, *, strict: bool = False,
    accept_removals: bool = False, bulk: bool = False, fixed: datetime | None = None,
    step: Step = lambda _: None, progress: Progress = lambda _done, _all: None,
    limits: DuckDbLimits = USUAL_LIMITS,
) -> Report:  # fmt: skip
    """Load the files below `root` as the mapping says; state is kept in `home`.

    now: the wall clock. fixed: the company's now, in its place too, for demonstrations and tests.
    bulk: write import files instead (see `ingest.bulk`), where the graph is empty; raises BulkNotPossible.
    limits: what DuckDB may use; of it `staging.database.LARGEST` before it spills.

    Raises SourceUnreadable or ColumnMissing before anything is written, RowsRefused where `strict` and a row
    is bad, and RemovalsNotAccepted where a complete export ends much and `accept_removals` is not set.
    """
    began = monotonic()
    mapping, skipped = with_files(mapping.completed(), root)
    database_id = check_possible(store) if bulk else _database_id(store)
    run = Run(f"{now.astimezone(UTC):%Y%m%dT%H%M%S}-{uuid4().hex[:6]}", database_id, now)
    with closing(open_staging(home, limits)) as staging, _scratch(home, run) as scratch:
        if not check_ledger(staging, store, run.database_id):
            forget_runs(home, run.database_id)
        finish_revert(staging, store, home, run.database_id, now, limits)
        tidy_runs(home)
        checked = _checked(staging, store, mapping, root, scratch, now, fixed, step)
        rows, clock = checked.rows, checked.clock
        refused = _set_aside(staging, checked.quarantined, home, run, strict=strict)
        step("comparing with what the graph holds")
        changes = compare(staging, rows, run.database_id, run.id, accept_removals=accept_removals)
        said = column_notes(home, mapping, checked.columns)
        report = _report(staging, run, checked, changes, [*skipped, *said])
        report = replace(report, quarantine_file=str(refused) if refused else None)
        typed = Typed(rows, checked.typed_bad, clock.chosen.load, checked.columns)
        keep_run(staging, store, home, run.id, run.database_id, typed, changes.pending)
        if bulk:
            step("writing import files")
            _write_files(staging, store, home, rows, changes, checked.columns, report)
            finish_run(home, run.id)
            return replace(report, seconds=round(monotonic() - began, 3))
        if report.changed:
            step("writing")
            _write(staging, store, run, rows, changes, checked.columns, report, progress, home=home)
            stated = stated_properties(rows.rules)
            append_to_history(staging, store, changes.pending, home, scratch, run.id, stated, limits)
        else:
            keep_restated(staging, changes, run.database_id)
            finish_run(home, run.id)
            join_again(store, report.clock.now, now)
        if report.clock != clock.kept:
            keep_clock(store, report.clock, now)
    return replace(report, seconds=round(monotonic() - began, 3))


def preview(
    store: Store, mapping: Mapping, root: Path, home: Path, now: datetime, *, fixed: datetime | None = None,
    step: Step = lambda _: None, limits: DuckDbLimits = USUAL_LIMITS,
) -> Preview:  # fmt: skip
    """What `ingest` would do with the same files, the end of whatever complete exports lack included.

    Nothing is written to graph, ledger, staging or history. Raises SourceUnreadable or ColumnMissing.
    """
    with _looked_at(store, mapping, root, home, now, fixed, step, limits) as seen:
        noted = ledger_holds(seen.staging, store, seen.run.database_id)
        graph = seen.run.database_id if noted else NOTHING_NOTED
        changes, report = seen.against(graph)
        return changes_of(seen.staging, store, report, changes.pending)


def verify(
    store: Store, mapping: Mapping, root: Path, home: Path, now: datetime, *, fixed: datetime | None = None,
    step: Step = lambda _: None, limits: DuckDbLimits = USUAL_LIMITS,
) -> Verified:  # fmt: skip
    """Totals, keys and the reports' own totals of the files, against the graph; nothing is written.

    Raises SourceUnreadable or ColumnMissing.
    """
    with _looked_at(store, mapping, root, home, now, fixed, step, limits) as seen:
        changes, report = seen.against(NOTHING_NOTED)
        return verified(seen.staging, store, seen.checked.rows, changes, report, seen.checked.columns)


@dataclass(frozen=True, slots=True)
class Seen:
    """The rows of files that are not loaded."""

    staging: Staging
    run: Run
    checked: "Checked"
    skipped: tuple[str, ...]

    def against(self, graph: str) -> tuple[Changes, Report]:
        """What they would change in the graph of this id, and how a load would report it."""
        changes = compare(self.staging, self.checked.rows, graph, self.run.id, accept_removals=True)
        return changes, _report(self.staging, self.run, self.checked, changes, self.skipped)


@contextmanager
def _looked_at(
    store: Store, mapping: Mapping, root: Path, home: Path, now: datetime, fixed: datetime | None, step: Step,
    limits: DuckDbLimits,
) -> Iterator[Seen]:  # fmt: skip
    """The rows as a load would check them, in the home's staging file where there is one."""
    mapping, skipped = with_files(mapping.completed(), root)
    run = Run(f"dry-{uuid4().hex[:12]}", _database_id(store), now)
    with _scratch(home, run) as scratch:
        kept = home if (home / STAGING).exists() else scratch
        with closing(open_staging(kept, limits)) as staging:
            checked = _checked(staging, store, mapping, root, scratch, now, fixed, step)
            step("comparing with what the graph holds")
            said = column_notes(home, mapping, checked.columns)
            yield Seen(staging, run, checked, (*skipped, *said))


NOTHING_NOTED = ""
"""Stands for the id of a graph of which the ledger says nothing."""


@dataclass(frozen=True, slots=True)
class Checked:
    """The rows of all files, typed and identified; of the bad ones `quarantined` has the cells.

    typed_bad: the rows that were bad before any was identified.
    """

    files: Files
    columns: Columns
    rows: Rows
    typed_bad: Relation
    quarantined: Relation
    clock: LoadClock


def _checked(
    staging: Staging, store: Store, mapping: Mapping, root: Path, scratch: Path, now: datetime,
    fixed: datetime | None, step: Step,
) -> Checked:  # fmt: skip
    """Everything that is found out about the rows before they are compared with the graph."""
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
    return Checked(files, columns, rows, typed_bad, quarantined, clock)


def _database_id(store: Store) -> str:
    return migrations.check(store).database_id or ""


@contextmanager
def _scratch(home: Path, run: Run) -> Iterator[Path]:
    """A folder for files in another form, gone after the run."""
    folder = home / "scratch" / run.id
    private_folder(folder.parent)
    private_folder(folder)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


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


def _read_notes(files: Files) -> list[str]:
    """What was guessed or done to read each file, once for every file and sentence."""
    notes = (
        f"{one.path.name}: {note}" for sources in files.values() for one in sources for note in one.notes
    )
    return list(dict.fromkeys(notes))


def _stage(staging: Staging, mapping: Mapping, files: Files) -> Columns:
    """Every row as text; returns the columns."""
    refused, used = staging.empty(tables.REFUSED), columns_used(mapping)
    staging.empty(tables.TOTAL_ROW)
    columns = {}
    for name, sources in files.items():
        columns[name] = columns_of(sources)
        stage(staging, name, sources, used[name], refused)
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
        for lookup in dataset.lookups:
            cleaned[name] = with_lookup(staging, name, cleaned, lookup)
    bad = staging.empty(tables.BAD)
    for name in making(mapping):
        values = typed_rows(staging, mapping, name, cleaned[name], notes)
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
    return Rows(mapping, rules, links, bad, clock.exported, identified.keys.keys)


def _set_aside(staging: Staging, quarantined: Relation, home: Path, run: Run, *, strict: bool) -> Path | None:
    """Keep the bad rows; returns the file that lists them."""
    bad = staging.count(quarantined)
    if not bad:
        return None
    path = keep_bad_rows(staging, quarantined, home, run.id)
    if strict:
        raise RowsRefused(bad, path)
    return path


def _report(staging: Staging, run: Run, checked: Checked, changes: Changes, skipped: Iterable[str]) -> Report:
    """The report of a load; `skipped` says which files are absent."""
    rows, clock = checked.rows, checked.clock
    waiting = count.waiting_rows(staging, rows.rules, rows.keys)
    datasets = {
        name: count.dataset_report(staging, name, checked.files[name], rows.links, waiting)
        for name in making(rows.mapping)
    }
    written = count.written(staging, changes.pending)
    return Report(
        run_id=run.id,
        source=rows.mapping.source,
        database_id=run.database_id,
        started_at=run.began.isoformat(),
        seconds=0.0,
        changed=bool(written),
        clock=clock.chosen.company,
        datasets=datasets,
        lookups=count.lookup_rows(staging, rows.mapping),
        written=written,
        reasons=count.reasons(staging, checked.quarantined),
        quarantine_file=None,
        review=[*count.review_items(staging, tables.REVIEW), *count.unclear_ends(staging, rows.links)],
        looks_doubled=count.looks_doubled(staging, changes.entity),
        notes=[
            *skipped,
            *_read_notes(checked.files),
            *total_notes(staging),
            *clock.notes,
            *removal_notes(staging, rows, changes.removals, run.database_id),
            *count.notes(staging, rows.mapping, datasets),
        ],
    )


def _write(  # noqa: PLR0913 - what a load writes, where, and what it remembers
    staging: Staging, store: Store, run: Run, rows: Rows, changes: Changes, columns: Columns,
    report: Report, progress: Progress, *, home: Path,
) -> None:  # fmt: skip
    """Write what is pending, and remember it once the graph has it."""
    _note_run(store, run, report, "running")
    notes = Notes(staging, run.id, run.database_id, run.began, [])
    set_apart(staging, store, changes.pending, report.clock.now, run.began)
    write_pending(staging, changes.pending, store, notes, stated_properties(rows.rules), progress)
    close_facts(staging, store, changes.removals)
    note_ended(staging, store, changes.removals, run.id, run.began)
    finish_run(home, run.id)  # the graph has all of it: from here on it is no killed load
    _keep(staging, run.id, run.database_id, rows, changes, columns)
    join_again(store, report.clock.now, run.began)
    _note_run(store, run, report, "done")


def _keep(
    staging: Staging, run_id: str, database_id: str, rows: Rows, changes: Changes, columns: Columns
) -> None:
    """Remember what the graph now has, and the rows that said it."""
    keep(staging, changes, database_id)
    for name, names in columns.items():
        keep_raw(staging, name, rows.mapping.source_of(name), run_id, names)


def _write_files(
    staging: Staging, store: Store, home: Path, rows: Rows, changes: Changes, columns: Columns, report: Report
) -> None:
    """Write what is pending to import files, and remember it for the graph that they will make."""
    folder = folder_of(staging, home, report.database_id)
    load = write_load(staging, changes.pending, folder, store.config.database, report)
    _keep(staging, report.run_id, report.database_id, rows, changes, columns)
    finish_files(folder, load)


def _note_run(store: Store, run: Run, report: Report, status: str) -> None:
    shown = orjson.dumps(report.as_dict()).decode()
    props = {"kind": "ingest", "started_at": run.began.isoformat(), "status": status, "report": shown}
    if status == "done":
        props["finished_at"] = datetime.now(UTC).isoformat()
    store.upsert_nodes("Run", [{"id": run.id, "props": props}])
