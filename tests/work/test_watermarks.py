"""Watermarks: the newest moment of each dataset, which went back, and which stands still."""

import dataclasses
from datetime import UTC, datetime, timedelta
from pathlib import Path

import orjson
import pytest

from graph.service import run_sync
from graph.store import Store
from graph.watermark import Watermark, watermarks
from ingest.mapping.read import read_mapping
from ingest.revert.run import revert
from ingest.run import ingest
from relgraph.doctor.watermarks import watermarks as finding
from tests.conftest import Cli

FIRST = datetime(2026, 1, 1, tzinfo=UTC)
MAPPING = """
source: erp
datasets:
  orders:
    file: orders.csv
    nodes: [{label: Order, key: id, fields: {ordered_at: day, amount: {column: amount}}}]
    links: [{type: PLACED, from: {label: Customer, key: customer, source: crm}}]
  accounts: {file: accounts.csv, source: crm, nodes: [{label: Customer, key: id, fields: {name: name}}]}
"""


@dataclasses.dataclass
class Erp:
    """Loads of one file after the other, at the end of the day after the last order in it."""

    store: Store
    folder: Path
    wall: datetime = FIRST

    def load(self, *days: int) -> str:
        """Load orders of these days after the first; returns the load's id."""
        lines = "".join(f"O{day},{FIRST + timedelta(days=day):%Y-%m-%d},5,1\n" for day in days)
        (self.folder / "orders.csv").write_text("id,day,amount,customer\n" + lines, encoding="utf-8")
        wall = max(FIRST + timedelta(days=max(days) + 1), self.wall + timedelta(seconds=1))
        self.wall = wall
        mapping = read_mapping(self.folder / "erp.yml")
        return ingest(self.store, mapping, self.folder, self.folder / "home", wall).run_id

    def mark(self, day: int) -> Watermark:
        """The orders' mark at the end of a day."""
        (found,) = run_sync(self.store, watermarks, now=FIRST + timedelta(days=day))
        return found


@pytest.fixture
def erp(store: Store, tmp_path: Path) -> Erp:
    (tmp_path / "erp.yml").write_text(MAPPING, encoding="utf-8")
    (tmp_path / "accounts.csv").write_text("id,name\n1,Alpha\n", encoding="utf-8")
    return Erp(store, tmp_path)


@pytest.mark.slow
@pytest.mark.query("run.loads")
def test_the_newest_moment_moves_with_the_loads(erp: Erp) -> None:
    erp.load(0, 1)
    run = erp.load(1, 2, 3)
    mark = erp.mark(3)
    assert (mark.source, mark.dataset, mark.newest) == ("erp", "orders", FIRST + timedelta(days=3))
    assert (mark.run_id, mark.loads, mark.last_rows, mark.state) == (run, 2, 3, "ok")
    assert mark.moved_at == mark.last_at == FIRST + timedelta(days=4)


@pytest.mark.slow
def test_an_old_export_goes_back_and_a_load_taken_back_counts_no_more(erp: Erp) -> None:
    erp.load(2, 5)
    newest = erp.load(6)
    erp.load(0, 1)
    mark = erp.mark(7)
    assert (mark.state, mark.newest, mark.run_id) == ("went back", FIRST + timedelta(days=6), newest)
    assert mark.said is not None
    assert "nothing after 2026-01-02, and 2026-01-07 was seen before" in mark.said
    assert finding(erp.store, FIRST + timedelta(days=7)).status == "todo"
    revert(erp.store, erp.folder / "home", newest, FIRST + timedelta(days=8))
    assert erp.mark(7).newest == FIRST + timedelta(days=5)


@pytest.mark.slow
def test_silence_is_told_by_the_dataset_s_own_rhythm(erp: Erp) -> None:
    for day in (0, 7, 14):
        erp.load(day)
    assert erp.mark(60).state == "ok", "three marks tell no rhythm"
    erp.load(21)
    assert erp.mark(35).state == "ok"
    mark = erp.mark(36)
    assert (mark.state, mark.said) == (
        "stands still", "nothing after 2026-01-22 for 15 days, where it took 7 at most before"
    )  # fmt: skip


@pytest.mark.slow
def test_on_the_command_line(erp: Erp, cli: Cli) -> None:
    assert "no load with dated rows yet" in cli("runs", "watermarks").stdout
    erp.load(0, 3)
    told = cli("runs", "watermarks").stdout
    assert "erp.orders: 2026-01-04 00:00, seen 2026-01-05 00:00; 1 loads, the last of 2 rows; ok" in told
    data = orjson.loads(cli("runs", "watermarks", "--json").stdout)
    assert ([one["dataset"] for one in data["datasets"]], data["cursors"]) == (["orders"], [])
    assert any(
        one["subject"] == "watermarks"
        for one in orjson.loads(cli("doctor", "--json", check=False).stdout)["findings"]
    )


@pytest.mark.slow
def test_more_loads_than_a_page_are_read(erp: Erp, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("graph.watermark.PAGE", 2)
    for day in range(5):
        erp.load(day)
    mark = erp.mark(5)
    assert (mark.loads, mark.newest) == (5, FIRST + timedelta(days=4))
