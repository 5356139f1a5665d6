"""The documented examples on real data, against counts that pandas takes from the same files."""

from pathlib import Path

import pandas as pd
import pytest

from graph.derive import derive
from graph.store import Store
from graph.tie.strength import decayed
from ingest.mapping.read import read_mapping
from ingest.report import Report
from ingest.run import ingest
from ingest.templates.read import read_template
from tests.ingest.conftest import NOW, Workshop
from tests.paths import REPO, shared_data

pytestmark = pytest.mark.slow


def load(store: Store, home: Path, data: str, example: str) -> Report:
    own = REPO / "docs/examples" / f"{example}.yml"
    mapping = read_mapping(own) if own.exists() else read_template(example)
    report = ingest(store, mapping, shared_data(data), home, NOW)
    assert all(item.adds_up for item in report.datasets.values())
    return report


def test_adventureworks(workshop: Workshop) -> None:
    report = load(workshop.store, workshop.home, "adventureworks", "adventureworks")
    folder = shared_data("adventureworks")
    lines = pd.read_csv(folder / "FactResellerSales.csv.gz")
    counts = workshop.counts()
    expected = {
        "Customer": 701, "Product": 397, "Order": lines.SalesOrderNumber.nunique(), "CONTAINS": len(lines),
        "Contact": 753, "WORKS_AT": 749, "Employee": 290, "REPORTS_TO": 289, "PLACED": 3616,
    }  # fmt: skip
    assert {name: counts[name] for name in expected} == expected
    assert {item.key for item in report.review} == {"762", "1372", "1376", "1408"}
    assert any("17 values of EmployeeKey stay apart from Employee" in note for note in report.notes)
    total = workshop.ask("MATCH (o:Order) RETURN sum(o.amount) AS amount, min(o.ordered_at) AS first")[0]
    assert total["amount"] == pytest.approx(lines.SalesAmount.sum())
    assert total["first"].date().isoformat() == lines.OrderDate.min()
    people = workshop.ask(
        """MATCH (c:Contact) WHERE c.email IS NOT NULL AND c.phone IS NOT NULL
        RETURN count(*) AS reachable"""
    )
    assert people == [{"reachable": 753}]
    assert not load(workshop.store, workshop.home, "adventureworks", "adventureworks").changed


def test_maven_crm(workshop: Workshop) -> None:
    report = load(workshop.store, workshop.home, "maven_crm", "maven_crm")
    deals = pd.read_csv(shared_data("maven_crm") / "sales_pipeline.csv")
    teams = pd.read_csv(shared_data("maven_crm") / "sales_teams.csv")
    counts = workshop.counts()
    expected = {
        "Customer": 85, "PARENT_OF": 15, "Product": 7, "Opportunity": 8800, "ABOUT": 8800, "OWNS": 8800,
        "FOR": int(deals.account.notna().sum()), "Employee": 35 + teams.manager.nunique(),
    }  # fmt: skip
    assert {name: counts[name] for name in expected} == expected
    assert report.datasets["opportunities"].without["FOR"] == {"empty": 1425}
    industries = workshop.ask("MATCH (c:Customer) WHERE c.industry = 'technolgy' RETURN count(*) AS n")
    assert industries == [{"n": 0}]
    won = workshop.ask(
        "MATCH (o:Opportunity) WHERE o.outcome = 'won' RETURN count(*) AS n, sum(o.amount) AS amount"
    )[0]
    closed = deals[deals.deal_stage == "Won"]
    assert (won["n"], won["amount"]) == (len(closed), closed.close_value.sum())


