"""Bad rows loaded again: as files of their own, by the mapping and as of the export that they came with."""

import csv
from collections.abc import Callable, Iterable
from contextlib import closing
from datetime import datetime
from pathlib import Path
from uuid import uuid4

from graph.duckdb_limits import USUAL_LIMITS, DuckDbLimits
from graph.errors import RelgraphError
from graph.store import Store
from ingest import tables
from ingest.mapping.model import Dataset, Mapping
from ingest.options import LoadOptions
from ingest.quarantine.records import Cells, whole_records
from ingest.quarantine.waiting import BadRow, waiting_rows
from ingest.report import Report
from ingest.revert.archive import Archived, archived_runs
from ingest.run import ingest
from ingest.scratch import scratch_of
from ingest.sql import statement
from ingest.staging.database import open_staging
from ingest.staging.given import looked_up
from ingest.which_run import database_id_of

AGAIN = "-again.csv"
"""How the file of a dataset's bad rows is named: not as that of the export, which it does not replace."""


def retry(
    store: Store, home: Path, now: datetime, *, fixed: datetime | None = None,
    told: Callable[[str], None] = lambda _: None, limits: DuckDbLimits = USUAL_LIMITS,
) -> list[Report]:  # fmt: skip
    """Load what waits and has cells; a report per load that it came with, the oldest first.

    With a row go the good rows of its load that speak of the same records (`whole_records`). Rows that are
    still bad wait again, under the new load. Rows of a dataset that looks up another one, or reads a file of
    rates, are left: the other file is not kept. now: the wall clock. told: called with why the rows of a load
    could not be loaded; those of the others are.
    """
    database_id = database_id_of(store)
    with closing(open_staging(home, limits)) as staging:
        runs = archived_runs(home, database_id)
        waiting = _by_run(waiting_rows(staging, runs))
    reports = []
    for run in runs:
        ready = [one for one in waiting.get(run.run_id, ()) if is_ready(one, run)]
        try:
            report = _load(store, home, run, ready, now, fixed, limits) if ready else None
        except RelgraphError as error:
            told(f"rows of {run.run_id} still wait: {error}")
            continue
        if report is not None:
            reports.append(report)
    return reports


def _by_run(rows: Iterable[BadRow]) -> dict[str, list[BadRow]]:
    found: dict[str, list[BadRow]] = {}
    for one in rows:
        found.setdefault(one.run_id, []).append(one)
    return found


def is_ready(one: BadRow, run: Archived) -> bool:
    """Whether a row can be loaded by itself."""
    return (
        one.cells is not None
        and run.finished  # of a killed load the rows beside it are not kept; its files load again
        and one.dataset in run.mapping.datasets
        and not looked_up(run.mapping, one.dataset)
        and not (_has_rates_file(run.mapping) and _is_converted(run.mapping.datasets[one.dataset]))
    )


def _has_rates_file(mapping: Mapping) -> bool:
    return mapping.rates is not None and mapping.rates.file is not None


def _is_converted(dataset: Dataset) -> bool:
    """Whether its amounts are converted by rates."""
    return any("reporting_amount" in node.fields for node in dataset.nodes)


def _load(
    store: Store, home: Path, run: Archived, rows: list[BadRow], now: datetime, fixed: datetime | None,
    limits: DuckDbLimits,
) -> Report | None:  # fmt: skip
    """Load the rows with the rest of their records; None where the rest of none of them is kept."""
    found = _whole(home, run, rows, limits)
    if not found:
        return None
    with scratch_of(home, f"retry-{uuid4().hex[:12]}") as folder:
        for name, cells in found.items():
            _write(cells, folder / _file(run, name))
        options = LoadOptions(fixed=fixed, limits=limits)
        report = ingest(store, _mapping(run, found), folder, home, now, options)
    _forget(home, [one for one in rows if one.dataset in found], limits)
    return report


def _whole(home: Path, run: Archived, rows: list[BadRow], limits: DuckDbLimits) -> dict[str, list[Cells]]:
    """The rows to load by dataset."""
    with closing(open_staging(home, limits)) as staging:
        names = dict.fromkeys(one.dataset for one in rows)
        found = {
            name: whole_records(staging, run, name, [one for one in rows if one.dataset == name])
            for name in names
        }
    return {name: cells for name, cells in found.items() if cells is not None}


def _file(run: Archived, name: str) -> str:
    """The name of a file that replaces no other one: neither an export nor what waits of another load."""
    return f"{name}-{run.run_id}{AGAIN}"


def _mapping(run: Archived, names: Iterable[str]) -> Mapping:
    """The load's mapping for these datasets, as of the export that the rows came with."""
    datasets = {name: _dataset(run, name, run.mapping.datasets[name]) for name in names}
    changed: dict[str, object] = {
        "datasets": datasets, "exported_at": run.mapping.exported_at or run.clock.now.isoformat(),
    }  # fmt: skip
    if _has_rates_file(run.mapping):
        changed["rates"] = None
    return run.mapping.model_copy(update=changed)


def _dataset(run: Archived, name: str, dataset: Dataset) -> Dataset:
    """The dataset with the file of its bad rows, which is no complete export."""
    plain = Dataset(
        file=_file(run, name), format="csv", encoding="utf-8", delimiter=",", quote='"', header=True
    )
    read = ("file", "format", "encoding", "delimiter", "quote", "header")
    changed = {field: getattr(plain, field) for field in read}
    left = {"sheet": None, "range": None, "columns": None, "skip_lines": 0, "complete": False}
    return dataset.model_copy(update={**changed, **left})


def _write(rows: list[Cells], path: Path) -> None:
    columns = list(dict.fromkeys(column for cells in rows for column in cells))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows({name: cell or "" for name, cell in cells.items()} for cells in rows)


def _forget(home: Path, rows: list[BadRow], limits: DuckDbLimits) -> None:
    """Those that were loaded, or wait anew, no longer wait as they were."""
    with closing(open_staging(home, limits)) as staging:
        ids = [one.id for one in rows]
        staging.execute(statement("quarantine.forget", quarantine=tables.QUARANTINE, ids=ids))
