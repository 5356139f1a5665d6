"""Dirt is there where it is asked for, and nowhere else."""

import re

from simulate import SimulationConfig
from simulate.oracle import true_doubles
from tests.simulate.world import column, rows, simulated

CLEAN, USUAL, FILTHY = (SimulationConfig(400, 2, dirt) for dirt in (0.0, 0.5, 1.0))
ISO = re.compile(r"\d{4}-\d\d-\d\d")
DATED = (
    ("erp/sales_orders.csv", "OrderDate"),
    ("mail/messages.csv.gz", "Date"),
    ("helpdesk/tickets.csv", "created_at"),
)


def bad_dates(config: SimulationConfig) -> int:
    out, _, _ = simulated(config)
    texts = [text for name, key in DATED for text in column(out / name, key)]
    return sum(not ISO.match(text) or text.startswith(("0000", "2024-13")) for text in texts)


def dangling(config: SimulationConfig) -> int:
    out, _, _ = simulated(config)
    accounts, contacts = (
        set(column(out / "crm/Account.csv", "Id")),
        set(column(out / "crm/Contact.csv", "Id")),
    )
    customers = set(column(out / "erp/客户主数据.csv", "客户编号", "gb18030"))
    return (
        sum(key not in accounts for key in column(out / "crm/Opportunity.csv", "AccountId"))
        + sum(key not in contacts for key in column(out / "crm/OpportunityContactRole.csv", "ContactId"))
        + sum(key not in customers for key in column(out / "erp/sales_orders.csv", "CustomerNo"))
    )


def repeats(config: SimulationConfig) -> int:
    out, _, _ = simulated(config)
    names = ("erp/sales_order_lines.csv.gz", "mail/messages.csv.gz", "helpdesk/tickets.csv")
    tables = [[tuple(row.values()) for row in rows(out / name)] for name in names]
    return sum(len(table) - len(set(table)) for table in tables)


def marks(config: SimulationConfig) -> int:
    out, _, _ = simulated(config)
    texts = [text for row in rows(out / "crm/Contact.csv") for text in row.values()]
    return sum(text in ("?", "NULL") for text in texts)


def test_clean_is_clean() -> None:
    out, truth, _ = simulated(CLEAN)
    assert (bad_dates(CLEAN), dangling(CLEAN), repeats(CLEAN), marks(CLEAN)) == (0, 0, 0, 0)
    assert true_doubles(truth) == []
    assert all(column(out / "crm/Contact.csv", "Email"))
    assert "RE" not in column(out / "erp/sales_orders.csv", "OrderType")


def test_dirt_grows() -> None:
    for count in (bad_dates, dangling, repeats, marks):
        assert 0 < count(USUAL) < count(FILTHY), count.__name__


def test_fifteen_percent_stand_twice_at_the_default() -> None:
    out, truth, _ = simulated(USUAL)
    doubles = true_doubles(truth)
    assert len(doubles) == 60
    assert {system for system, _, _ in doubles} == {"crm", "erp"}
    accounts = {row["Id"]: row for row in rows(out / "crm/Account.csv")}
    for system, first, second in doubles:
        if system == "crm":
            assert accounts[first]["Name"] != accounts[second]["Name"]
            assert accounts[second]["AccountNumber"] == accounts[second]["Tax_ID__c"] == ""


def test_doubles_in_the_erp_take_some_of_the_orders() -> None:
    out, truth, _ = simulated(USUAL)
    booked = column(out / "erp/sales_orders.csv", "CustomerNo")
    pairs = [(first, second) for system, first, second in true_doubles(truth) if system == "erp"]
    on_first = sum(booked.count(first) for first, _ in pairs)
    on_second = sum(booked.count(second) for _, second in pairs)
    assert 0.15 < on_second / (on_first + on_second) < 0.35


def test_returns_are_negative_and_name_their_order() -> None:
    out, _, _ = simulated(USUAL)
    orders = {row["OrderNo"]: row for row in rows(out / "erp/sales_orders.csv")}
    back = [row for row in orders.values() if row["OrderType"] == "RE"]
    lines = [row for row in rows(out / "erp/sales_order_lines.csv.gz") if row["Quantity"].startswith("-")]
    assert len(back) > 50
    assert {row["OrderNo"] for row in back} >= {row["OrderNo"] for row in lines}
    assert all(row["RefOrderNo"] in orders and float(row["NetAmount"]) < 0 for row in back)


def test_dead_contacts_bounce() -> None:
    out, _, _ = simulated(USUAL)
    gone = [row for row in rows(out / "crm/Contact.csv") if row["IsEmailBounced"] == "true"]
    unnoticed = [row for row in gone if row["No_Longer_At_Company__c"] == "false"]
    assert len(gone) > 100
    assert 0.02 < len(unnoticed) / len(gone) < 0.4
    assert "bounced" in column(out / "mail/messages.csv.gz", "Status")