@pytest.mark.long_on("embedded")
def test_enron(workshop: Workshop) -> None:
    report = load(workshop.store, workshop.home, "enron", "enron")
    folder = shared_data("enron")
    recipients = pd.read_csv(folder / "recipients.tsv.gz", sep="\t")
    messages = pd.read_csv(folder / "messages.tsv.gz", sep="\t")
    counts = workshop.counts()
    expected = {
        "Employee": 156,
        "Interaction": len(messages),
        "PARTICIPATED_IN": len(messages) + len(recipients),
    }
    assert {name: counts[name] for name in expected} == expected
    assert report.totals["quarantined"] == 0
    span = workshop.ask("MATCH (i:Interaction) RETURN min(i.at) AS first, max(i.at) AS last")[0]
    assert [span["first"].timestamp(), span["last"].timestamp()] == [
        messages.unix_time.min(), messages.unix_time.max()
    ]  # fmt: skip
    derive(workshop.store)
    known = workshop.ask(
        """MATCH (a:Employee)-[k:KNOWS]->(b:Employee)
        RETURN a.employee_id AS a, b.employee_id AS b, k.strength AS strength, k.derived_at AS at,
          k.half_life_days AS days"""
    )
    ties = sorted(
        known, key=lambda tie: decayed(tie["strength"], tie["at"], span["last"], tie["days"]), reverse=True
    )[:10]
    pairs = recipients.merge(messages, on="message_id")
    recent = pairs[pairs.unix_time > messages.unix_time.max() - 180 * 86400]
    wrote = {
        frozenset((f"enron:{a}", f"enron:{b}"))
        for a, b in zip(recent.sender_id, recent.receiver_id, strict=True)
    }
    assert len(ties) == 10
    assert all(frozenset((tie["a"], tie["b"])) in wrote for tie in ties)


def test_incidents(workshop: Workshop) -> None:
    report = load(workshop.store, workshop.home, "incidents", "incidents")
    events = pd.read_csv(shared_data("incidents") / "incident_events.csv.gz", dtype=str, na_values="?")
    assert (report.totals["read"], report.totals["quarantined"]) == (len(events), 0)
    counts = workshop.counts()
    assert (counts["Ticket"], counts["Contact"]) == (events.number.nunique(), events.caller_id.nunique())
    stamp = pd.to_datetime(events.sys_updated_at, format="%d/%m/%Y %H:%M")
    last = (
        events.assign(stamp=stamp).sort_values("stamp", kind="stable").groupby("number").incident_state.last()
    )
    found = workshop.ask("MATCH (t:Ticket) RETURN t.status AS status, count(*) AS n ORDER BY status")
    assert {row["status"]: row["n"] for row in found} == last.value_counts().to_dict()


def test_salesforce(workshop: Workshop) -> None:
    report = load(workshop.store, workshop.home, "crm_formats/salesforce", "salesforce")
    folder = shared_data("crm_formats/salesforce")
    assert report.totals["quarantined"] == 0
    accounts = pd.read_csv(folder / "sf_account_data.csv")
    assert workshop.counts()["Customer"] == int((~accounts.is_deleted).sum())
    assert workshop.counts()["Contact"] == len(pd.read_csv(folder / "sf_contact_data.csv"))
    names = workshop.ask("MATCH (c:Customer) RETURN c.name AS name")
    assert names == [{"name": "Eric's Test"}]


@pytest.mark.long_on("embedded")
def test_online_retail(workshop: Workshop) -> None:
    report = load(workshop.store, workshop.home, "online_retail", "online_retail")
    rows = pd.read_csv(shared_data("online_retail") / "transactions.csv.gz", dtype=str, keep_default_na=False)
    goods = rows[rows.StockCode.str.match(r"\d{5}")]
    kept = goods.drop_duplicates()
    counts = workshop.counts()
    expected = {
        "CONTAINS": len(kept), "Order": kept.InvoiceNo.nunique(),
        "Product": kept.StockCode.str.upper().nunique(),
        "Customer": kept.CustomerID[kept.CustomerID != ""].nunique(),
    }  # fmt: skip
    assert {name: counts[name] for name in expected} == expected
    lines = report.datasets["invoice_lines"]
    assert (lines.read, lines.filtered, lines.duplicates) == (
        len(rows),
        len(rows) - len(goods),
        len(goods) - len(kept),
    )
    returns = workshop.ask("MATCH (o:Order {kind: 'return'}) RETURN count(*) AS n")
    assert returns == [{"n": kept.InvoiceNo[kept.InvoiceNo.str.startswith("C")].nunique()}]
