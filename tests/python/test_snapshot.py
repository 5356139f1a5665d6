"""`relgraph snapshot` writes what was known at a moment, and Python opens it."""

from datetime import UTC, datetime
from pathlib import Path

import orjson
import pandas as pd
import pytest

import relgraph
from graph.clock import fixed_clock, keep_clock
from graph.store import Store
from tests.conftest import Cli
from tests.gnn.synthetic import START, company
from tests.gnn.test_store import fact, load_orders, node

NOW = datetime(2025, 6, 1, tzinfo=UTC)
DAY = START + pd.Timedelta(days=200)


@pytest.mark.slow
def test_a_snapshot_of_a_past_day_opens_in_python(store: Store, cli: Cli, tmp_path: Path) -> None:
    log = company(customers=8)
    load_orders(store, log)
    keep_clock(store, fixed_clock(NOW), NOW)
    done = cli("snapshot", tmp_path / "past", "--as-of", str(DAY.date()), "--keep-names", "--json")
    report = orjson.loads(done.stdout)
    known = log["orders"][log["orders"]["at"] < DAY + pd.Timedelta(days=1)]
    assert 0 < report["rows"]["orders"] == len(known) < len(log["orders"])
    with relgraph.open(tmp_path / "past") as made:
        assert set(made.frames().orders["order_id"]) == set(known["order_id"])
        assert made.now.date() == DAY.date()
    late = cli("snapshot", tmp_path / "late", "--as-of", "2031-01-01", check=False)
    assert late.returncode == 2
    assert "after the company's now" in late.stderr


@pytest.mark.slow
def test_a_snapshot_names_nobody_and_is_learned_from_all_the_same(
    store: Store, cli: Cli, tmp_path: Path
) -> None:
    """Ids that sources made of mail addresses and names are gone as well; tables join as before."""
    log = company(customers=8)
    load_orders(store, log)
    ids = [f"mail:{name}@acme.example" for name in ("erika.mustermann", "zhang.wei")]
    store.upsert_nodes("Contact", [node(one, name="Erika Mustermann", phone="+49 30 1234567") for one in ids])
    store.upsert_nodes("Customer", [node("C001", name="Acme Pumps GmbH", phone="+49 30 7654321")])
    jobs = [fact(one, "C001", number) for number, one in enumerate(ids)]
    store.upsert_facts("WORKS_AT", "Contact", "Customer", jobs)
    keep_clock(store, fixed_clock(NOW), NOW)
    report = orjson.loads(cli("snapshot", tmp_path / "told", "--json").stdout)
    plain = orjson.loads(cli("snapshot", tmp_path / "plain", "--keep-names", "--json").stdout)
    assert (report["pseudonymised"], plain["pseudonymised"]) == (True, False)
    assert report["rows"] == plain["rows"]
    said = {name: _said(tmp_path / name) for name in ("told", "plain")}
    for secret in ("erika", "zhang.wei", "acme", "Acme", "1234567", "7654321", "C001"):
        assert secret not in said["told"]
    assert "erika.mustermann@acme.example" in said["plain"]
    assert "Acme Pumps GmbH" in said["plain"]
    with relgraph.open(tmp_path / "told") as made, relgraph.open(tmp_path / "plain") as known:
        ours, theirs = (one.frames() for one in (made, known))
        assert ours.jobs["customer_id"].isin(ours.customers["customer_id"]).all()
        per_customer = [frames.orders["customer_id"].value_counts().tolist() for frames in (ours, theirs)]
        assert per_customer[0] == per_customer[1]
        assert ours.products["name"].tolist() == theirs.products["name"].tolist()
    again = orjson.loads(cli("snapshot", tmp_path / "again", "--json").stdout)
    assert again["content_hash"] == report["content_hash"] != plain["content_hash"]


def _said(folder: Path) -> str:
    """Everything in the folder: its files' bytes, and its tables as text, since Parquet packs them."""
    raw = b"".join(path.read_bytes() for path in folder.iterdir()).decode("latin-1")
    return raw + "".join(pd.read_parquet(path).to_csv() for path in sorted(folder.glob("*.parquet")))
