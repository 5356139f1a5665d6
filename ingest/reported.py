"""The report of a load, from what was checked and what it changes."""

from collections.abc import Iterable
from dataclasses import replace

from ingest import count, tables
from ingest.checked import CheckedRows, Files
from ingest.load.compare import Changes
from ingest.load.notes import removal_notes
from ingest.report import Report
from ingest.revert.archive import making
from ingest.staging.database import Staging
from ingest.staging.totals import total_notes
from ingest.which_run import Run


def report_of(
    staging: Staging, run: Run, checked: CheckedRows, changes: Changes, skipped: Iterable[str]
) -> Report:
    """The report of a load; `skipped` says which files are absent."""
    rows, clock = checked.rows, checked.clock
    waiting = count.waiting_rows(staging, rows.rules, rows.keys)
    datasets = {
        name: replace(
            count.dataset_report(staging, name, checked.files[name], rows.links, waiting),
            source=rows.mapping.source_of(name), newest=clock.newest.get(name),
        )
        for name in making(rows.mapping)
    }  # fmt: skip
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
            *removal_notes(staging, rows, changes, run.database_id),
            *count.closed_before_opened(staging, changes.entity),
            *count.reused_keys(staging, run.database_id),
            *count.ended_before_begun(staging, changes.facts.facts),
            *count.circles(staging, changes.facts.facts),
            *count.notes(staging, rows.mapping, datasets),
        ],
    )


def _read_notes(files: Files) -> list[str]:
    """What was guessed or done to read each file, once for every file and sentence."""
    notes = (
        f"{one.path.name}: {note}" for sources in files.values() for one in sources for note in one.notes
    )
    return list(dict.fromkeys(notes))
