"""The staging file: one DuckDB database per home, with an in-memory scratch database beside it.

Kept in the file: raw rows, the ledger of what stands in which graph, the current record of every source row,
and quarantine. Everything of a single run lives in the scratch database `work` and is gone afterwards.
`ingest/tables/` lists the tables of both.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from graph.duckdb_limits import LARGEST, MIB, USUAL_LIMITS, DuckDbLimits
from graph.private import private_folder
from graph.sql import Relation, RelationDiffers, Sql, fill, run
from ingest import tables
from ingest.errors import StagingForeign, StagingLocked
from ingest.sql import statement

STAGING = "staging.duckdb"
"""The file's name in its home."""


@dataclass(frozen=True, slots=True)
class Staging:
    """An open staging database: runs statements and turns them into relations."""

    connection: duckdb.DuckDBPyConnection
    memory: int
    """Bytes that DuckDB may take in all, where a statement cannot do with `LARGEST`."""

    def execute(self, statement: Sql) -> duckdb.DuckDBPyConnection:
        """Run a statement with its values; the result is fetched from what comes back.

        One that runs out of memory, since not everything can be spilled, runs again with the whole share.
        """
        try:
            return run.execute(self.connection, statement)
        except duckdb.OutOfMemoryException:
            if self.memory <= LARGEST:
                raise
            self.connection.execute(f"SET memory_limit = '{self.memory // MIB}MiB'")
            return run.execute(self.connection, statement)

    def rows(self, statement: Sql) -> list[tuple[Any, ...]]:
        """The rows of a query."""
        return self.execute(statement).fetchall()

    def value(self, statement: Sql) -> Any:
        """The first value of a query that always has a row."""
        return self.rows(statement)[0][0]

    def empty(self, relation: Relation) -> Relation:
        """The relation without rows."""
        self.execute(
            fill("CREATE OR REPLACE TABLE {t} ({columns})", t=relation.table, columns=relation.definition)
        )
        return relation

    def make(self, relation: Relation, query: Sql) -> Relation:
        """The relation with the rows of a query. Raises RelationDiffers: other columns."""
        self.execute(fill("CREATE OR REPLACE TABLE {t} AS {query}", t=relation.table, query=query))
        described = self.rows(fill("DESCRIBE {t}", t=relation.table))
        made = {column: kind for column, kind, *_ in described}
        if made != dict(relation.columns):
            raise RelationDiffers(f"{relation.name} has {dict(relation.columns)}, the query made {made}")
        return relation

    def append(self, relation: Relation, query: Sql) -> Relation:
        """The relation with the rows of a query added, column by name."""
        self.execute(fill("INSERT INTO {t} BY NAME {query}", t=relation.table, query=query))
        return relation

    def append_table(self, relation: Relation, rows: pa.Table) -> Relation:
        """The relation with the rows of an Arrow table added, column by name."""
        self.connection.register("incoming", rows)
        try:
            return self.append(relation, Sql("SELECT * FROM incoming"))
        finally:
            self.connection.unregister("incoming")

    def drop(self, *relations: Relation) -> None:
        """Give up relations of the run that nothing reads any more, and the memory that they take."""
        for relation in relations:
            self.execute(fill("DROP TABLE {t}", t=relation.table))

    def end_run(self) -> None:
        """Give up all that belongs to a single run; only what is kept can be read."""
        self.connection.execute("DETACH work")

    def count(self, relation: Relation) -> int:
        """How many rows a relation has."""
        return int(self.value(fill("SELECT count(*) FROM {t}", t=relation.table)))

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All statements within, or none."""
        self.connection.begin()
        try:
            yield
        except BaseException:
            self.connection.rollback()
            raise
        self.connection.commit()

    def close(self) -> None:
        """Close the file; the scratch database is gone."""
        self.connection.close()

    @contextmanager
    def cursor(self) -> Iterator["Staging"]:
        """The same database for another thread."""
        with self.connection.cursor() as cursor:
            yield Staging(cursor, self.memory)


def open_staging(home: Path, limits: DuckDbLimits = USUAL_LIMITS) -> Staging:
    """The staging database of a home, created when it is not there; it spills within the home.

    Raises StagingLocked, StagingForeign.
    """
    if not home.is_dir():
        private_folder(home)
    path, held = home / STAGING, limits.at_most(LARGEST)
    try:
        connection = duckdb.connect(
            str(path),
            config={"autoinstall_known_extensions": False, **held.settings(home / "spill" / "staging")},
        )
    except duckdb.IOException as error:
        raise StagingLocked(path, str(error)) from error
    path.chmod(0o600)
    staging = Staging(connection, limits.memory)
    try:
        _prepare(staging, path)
    except BaseException:
        staging.close()
        raise
    return staging


def _prepare(staging: Staging, path: Path) -> None:
    """The kept tables in a new file, and the scratch database. Raises StagingForeign."""
    names = {name for (name,) in staging.rows(statement("staging.tables"))}
    if not names:
        _create(staging)
    elif tables.WHOLE_EXPORT.name not in names:  # files of before know of no complete export
        _make(staging, tables.WHOLE_EXPORT)
    version = staging.rows(statement("staging.layout", layout=tables.LAYOUT)) if "layout" in names else []
    if names and version != [(tables.LAYOUT_VERSION,)]:
        raise StagingForeign(path, later=bool(version) and version[0][0] > tables.LAYOUT_VERSION)
    staging.connection.execute("SET TimeZone = 'UTC'")
    staging.connection.execute("SET autoload_known_extensions = false")
    staging.connection.execute("ATTACH ':memory:' AS work")


def _create(staging: Staging) -> None:
    with staging.transaction():
        for relation in tables.KEPT:
            _make(staging, relation)
        staging.append(tables.LAYOUT, statement("staging.layout_version", version=tables.LAYOUT_VERSION))


def _make(staging: Staging, relation: Relation) -> None:
    staging.execute(fill("CREATE TABLE {t} ({c})", t=relation.table, c=relation.definition))
