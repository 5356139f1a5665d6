"""Bad rows with their reasons: kept in staging and written beside it as a CSV file per run."""

from collections.abc import Mapping
from pathlib import Path

from graph import sql
from graph.private import close_files, private_folder
from graph.sql import Relation, fill
from ingest import tables
from ingest.sql import statement
from ingest.staging.database import Staging


def quarantined_rows(
    staging: Staging, refused: Relation, bad: Relation, columns: Mapping[str, tuple[str, ...]]
) -> Relation:
    """`tables.QUARANTINED`: the lines that were no rows, and the bad rows of every dataset with their cells.

    `columns`: the staged columns by dataset.
    """
    rows = staging.make(tables.QUARANTINED, fill("SELECT * FROM {t}", t=refused.table))
    for dataset, names in columns.items():
        _add_rows(staging, rows, bad, dataset, names)
    return rows


def _add_rows(
    staging: Staging, rows: Relation, bad: Relation, dataset: str, columns: tuple[str, ...]
) -> None:
    raw = tables.raw_rows(dataset, columns)
    cells = {column: fill("r.{c}", c=raw.column(column)) for column in columns}
    query = fill(
        """SELECT {dataset} AS dataset, c.__file AS file, c.__row AS row, b.reason, {cells}::TEXT AS cells
        FROM (SELECT seq, any_value(reason) AS reason FROM {bad} WHERE dataset = {dataset} GROUP BY seq) b
        JOIN {clean} c ON c.__seq = b.seq
        JOIN {raw} r ON r.__file = c.__file AND r.__row = c.__row""",
        dataset=sql.bind(dataset), cells=sql.packed_whole(cells), bad=bad.table, raw=raw.table,
        clean=tables.clean_rows(dataset, ()).table,
    )  # fmt: skip
    staging.append(rows, query)


def keep_bad_rows(staging: Staging, quarantined: Relation, home: Path, run_id: str) -> Path:
    """Store the bad rows of a run and write them as `quarantine/<run>.csv`; returns the file."""
    staging.append(tables.QUARANTINE, statement("quarantine.of_run", run_id=run_id, quarantined=quarantined))
    folder = home / "quarantine"
    private_folder(folder)
    path = folder / f"{run_id}.csv"
    staging.execute(statement("quarantine.export", path=str(path), quarantined=quarantined))
    close_files(folder)
    return path
