"""Staging keeps to the memory that it was given, and spills beyond it."""

from contextlib import closing
from pathlib import Path

import duckdb
import pytest

from graph.duckdb_limits import DuckDbLimits
from graph.sql import Sql
from ingest.staging.database import open_staging

GIB = 1024**3
MIB = 1024**2
ROWS = 2_000_000
WIDE = """
CREATE TABLE work.wide AS
SELECT md5(i::VARCHAR) || md5((i + 1)::VARCHAR) || md5((i + 2)::VARCHAR) AS text FROM range(2000000) AS r(i)
"""


def test_what_does_not_fit_is_spilled_within_the_home(tmp_path: Path) -> None:
    home = tmp_path / "home"
    with closing(open_staging(home, DuckDbLimits(96 * MIB, threads=1))) as staging:
        staging.connection.execute(WIDE)  # about twice the limit
        (spilled,) = staging.connection.execute("SELECT count(*) FROM duckdb_temporary_files()").fetchall()
        assert spilled[0] > 0
        assert list((home / "spill" / "staging").iterdir())
        found = staging.connection.execute("SELECT count(DISTINCT text), count(*) FROM work.wide").fetchall()
        assert found == [(ROWS, ROWS)]
    assert (home / "spill").stat().st_mode & 0o077 == 0


def test_a_statement_that_cannot_spill_gets_the_whole_share(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ingest.staging.database.LARGEST", 64 * MIB)
    pinned = Sql("SELECT length(string_agg(md5(i::VARCHAR), '')) FROM range(3000000) AS r(i)")
    with (
        closing(open_staging(tmp_path / "small", DuckDbLimits(64 * MIB, threads=1))) as staging,
        pytest.raises(duckdb.OutOfMemoryException),
    ):
        staging.value(pinned)
    with closing(open_staging(tmp_path / "large", DuckDbLimits(GIB, threads=1))) as staging:
        assert staging.value(pinned) == 32 * 3_000_000
