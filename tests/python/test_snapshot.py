"""`relgraph snapshot` writes what was known at a moment, and Python opens it."""

from datetime import UTC, datetime
from pathlib import Path

import orjson
import pandas as pd

import relgraph
from graph.clock import fixed_clock, keep_clock
from graph.store import Store
from tests.conftest import Cli
from tests.gnn.synthetic import START, company
from tests.gnn.test_store import load_orders

NOW = datetime(2025, 6, 1, tzinfo=UTC)
DAY = START + pd.Timedelta(days=200)


def test_a_snapshot_of_a_past_day_opens_in_python(store: Store, cli: Cli, tmp_path: Path) -> None:
    log = company(customers=8)
    load_orders(store, log)
    keep_clock(store, fixed_clock(NOW), NOW)
    done = cli("snapshot", tmp_path / "past", "--as-of", str(DAY.date()), "--json")
    report = orjson.loads(done.stdout)
    known = log["orders"][log["orders"]["at"] < DAY + pd.Timedelta(days=1)]
    assert 0 < report["rows"]["orders"] == len(known) < len(log["orders"])
    with relgraph.open(tmp_path / "past") as made:
        assert set(made.frames().orders["order_id"]) == set(known["order_id"])
        assert made.now.date() == DAY.date()
    late = cli("snapshot", tmp_path / "late", "--as-of", "2031-01-01", check=False)
    assert late.returncode == 2
    assert "after the company's now" in late.stderr
