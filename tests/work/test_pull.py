"""Systems that the worker asks: rows load once, whatever breaks, and the cursor follows the load."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from cypher import Query
from graph import migrations
from ingest.source.connector import Page
from ingest.source.errors import SystemFailed
from ingest.source.sql import Database
from relgraph.work.job import Job, Round
from relgraph.work.state import read_state
from tests.work.office import Office

pytestmark = pytest.mark.slow

ORDERS = Query(
    "test.orders",
    "MATCH (:Customer)-[:PLACED]->(o:Order) RETURN o.order_id AS id, o.amount AS amount ORDER BY id",
    frozenset(), "read",
)  # fmt: skip
CUSTOMERS = Query(
    "test.customers",
    "MATCH (c:Customer) WHERE c.ended_at IS NULL RETURN c.customer_id AS id, c.name AS name",
    frozenset(), "read",
)  # fmt: skip
MAPPING = """
source: erp
currency: EUR
pull:
  connector: sql
  every: 10m
  from:
    url: "sqlite:///{path}"
    tables:
      accounts: {{table: accounts}}
      orders: {{table: orders, cursor: changed_at}}
datasets:
  accounts:
    file: "accounts-*.jsonl"
    complete: true
    nodes: [{{label: Customer, key: id, fields: {{name: name}}}}]
  orders:
    file: "orders-*.jsonl"
    nodes: [{{label: Order, key: id, fields: {{ordered_at: day, amount: amount}}}}]
    links: [{{type: PLACED, from: {{Customer: account}}}}]
