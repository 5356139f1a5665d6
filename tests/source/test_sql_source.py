"""Tables of a database: whole, from a cursor on, and when the server is lost; on SQLite and PostgreSQL."""

import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from ingest.source.connector import System
from ingest.source.errors import PullInvalid, SystemFailed
from ingest.source.pulled import pull
from ingest.source.sql import CHUNK, open_system
from tests.source.postgres import Postgres, programs, running

AT = datetime(2026, 3, 10, 12, tzinfo=UTC)
TABLE = """CREATE TABLE orders (id INTEGER PRIMARY KEY, day DATE, amount NUMERIC(12, 2), customer TEXT,
    paid BOOLEAN, changed_at TIMESTAMP)"""


@pytest.fixture(scope="module")
def postgres() -> Iterator[Postgres]:
    if programs() is None:
        if os.environ.get("CI") == "true":
            pytest.fail("PostgreSQL is not installed (Debian: postgresql)")
        pytest.skip("PostgreSQL is not installed (Debian: postgresql)")
    with running() as server:
        yield server


class Erp:
    """A database with a table of orders."""

    def __init__(self, url: str, password: str | None) -> None:
        self.url, self.password = url, password
        self.engine = sa.create_engine(sa.make_url(url).set(password=password), poolclass=sa.NullPool)
        self.run("DROP TABLE IF EXISTS orders")
        self.run(TABLE)

    def run(self, statement: str, rows: list[dict[str, Any]] | None = None) -> None:
        with self.engine.begin() as connection:
            connection.execute(sa.text(statement), rows or {})

    def add(self, *numbers: int, hour: int = 10) -> None:
        """Orders of these numbers, each a second after the other."""
        rows = [
            {"id": n, "at": datetime(2026, 3, 1, hour, n // 60 % 60, n % 60), "a": f"{n}.50"}  # noqa: DTZ001
            for n in numbers
        ]
        self.run("INSERT INTO orders VALUES (:id, '2026-03-01', :a, 'C1', true, :at)", rows)

    def system(self, **table: Any) -> System:
        known = {"table": "orders", "cursor": "changed_at", **table}
        options: dict[str, Any] = {"url": self.url, "tables": {"orders": known}}
        if self.password is not None:
            options["password"] = "env:ERP"
        return open_system(options, lambda _: self.password or "")


@pytest.fixture(params=["sqlite", "postgresql"])
def erp(request: pytest.FixtureRequest, tmp_path: Path) -> Erp:
    if request.param == "sqlite":
        return Erp(f"sqlite:///{tmp_path / 'erp.db'}", None)
    server = request.getfixturevalue("postgres")
    return Erp(server.url, server.password)


def read(system: System, cursor: str | None = None) -> tuple[list[int], str | None]:
    """The ids from a cursor on, and the cursor behind them."""
    ids: list[int] = []
    for page in system.read("orders", cursor, AT):
        ids += [row["id"] for row in page.rows]
        cursor = page.cursor
    return sorted(ids), cursor


def test_what_is_new_or_changed_comes_once_more_and_the_rest_does_not(erp: Erp) -> None:
    erp.add(*range(1, CHUNK // 2), hour=8)
    erp.add(10_001, hour=12)
    first, cursor = read(erp.system())
    assert len(first) == CHUNK // 2
    assert read(erp.system(), cursor)[0] == [10_001], "rows may share the cursor's value"
    erp.run("UPDATE orders SET amount = 7, changed_at = '2026-03-02 09:00:00' WHERE id = 5")
    erp.add(10_002, hour=12)
    changed, later = read(erp.system(), cursor)
    assert changed == [5, 10_001, 10_002]
    assert read(erp.system(), later)[0] == [5]


def test_a_row_that_was_committed_late_is_not_lost(erp: Erp) -> None:
    erp.add(30)
    _, cursor = read(erp.system())
    erp.add(10)
    assert read(erp.system(lag_s=60), cursor)[0] == [10, 30]
    assert read(erp.system(lag_s=1), cursor)[0] == [30]


def test_rows_without_a_stamp_come_each_time_and_a_slip_hides_nothing(erp: Erp) -> None:
    erp.add(1)
    erp.run("INSERT INTO orders (id, changed_at) VALUES (2, NULL), (3, '2099-01-01 00:00:00')")
    _, cursor = read(erp.system())
    assert "2026-03-11T12:00:00" in (cursor or "")
    erp.run("INSERT INTO orders (id, changed_at) VALUES (4, '2026-03-12 00:00:00')")
    assert read(erp.system(), cursor)[0] == [2, 3, 4]


def test_a_table_without_cursor_is_read_whole(erp: Erp) -> None:
    erp.add(1, 2)
    system = erp.system(cursor=None, columns=["id", "amount"])
    assert read(system) == ([1, 2], None)
    assert not system.incremental("orders")


def test_the_file_says_what_the_database_does(erp: Erp, tmp_path: Path) -> None:
    erp.add(1)
    made = pull(erp.system(), "orders", None, tmp_path / "pulled", AT)
    assert made is not None
    text = (tmp_path / "pulled" / made.file).read_text(encoding="utf-8")
    assert '"amount": "1.50"' in text
    assert '"changed_at": "2026-03-01T10:00:01"' in text
    assert (
        pull(erp.system(), "orders", '["datetime", "2026-03-09T00:00:00"]', tmp_path / "pulled", AT) is None
    )
    assert [path.name for path in (tmp_path / "pulled").iterdir()] == [made.file]


def test_a_server_that_is_lost_in_the_middle_leaves_no_file(postgres: Postgres, tmp_path: Path) -> None:
    erp = Erp(postgres.url, postgres.password)
    erp.run(
        "INSERT INTO orders SELECT n, '2026-03-01', n, repeat('x', 2000), true, "
        "'2026-03-01'::timestamp + n * interval '1 second' FROM generate_series(1, 20000) n"
    )
    system = erp.system()
    pages = system.read("orders", None, AT)
    next(pages)
    postgres.stop()
    try:
        with pytest.raises(SystemFailed) as failed:
            list(pages)
        assert postgres.password not in str(failed.value)
        with pytest.raises(SystemFailed):
            pull(erp.system(), "orders", None, tmp_path / "pulled", AT)
        assert not list((tmp_path / "pulled").glob("*.jsonl"))
    finally:
        postgres.start()
    made = pull(erp.system(), "orders", None, tmp_path / "pulled", AT)
    assert made is not None
    assert [path.name for path in (tmp_path / "pulled").iterdir()] == [made.file], (
        "the broken read is removed"
    )


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"url": "no address", "tables": {"a": {"table": "a"}}}, "no address of a database"),
        ({"url": "sqlite://", "tables": {}}, "tables"),
        ({"url": "sqlite://", "tables": {"a": {"tabel": "a"}}}, "tabel"),
        ({"url": "postgresql://h:port/db", "tables": {"a": {"table": "a"}}}, "no address of a database"),
        ({"url": "nothing://x/y", "tables": {"a": {"table": "a"}}}, "no address of a database"),
    ],
)
def test_what_cannot_work_is_said_at_once(options: dict[str, Any], said: str) -> None:
    with pytest.raises(PullInvalid, match=said):
        open_system(options, lambda _: "")


def test_a_password_that_the_driver_repeats_is_not_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuses(*_: Any, **__: Any) -> None:
        raise sa.exc.OperationalError("", {}, Exception("cannot use p%40ss/word here"))

    options = {
        "url": "postgresql+psycopg://reader@127.0.0.1/erp",
        "password": "env:P",
        "tables": {"a": {"table": "a"}},
    }
    system = open_system(options, lambda _: "p@ss/word")
    monkeypatch.setattr("ingest.source.sql.sql_table", refuses)
    with pytest.raises(SystemFailed, match="cannot use") as failed:
        list(system.read("a", None, AT))
    assert "p%40ss" not in str(failed.value)


def test_a_table_or_column_that_is_not_there_is_named(tmp_path: Path) -> None:
    erp = Erp(f"sqlite:///{tmp_path / 'erp.db'}", None)
    with pytest.raises((PullInvalid, SystemFailed), match="nothing"):
        read(erp.system(table="nothing"))
    with pytest.raises((PullInvalid, SystemFailed), match="nothing"):
        read(erp.system(cursor="nothing"))
