"""Files looked at as a load would, and not loaded: what it would change, and whether the graph agrees."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import uuid4

from graph.duckdb_limits import USUAL_LIMITS, DuckDbLimits
from graph.store import Store
from ingest.checked import CheckedRows, checked_rows
from ingest.column_changes import column_notes
from ingest.load.compare import Changes, compare
from ingest.load.ledger import ledger_holds
from ingest.mapping.model import Mapping
from ingest.options import Step
from ingest.preview import Preview, changes_of
from ingest.report import Report
from ingest.reported import report_of
from ingest.scratch import scratch_of
from ingest.staging.database import STAGING, Staging, open_staging
from ingest.staging.given import with_files
from ingest.verify import Verified, verified
from ingest.which_run import Run, database_id_of


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
    checked: CheckedRows
    skipped: tuple[str, ...]

    def against(self, graph: str) -> tuple[Changes, Report]:
        """What they would change in the graph of this id, and how a load would report it."""
        changes = compare(self.staging, self.checked.rows, graph, self.run.id, accept_removals=True)
        return changes, report_of(self.staging, self.run, self.checked, changes, self.skipped)


@contextmanager
def _looked_at(
    store: Store, mapping: Mapping, root: Path, home: Path, now: datetime, fixed: datetime | None, step: Step,
    limits: DuckDbLimits,
) -> Iterator[Seen]:  # fmt: skip
    """The rows as a load would check them, in the home's staging file where there is one."""
    mapping, skipped = with_files(mapping.completed(), root)
    run = Run(f"dry-{uuid4().hex[:12]}", database_id_of(store), now)
    with scratch_of(home, run.id) as scratch:
        kept = home if (home / STAGING).exists() else scratch
        with closing(open_staging(kept, limits)) as staging:
            checked = checked_rows(staging, store, mapping, root, scratch, now, fixed, step)
            step("comparing with what the graph holds")
            said = column_notes(home, mapping, checked.columns)
            yield Seen(staging, run, checked, (*skipped, *said))


NOTHING_NOTED = ""
"""Stands for the id of a graph of which the ledger says nothing."""