"""


class Erp:
    """A database, and a worker that asks it."""

    def __init__(self, office: Office, folder: Path) -> None:
        self.office, self.path, self.mapping = office, folder / "erp.db", folder / "erp.yml"
        self.mapping.write_text(MAPPING.format(path=self.path), encoding="utf-8")
        office.job = Job(pulls=(self.mapping,))
        self.run("CREATE TABLE accounts (id TEXT, name TEXT)")
        self.run(
            "CREATE TABLE orders"
            " (id TEXT, day TEXT, amount NUMERIC(9, 2), account TEXT, changed_at TIMESTAMP)"
        )
        self.run("INSERT INTO accounts VALUES ('1', 'Alpha')")

    def run(self, statement: str, *values: Any) -> None:
        with closing(sqlite3.connect(self.path)) as connection, connection:
            connection.execute(statement, values)

    def order(self, number: int, account: str = "1", amount: float = 5) -> None:
        stamp = f"2026-03-01 10:{number:02}:00.000000"
        self.run("INSERT INTO orders VALUES (?, '2026-03-01', ?, ?, ?)", f"O{number}", amount, account, stamp)

    def later(self) -> Round:
        """The next round at which the system is due."""
        self.office.wall += timedelta(minutes=10)
        return self.office.round()

    def orders(self) -> list[tuple[str, float]]:
        return [(row["id"].rpartition(":")[2], row["amount"]) for row in self.office.store.read(ORDERS)]

    def files(self) -> list[str]:
        return sorted(
            path.name.partition("-")[0] for path in (self.office.home / "sources").glob("*/*.jsonl")
        )

    def cursor(self) -> str | None:
        asked = read_state(self.office.home, self.database_id).asked
        return next(iter(asked.values())).streams["orders"].cursor if asked else None

    @property
    def database_id(self) -> str:
        return migrations.check(self.office.store).database_id or ""


@pytest.fixture
def erp(office: Office, tmp_path: Path) -> Erp:
    """With one account and two orders."""
    made = Erp(office, tmp_path)
    made.order(1)
    made.order(2)
    return made


def test_rows_load_when_the_system_is_due_and_once(erp: Erp) -> None:
    first = erp.office.round()
    assert first.failed == {}
    assert erp.orders() == [("O1", 5), ("O2", 5)]
    assert erp.files() == [], "what has loaded is not kept a second time"
    erp.order(3)
    assert not erp.office.round().did_something, "ten minutes have not passed"
    assert [load["loaded"] for load in erp.later().loads] == [1]
    assert erp.orders() == [("O1", 5), ("O2", 5), ("O3", 5)]
    assert [load["loaded"] for load in erp.later().loads] == [0], "the last minute is read again"
    assert not erp.later().did_something, "the same rows are no news"
    erp.run("UPDATE orders SET amount = 9, changed_at = '2026-03-02 09:00:00.000000' WHERE id = 'O1'")
    erp.later()
    assert erp.orders()[0] == ("O1", 9)


class Killed(BaseException):
    """As a kill: nothing catches it."""


@pytest.mark.parametrize(
    "place",
    ["relgraph.work.pull.pull", "relgraph.work.files.ingest", "relgraph.work.files.try_again"],
    ids=["reading", "before the load", "after the load"],
)
def test_the_cursor_moves_only_once_the_load_is_noted(
    erp: Erp, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    def killed(*_: Any, **__: Any) -> None:
        raise Killed

    erp.office.round()
    before = erp.cursor()
    erp.order(3)
    monkeypatch.setattr(place, killed)
    with pytest.raises(Killed):
        erp.later()
    monkeypatch.undo()
    assert erp.cursor() == before
    erp.order(4)
    erp.later()
    assert [name for name, _ in erp.orders()] == ["O1", "O2", "O3", "O4"]
    assert erp.cursor() != before
    assert erp.files() == []


def test_a_read_that_breaks_off_in_the_middle_is_made_again(
    erp: Erp, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = Database.read

    def lost(self: Database, stream: str, cursor: str | None, at: Any) -> Iterator[Page]:
        for page in real(self, stream, cursor, at):
            yield page
            if stream == "orders":
                raise SystemFailed("erp", stream, "the connection is lost")

    monkeypatch.setattr(Database, "read", lost)
    broken = erp.office.round()
    assert "the connection is lost" in str(broken.failed)
    assert [load["loaded"] for load in broken.loads] == [1], "the accounts load all the same"
    assert erp.orders() == []
    assert "the connection is lost" in str(erp.office.round().failed), "told until it works"
    monkeypatch.undo()
    erp.office.wall += timedelta(minutes=5)
    mended = erp.office.round()
    assert mended.failed == {}
    assert erp.orders() == [("O1", 5), ("O2", 5)]


def test_a_row_that_came_before_what_it_names_loads_once_that_is_there(erp: Erp) -> None:
    erp.order(3, account="2")
    assert erp.office.round().loads[-1]["quarantined"] == 1
    assert erp.files() == ["orders"], "the file with the bad row stays"
    erp.run("INSERT INTO accounts VALUES ('2', 'Beta')")
    erp.later()
    erp.later()
    assert [name for name, _ in erp.orders()] == ["O1", "O2", "O3"]
    assert erp.files() == []


def names(erp: Erp) -> dict[str, str]:
    """The customers that have not ended, by number."""
    rows = erp.office.store.read(CUSTOMERS)
    return {row["id"].rpartition(":")[2]: row["name"] for row in rows}


@pytest.mark.parametrize("complete", [False, True])
def test_of_tables_that_are_read_whole_only_the_newest_file_counts(erp: Erp, complete: bool) -> None:
    if not complete:
        text = erp.mapping.read_text(encoding="utf-8")
        erp.mapping.write_text(text.replace("    complete: true\n", ""), encoding="utf-8")
    for number in range(2, 30):
        erp.run("INSERT INTO accounts VALUES (?, ?)", str(number), f"Name {number}")
    erp.run("INSERT INTO accounts VALUES (NULL, 'Nobody')")
    assert erp.office.round().loads[0]["quarantined"] == 1
    assert erp.files() == ["accounts"]
    erp.run("UPDATE accounts SET name = 'Renamed' WHERE id = '5'")
    erp.later()
    assert erp.files() == ["accounts"], "the row without a key is still there, and the older file is not"
    assert names(erp)["5"] == "Renamed"
    erp.run("DELETE FROM accounts WHERE id IS NULL OR id = '7'")
    erp.later()
    assert erp.files() == []
    assert ("7" in names(erp)) is not complete
    erp.order(3)
    erp.later()
    assert names(erp)["5"] == "Renamed", "no older file came back"


def test_a_file_that_is_tried_again_does_not_undo_what_came_later(erp: Erp) -> None:
    erp.order(3, account="2")
    erp.office.round()
    erp.run("UPDATE orders SET amount = 9, changed_at = '2026-03-02 09:00:00.000000' WHERE id = 'O1'")
    erp.later()
    assert erp.orders()[0] == ("O1", 9)
    erp.run("UPDATE orders SET amount = 8, changed_at = '2026-03-03 09:00:00.000000' WHERE id = 'O2'")
    erp.later()
    assert erp.orders()[:2] == [("O1", 9), ("O2", 8)]
    erp.run("INSERT INTO accounts VALUES ('2', 'Beta')")
    erp.later()
    erp.later()
    assert erp.orders() == [("O1", 9), ("O2", 8), ("O3", 5)]
    assert erp.files() == []


def test_a_table_that_lost_a_row_ends_its_record(erp: Erp) -> None:
    for number in range(2, 30):
        erp.run("INSERT INTO accounts VALUES (?, ?)", str(number), f"Name {number}")
    erp.office.round()
    erp.run("DELETE FROM accounts WHERE id = '7'")
    erp.later()
    query = Query(
        "test.ended",
        "MATCH (c:Customer) WHERE c.ended_at IS NOT NULL RETURN c.name AS name",
        frozenset(),
        "read",
    )
    assert [row["name"] for row in erp.office.store.read(query)] == ["Name 7"]


def test_a_file_that_cannot_load_is_read_anew_after_the_mapping_is_mended(erp: Erp) -> None:
    text = erp.mapping.read_text(encoding="utf-8")
    erp.mapping.write_text(text.replace("amount: amount", "amount: amuont"), encoding="utf-8")
    assert "amuont" in str(erp.office.round().failed)
    assert erp.cursor() is None
    erp.mapping.write_text(text, encoding="utf-8")
    assert erp.later().failed == {}
    assert erp.orders() == [("O1", 5), ("O2", 5)]
    assert erp.files() == []


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('file: "orders-*.jsonl"', "file: orders.csv", "the system gives"),
        ("connector: sql", "connector: sqll", "did you mean `sql`"),
        (
            "    nodes: [{label: Order",
            "    complete: true\n    nodes: [{label: Order",
            "is declared complete",
        ),
    ],
)
def test_what_cannot_work_is_told(erp: Erp, old: str, new: str, said: str) -> None:
    erp.mapping.write_text(erp.mapping.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    assert said in str(erp.office.round().failed)
