"""Tables and views of a database, by dlt's `sql_table`; needs the extra `connectors`.

A table with a cursor column is read in its order, from the cursor on, whose value rows may share.
"""

from collections.abc import Collection, Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

import dlt
import sqlalchemy
from dlt.common.exceptions import DltException
from dlt.sources.sql_database import sql_table
from pydantic import Field, ValidationError
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, SQLAlchemyError

from graph.batches import batches
from graph.sentences import sentence
from ingest.mapping.value import Strict
from ingest.source.connector import Ask, Page, Row
from ingest.source.cursor import Value, credible, earlier, from_text, highest, to_text
from ingest.source.errors import PullInvalid, SystemFailed
from ingest.source.masked import reason

CHUNK = 5_000
"""Rows that lie in memory at once."""
CLOCKS_APART = timedelta(days=1)
"""A stamp without zone may be so far ahead of UTC; a later one is a slip, and would hide all that follows."""


class Table(Strict):
    """A table or view."""

    table: str
    """With its schema before a point where that is not the usual one: `sales.orders`."""
    cursor: str | None = None
    """A column that grows with every change of a row; without it the table is read whole each time."""
    lag_s: float = Field(default=60.0, ge=1)
    """How much later than its stamp a row may be committed: so much is read again. At least a second: SQLite
    compares times as texts, with and without fractions."""
    columns: list[str] | None = Field(default=None, min_length=1)
    """Those to read; all where none are named."""


class Options(Strict):
    """Of `pull: from:` for the connector `sql`."""

    url: str
    """As SQLAlchemy writes it, without password: `postgresql+psycopg://reader@erp.example/erp`."""
    password: str | None = None
    """Where it is kept: `env:NAME` or `keyring:SERVICE/USER`."""
    tables: dict[str, Table] = Field(min_length=1)
    """By the name of the stream."""


def open_system(options: Mapping[str, Any], ask: Ask) -> "Database":
    """Raises PullInvalid."""
    try:
        known = Options.model_validate(options)
    except ValidationError as error:
        raise PullInvalid("; ".join(_said(one) for one in error.errors())) from error
    try:
        url = make_url(known.url)
        engine = sqlalchemy.create_engine(_with_password(url, known, ask), pool_pre_ping=True)
    except (ArgumentError, ImportError, ValueError) as error:
        why = reason(error, ())
        raise PullInvalid(f"`{known.url}` is no address of a database that can be read: {why}") from error
    return Database(known, engine)


def _said(error: Any) -> str:
    return f"pull.from.{'.'.join(map(str, error['loc']))}: {sentence(error)}"


def _with_password(url: URL, known: Options, ask: Ask) -> URL:
    return url if known.password is None else url.set(password=ask(known.password))


class Database:
    """The tables of one database."""

    def __init__(self, options: Options, engine: sqlalchemy.Engine) -> None:
        self._options, self._engine = options, engine

    @property
    def streams(self) -> Collection[str]:
        """Their names."""
        return self._options.tables.keys()

    def incremental(self, stream: str) -> bool:
        """Whether the table has a cursor column."""
        return self._options.tables[stream].cursor is not None

    def read(self, stream: str, cursor: str | None, at: datetime) -> Iterator[Page]:
        """The rows from the cursor on, in its order. Raises SystemFailed, PullInvalid."""
        table = self._options.tables[stream]
        so_far = None if cursor is None else from_text(cursor)
        try:
            for rows in batches(self._rows(table, so_far), CHUNK):
                for row in rows:
                    so_far = highest(so_far, credible(_stamp(table, row), at + CLOCKS_APART))
                yield Page(list(rows), None if so_far is None else to_text(so_far))
        except KeyError as error:
            raise PullInvalid(f"{stream}: {error.args[0]}") from error
        except (SQLAlchemyError, DltException) as error:
            raise SystemFailed(self._shown, stream, reason(error, self._secrets)) from error

    def close(self) -> None:
        """Close every connection."""
        self._engine.dispose()

    @property
    def _secrets(self) -> list[str]:
        password = self._engine.url.password
        return [] if password is None else [password]

    @property
    def _shown(self) -> str:
        return self._engine.url.render_as_string(hide_password=True)

    def _rows(self, table: Table, since: Value | None) -> Iterator[Row]:
        schema, _, name = table.table.rpartition(".")
        return iter(
            sql_table(
                self._engine, name, schema or None, chunk_size=CHUNK, reflection_level="minimal",
                included_columns=table.columns and list(dict.fromkeys([*table.columns, *_own(table)])),
                incremental=_from(table, since),
            )
        )  # fmt: skip


def _stamp(table: Table, row: Row) -> Value | None:
    stamp: Value | None = None if table.cursor is None else row[table.cursor]
    return stamp


def _own(table: Table) -> list[str]:
    return [] if table.cursor is None else [table.cursor]


def _from(table: Table, since: Value | None) -> Any:
    """Rows that have no stamp come each time: nothing tells whether they have changed."""
    if table.cursor is None:
        return None
    return dlt.sources.incremental(
        table.cursor, initial_value=None if since is None else earlier(since, table.lag_s), row_order="asc",
        range_start="closed", on_cursor_value_missing="include", primary_key=(),
    )  # fmt: skip
