"""Bad rows with their reasons: kept in staging and written beside it as a CSV file per run."""

from collections.abc import Mapping
from pathlib import Path

import duckdb

from ingest import sql
from ingest.sql import Sql, fill
from ingest.staging.stage import raw_table
from ingest.transform.text import clean_table


def gather(connection: duckdb.DuckDBPyConnection, columns: Mapping[str, tuple[str, ...]]) -> int:
    """Make `work.quarantined` (dataset, file, row, reason, cells as JSON); returns how many rows are bad.

    `columns`: the staged columns by dataset.
    """
    connection.execute("CREATE OR REPLACE TABLE work.quarantined AS SELECT * FROM work.refused")
    for name, shown in columns.items():
        connection.execute(
            fill(
                """INSERT INTO work.quarantined SELECT {ds}, c.__file, c.__row, b.reason, {cells}
                FROM (SELECT seq, any_value(reason) AS reason FROM work.bad WHERE dataset = {ds}
                GROUP BY seq) b
                JOIN {clean} c ON c.__seq = b.seq
                JOIN {raw} r ON r.__file = c.__file AND r.__row = c.__row""",
                ds=sql.text(name), clean=clean_table(name), raw=raw_table(name), cells=_cells(shown),
            )
        )  # fmt: skip
    return int(connection.execute("SELECT count(*) FROM work.quarantined").fetchall()[0][0])


def keep(connection: duckdb.DuckDBPyConnection, home: Path, run_id: str) -> Path:
    """Store the bad rows of a run and write them as `quarantine/<run>.csv`."""
    folder = home / "quarantine"
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{run_id}.csv"
    run = sql.text(run_id)
    connection.execute(
        fill(
            "INSERT INTO quarantine SELECT {run}, dataset, file, row, reason, cells FROM work.quarantined",
            run=run,
        )
    )
    connection.execute(
        fill(
            "COPY (SELECT * FROM work.quarantined ORDER BY ALL) TO {path} (FORMAT csv, HEADER true)",
            path=sql.text(str(path)),
        )
    )
    return path


def _cells(columns: tuple[str, ...]) -> Sql:
    """A staged row as JSON text."""
    packed = sql.listed(fill("{t}: r.{c}", t=sql.text(column), c=sql.name(column)) for column in columns)
    return fill("to_json({{{p}}})::TEXT", p=packed)
