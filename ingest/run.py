"""One ingest run, the story of a row: open, stage, type, identify, compare, write, report."""

from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic

import orjson

from graph.clock import keep_clock
from graph.sql import Relation
from graph.store import Store
from ingest.bulk.load import check_possible, finish_files, folder_of, write_load
from ingest.checked import CheckedRows, checked_rows
from ingest.column_changes import column_notes
from ingest.errors import RowsRefused
from ingest.load.compare import Changes, compare, keep, keep_restated
from ingest.load.contributions import stated_properties
from ingest.load.history import append_to_history, note_ended
from ingest.load.ledger import check_ledger
from ingest.load.merged import join_again, set_apart
from ingest.load.removals import close_facts
from ingest.load.write import Notes, write_pending
from ingest.mapping.model import Mapping
from ingest.options import Listener, LoadOptions
from ingest.quarantine.keep import keep_bad_rows
from ingest.report import Report
from ingest.reported import report_of
from ingest.revert.archive import Typed, finish_run, forget_runs, keep_run, tidy_runs
from ingest.revert.run import finish_revert
from ingest.scratch import scratch_of
from ingest.staging.database import Staging, open_staging
from ingest.staging.given import with_files
from ingest.staging.stage import keep_raw
from ingest.which_run import Run, database_id_of, new_run_id

USUAL = LoadOptions()
NOBODY = Listener()


@dataclass(frozen=True, slots=True)
class _Load:
    """What every step of one load works with."""

    staging: Staging
    store: Store
    home: Path
    scratch: Path
    run: Run
    options: LoadOptions
    listener: Listener


def ingest(
    store: Store, mapping: Mapping, root: Path, home: Path, now: datetime, options: LoadOptions = USUAL,
    listener: Listener = NOBODY,
) -> Report:  # fmt: skip
    """Load the files below `root` as the mapping says; state is kept in `home`.

    now: the wall clock.

    Raises SourceUnreadable or ColumnMissing before anything is written, RowsRefused where `strict` and a row
    is bad, RemovalsNotAccepted where a complete export ends much and `accept_removals` is not set, and
    BulkNotPossible where `bulk` and the graph is not empty.
    """
    began = monotonic()
    mapping, skipped = with_files(mapping.completed(), root)
    database_id = check_possible(store) if options.bulk else database_id_of(store)
    run = Run(new_run_id(now), database_id, now)
    with closing(open_staging(home, options.limits)) as staging, scratch_of(home, run.id) as scratch:
        load = _Load(staging, store, home, scratch, run, options, listener)
        _tidy(load)
        checked = checked_rows(
            staging, store, mapping, root, scratch, now, options.fixed, listener.step
        )  # fmt: skip
        report = _compared_and_written(load, checked, skipped)
    return replace(report, seconds=round(monotonic() - began, 3))


def _tidy(load: _Load) -> None:
    """Forget what speaks of another graph, and end what a killed load or revert had begun."""
    if not check_ledger(load.staging, load.store, load.run.database_id):
        forget_runs(load.home, load.run.database_id)
    finish_revert(
        load.staging, load.store, load.home, load.run.database_id, load.run.began, load.options.limits
    )
    tidy_runs(load.home)


def _compared_and_written(load: _Load, checked: CheckedRows, skipped: Iterable[str]) -> Report:
    """Compare the rows with what the graph holds, and write what differs."""
    staging, run, options, rows = load.staging, load.run, load.options, checked.rows
    refused = _set_aside(load, checked.quarantined)
    load.listener.step("comparing with what the graph holds")
    changes = compare(staging, rows, run.database_id, run.id, accept_removals=options.accept_removals)
    said = column_notes(load.home, rows.mapping, checked.columns)
    report = report_of(staging, run, checked, changes, [*skipped, *said])
    report = replace(report, quarantine_file=str(refused) if refused else None)
    typed = Typed(rows, checked.typed_bad, checked.clock.chosen.load, checked.columns)
    keep_run(staging, load.store, load.home, run.id, run.database_id, typed, changes.pending)
    if options.bulk:
        _write_files(load, checked, changes, report)
        return report
    if report.changed:
        _write(load, checked, changes, report)
    else:
        _note_unchanged(load, changes, report)
    if report.clock != checked.clock.kept:
        keep_clock(load.store, report.clock, run.began)
    return report


def _set_aside(load: _Load, quarantined: Relation) -> Path | None:
    """Keep the bad rows; returns the file that lists them."""
    bad = load.staging.count(quarantined)
    if not bad:
        return None
    path = keep_bad_rows(load.staging, quarantined, load.home, load.run.id)
    if load.options.strict:
        raise RowsRefused(bad, path)
    return path


def _write(load: _Load, checked: CheckedRows, changes: Changes, report: Report) -> None:
    """Write what is pending, and remember it once the graph has it."""
    load.listener.step("writing")
    staging, store, run = load.staging, load.store, load.run
    stated = stated_properties(checked.rows.rules)
    _note_run(store, run, report, "running")
    notes = Notes(staging, run.id, run.database_id, run.began, [])
    set_apart(staging, store, changes.pending, report.clock.now, run.began)
    write_pending(staging, changes.pending, store, notes, stated, load.listener.progress)
    close_facts(staging, store, changes.turned)
    note_ended(staging, store, changes.turned, run.id, run.began)
    finish_run(load.home, run.id)  # the graph has all of it: from here on it is no killed load
    _remember(load, checked, changes)
    join_again(store, report.clock.now, run.began)
    _note_run(store, run, report, "done")
    append_to_history(
        staging, store, changes.pending, load.home, load.scratch, run.id, stated, load.options.limits
    )


def _note_unchanged(load: _Load, changes: Changes, report: Report) -> None:
    """Note when what the graph already holds was stated again."""
    keep_restated(load.staging, changes, load.run.database_id)
    finish_run(load.home, load.run.id)
    join_again(load.store, report.clock.now, load.run.began)


def _write_files(load: _Load, checked: CheckedRows, changes: Changes, report: Report) -> None:
    """Write what is pending to import files, and remember it for the graph that they will make."""
    load.listener.step("writing import files")
    folder = folder_of(load.staging, load.home, load.run.database_id)
    made = write_load(load.staging, changes.pending, folder, load.store.config.database, report)
    _remember(load, checked, changes)
    finish_files(folder, made)
    finish_run(load.home, load.run.id)


def _remember(load: _Load, checked: CheckedRows, changes: Changes) -> None:
    """Remember what the graph now has, and the rows that said it."""
    keep(load.staging, changes, load.run.database_id)
    for name, names in checked.columns.items():
        keep_raw(load.staging, name, checked.rows.mapping.source_of(name), load.run.id, names)


def _note_run(store: Store, run: Run, report: Report, status: str) -> None:
    shown = orjson.dumps(report.as_dict()).decode()
    props = {"kind": "ingest", "started_at": run.began.isoformat(), "status": status, "report": shown}
    if status == "done":
        props["finished_at"] = datetime.now(UTC).isoformat()
    store.upsert_nodes("Run", [{"id": run.id, "props": props}])
