"""One ingest run, the story of a row: open, stage, type, identify, compare, write, report."""

from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic

import orjson

from graph.clock import keep_clock
from graph.duckdb_limits import USUAL_LIMITS, DuckDbLimits
from graph.sql import Relation
from graph.store import Store
from ingest.bulk.load import check_possible, finish_files, folder_of, write_load
from ingest.checked import Columns, Step, checked_rows
from ingest.column_changes import column_notes
from ingest.errors import RowsRefused
from ingest.load.compare import Changes, Rows, compare, keep, keep_restated
from ingest.load.contributions import stated_properties
from ingest.load.history import append_to_history, note_ended
from ingest.load.ledger import check_ledger
from ingest.load.merged import join_again, set_apart
from ingest.load.removals import close_facts
from ingest.load.write import Notes, Progress, write_pending
from ingest.mapping.model import Mapping
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


def ingest(  # noqa: PLR0913 - each is a choice of whoever loads
    store: Store, mapping: Mapping, root: Path, home: Path, now: datetime, *, strict: bool = False,
    accept_removals: bool = False, bulk: bool = False, fixed: datetime | None = None,
    step: Step = lambda _: None, progress: Progress = lambda _done, _all: None,
    limits: DuckDbLimits = USUAL_LIMITS,
) -> Report:  # fmt: skip
    """Load the files below `root` as the mapping says; state is kept in `home`.

    now: the wall clock. fixed: the company's now, in its place too, for demonstrations and tests.
    bulk: write import files instead (see `ingest.bulk`), where the graph is empty; raises BulkNotPossible.
    limits: what DuckDB may use; of it `graph.duckdb_limits.LARGEST` before it spills.

    Raises SourceUnreadable or ColumnMissing before anything is written, RowsRefused where `strict` and a row
    is bad, and RemovalsNotAccepted where a complete export ends much and `accept_removals` is not set.
    """
    began = monotonic()
    mapping, skipped = with_files(mapping.completed(), root)
    database_id = check_possible(store) if bulk else database_id_of(store)
    run = Run(new_run_id(now), database_id, now)
    with closing(open_staging(home, limits)) as staging, scratch_of(home, run.id) as scratch:
        if not check_ledger(staging, store, run.database_id):
            forget_runs(home, run.database_id)
        finish_revert(staging, store, home, run.database_id, now, limits)
        tidy_runs(home)
        checked = checked_rows(staging, store, mapping, root, scratch, now, fixed, step)
        rows, clock = checked.rows, checked.clock
        refused = _set_aside(staging, checked.quarantined, home, run, strict=strict)
        step("comparing with what the graph holds")
        changes = compare(staging, rows, run.database_id, run.id, accept_removals=accept_removals)
        said = column_notes(home, mapping, checked.columns)
        report = report_of(staging, run, checked, changes, [*skipped, *said])
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


def _set_aside(staging: Staging, quarantined: Relation, home: Path, run: Run, *, strict: bool) -> Path | None:
    """Keep the bad rows; returns the file that lists them."""
    bad = staging.count(quarantined)
    if not bad:
        return None
    path = keep_bad_rows(staging, quarantined, home, run.id)
    if strict:
        raise RowsRefused(bad, path)
    return path


def _write(  # noqa: PLR0913 - what a load writes, where, and what it remembers
    staging: Staging, store: Store, run: Run, rows: Rows, changes: Changes, columns: Columns,
    report: Report, progress: Progress, *, home: Path,
) -> None:  # fmt: skip
    """Write what is pending, and remember it once the graph has it."""
    _note_run(store, run, report, "running")
    notes = Notes(staging, run.id, run.database_id, run.began, [])
    set_apart(staging, store, changes.pending, report.clock.now, run.began)
    write_pending(staging, changes.pending, store, notes, stated_properties(rows.rules), progress)
    close_facts(staging, store, changes.turned)
    note_ended(staging, store, changes.turned, run.id, run.began)
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
