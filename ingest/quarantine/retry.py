"""Bad rows loaded again: as files of their own, by the mapping and as of the export that they came with."""

import csv
import shutil
from collections.abc import Iterable
from contextlib import closing
from datetime import datetime
from pathlib import Path
from uuid import uuid4

from graph import migrations
from graph.duckdb_limits import USUAL_LIMITS, DuckDbLimits
from graph.private import private_folder
from graph.store import Store
from ingest import tables
from ingest.mapping.model import Dataset, Mapping
from ingest.quarantine.waiting import BadRow, waiting_rows
from ingest.report import Report
from ingest.revert.archive import Archived, archived_runs
from ingest.run import ingest
from ingest.sql import statement
from ingest.staging.database import open_staging
from ingest.staging.given import looked_up

AGAIN = "-again.csv"
"""How the file of a dataset's bad rows is named: not as that of the export, which it does not replace."""


def retry(
    store: Store, home: Path, now: datetime, *, fixed: datetime | None = None,
    limits: DuckDbLimits = USUAL_LIMITS,
) -> list[Report]:  # fmt: skip
    """Load what waits and has cells; a report per load that it came with, the oldest first.

    Rows that are still bad wait again, under the new load. Rows of a dataset that looks up another one are
    left: the other's file is not kept. now: the wall clock.
    """
    database_id = migrations.check(store).database_id or ""
    with closing(open_staging(home, limits)) as staging:
        runs = archived_runs(home, database_id)
        rows = waiting_rows(staging, runs)
    reports = []
    for run in runs:
        ready = [one for one in rows if one.run_id == run.run_id and is_ready(one, run)]
        if ready:
            reports.append(_load(store, home, run, ready, now, fixed, limits))
            _forget(home, ready, limits)
    return reports


def is_ready(one: BadRow, run: Archived) -> bool:
    """Whether a row can be loaded by itself."""
    return (
        one.cells is not None
        and one.dataset in run.mapping.datasets
        and not looked_up(run.mapping, one.dataset)
    )


def _load(
    store: Store, home: Path, run: Archived, rows: list[BadRow], now: datetime, fixed: datetime | None,
    limits: DuckDbLimits,
) -> Report:  # fmt: skip
    folder = private_folder(home / "scratch" / f"retry-{uuid4().hex[:12]}")
    try:
        for name in {one.dataset for one in rows}:
            _write([one for one in rows if one.dataset == name], folder / f"{name}{AGAIN}")
        mapping = _mapping(run, {one.dataset for one in rows})
        return ingest(store, mapping, folder, home, now, fixed=fixed, limits=limits)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _mapping(run: Archived, names: Iterable[str]) -> Mapping:
    """The load's mapping for these datasets, as of the export that the rows came with."""
    datasets = {name: _dataset(name, run.mapping.datasets[name]) for name in names}
    exported = run.mapping.exported_at or run.clock.now.isoformat()
    return run.mapping.model_copy(update={"datasets": datasets, "exported_at": exported})


def _dataset(name: str, dataset: Dataset) -> Dataset:
    """The dataset with the file of its bad rows, which is no complete export."""
    plain = Dataset(
        file=f"{name}{AGAIN}", format="csv", encoding="utf-8", delimiter=",", quote='"', header=True
    )
    read = ("file", "format", "encoding", "delimiter", "quote", "header")
    changed = {field: getattr(plain, field) for field in read}
    left = {"sheet": None, "range": None, "columns": None, "skip_lines": 0, "complete": False}
    return dataset.model_copy(update={**changed, **left})


def _write(rows: list[BadRow], path: Path) -> None:
    columns = list(dict.fromkeys(column for one in rows for column in one.cells or ()))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows({name: cell or "" for name, cell in (one.cells or {}).items()} for one in rows)


def _forget(home: Path, rows: list[BadRow], limits: DuckDbLimits) -> None:
    """Those that were loaded, or wait anew, no longer wait as they were."""
    with closing(open_staging(home, limits)) as staging:
        ids = [one.id for one in rows]
        staging.execute(statement("quarantine.forget", quarantine=tables.QUARANTINE, ids=ids))
