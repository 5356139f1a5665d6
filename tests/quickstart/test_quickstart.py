"""A folder of exports that nobody configured becomes one page whose findings are true."""

import csv
from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path

import orjson
import pytest

from graph.store import Store
from tests.conftest import Cli
from tests.html_page import Page

pytestmark = pytest.mark.slow

END = date(2025, 6, 30)
COMPANIES = (
    ("C1", "Nordwind Logistik GmbH", "DE811907980", "Hamburg"),
    ("C2", "Nordwind Logistik G.m.b.H.", "", "Hamburg"),
    ("C3", "Blue Harbor <Foods>", "GB999999973", "London"),
    ("C4", "Alder Optics", "FR40303265045", "Lyon"),
)
ORDERS = {
    "C1": (300, 270, 240, 205, 180, 150),
    "C3": (148, 118, 88, 57, 28),
    "C4": (200, 120, 0),
}


def write(path: Path, header: Iterable[str], rows: Iterable[Iterable[object]]) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(list(header))
        writer.writerows(list(row) for row in rows)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    exports = tmp_path / "exports"
    exports.mkdir()
    write(exports / "customers.csv", ("customer_id", "company_name", "vat_number", "city"), COMPANIES)
    write(exports / "products.csv", ("product_id", "product_name"), [("P1", "Filter F7"), ("P2", "Pump K2")])
    orders = [
        (f"O{customer}{day}", customer, END - timedelta(days=day), "P1" if customer == "C3" else "P2", 1, 100)
        for customer, days in ORDERS.items()
        for day in days
    ]
    header = ("order_id", "customer_id", "order_date", "product_id", "quantity", "line_amount")
    write(exports / "orders.csv", header, orders)
    return exports


@pytest.mark.long_on("neo4j")
def test_one_page_with_what_the_files_show(cli: Cli, folder: Path, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    done = cli("quickstart", folder, "--out", page, "--json")
    told = orjson.loads(done.stdout)
    sections = told["sections"]
    (doubled,) = sections["doubled"]
    assert sorted(doubled["evidence"]) == ["Customer:exports:C1", "Customer:exports:C2"]
    (quiet,) = sections["quiet"]
    assert quiet["says"].startswith(
        "Nordwind Logistik GmbH has not ordered for 150 days (last on 2025-01-31)"
    )
    (due,) = sections["due"]
    assert "Blue Harbor <Foods> buys Filter F7 about every 30 days (5 times so far" in due["says"]
    assert due["says"].endswith("the next is due on 2025-07-02.")
    assert [one["says"].split(":")[0] for one in sections["absent"]] == [
        "No people at the customers", "No mails, calls or visits", "No tickets", "No invoices", "No deals",
    ]  # fmt: skip
    assert {"kind": "gap", "says": "Customer tax_id: 1 of 4 are missing (25%).", "evidence": []} in sections[
        "gap"
    ]
    shown = Page(page.read_text(encoding="utf-8"))
    assert not shown.tags & {"script", "link", "img", "foods"}
    assert not shown.fetched
    assert all(one["says"] in shown.text for one in told["top"])


@pytest.mark.long_on("neo4j")
def test_what_a_rule_calls_one_is_merged_without_being_asked(cli: Cli, folder: Path, store: Store) -> None:
    rules = store.config.home / "link.yml"
    rules.write_text("customers: {same: [['exports:C1', 'exports:C2']]}")
    try:
        told = orjson.loads(cli("quickstart", folder, "--json").stdout)
    finally:
        rules.unlink()
    assert told["linked"][0]["merged"] == [["exports:C1", "exports:C2", 1.0]]
    assert [one["says"] for one in told["sections"]["doubled"]] == [
        "Nordwind Logistik GmbH (exports:C1) and Nordwind Logistik G.m.b.H. (exports:C2) were one and are "
        "merged: a rule says so."
    ]
    answering = store.one("alias.resolve_each", alias_ids=["Customer|exports:C2"])
    assert answering is not None
    assert answering["id"] == "exports:C1"


@pytest.mark.long_on("neo4j")
def test_pairs_wait_in_the_graph_only_when_asked(cli: Cli, folder: Path) -> None:
    told = orjson.loads(cli("quickstart", folder, "--json").stdout)["linked"][0]
    assert told["dry"]
    assert told["review"] == 1
    assert cli("resolve", "review").stdout == "0 in review\n"
    kept = orjson.loads(cli("quickstart", folder, "--merge", "--json").stdout)["linked"][0]
    assert not kept["dry"]
    assert kept["new"] == 1
    assert "exports:C1  ·  exports:C2" in cli("resolve", "review").stdout


@pytest.mark.long_on("neo4j")
def test_in_chinese_and_again_without_change(cli: Cli, folder: Path) -> None:
    first = orjson.loads(cli("quickstart", folder, "--json").stdout)
    again = orjson.loads(cli("quickstart", folder, "--lang", "zh", "--json").stdout)
    assert again["rows"]["loaded"] == 0
    assert "Nordwind Logistik GmbH 已 150 天未下单" in again["sections"]["quiet"][0]["says"]
    evidence = [[one["evidence"] for one in told["top"]] for told in (first, again)]
    assert evidence[0] == evidence[1]
    html = Path(again["page"]).read_text(encoding="utf-8")
    assert '<html lang="zh">' in html
    assert Path(again["page"]).stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(("given", "said"), [("nowhere", "does not exist"), ("empty", "holds no table")])
@pytest.mark.long_on("neo4j")
def test_a_folder_without_tables_is_told(cli: Cli, tmp_path: Path, given: str, said: str) -> None:
    (tmp_path / "empty").mkdir()
    done = cli("quickstart", tmp_path / given, check=False)
    assert done.returncode != 0
    assert said in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.long_on("neo4j")
def test_an_unknown_language_is_told(cli: Cli, folder: Path) -> None:
    done = cli("quickstart", folder, "--lang", "xx", check=False)
    assert done.returncode != 0
    assert "no texts in 'xx'" in done.stderr
