"""Whatever the order of loading: an export that is loaded late changes the past, not the present."""

from typing import Any

import orjson
import pytest

from tests.ingest.conftest import Workshop
from tests.ingest.replacing import OWNED, OWNERS, STATES, VERSIONS, past, versions

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("order", [(0, 1, 2, 3), (3, 2, 1, 0), (1, 3, 0, 2), (2, 0, 3, 1)])
def test_the_order_of_loading_changes_nothing(workshop: Workshop, order: tuple[int, ...]) -> None:
    workshop.put(staff_csv="id,name\ne1,Uma\ne2,Vic\ne3,Wes\n")
    for place in order:
        workshop.put(accounts_csv="id,name,owner,modified\n" + STATES[place])
        workshop.load(OWNERS)
    owned: list[dict[str, Any]] = workshop.ask(OWNED)
    assert [(row["owner"], row["name"], row["since"][:10], (row["until"] or "")[:10]) for row in owned] == [
        ("crm:e1", "Alpha Holding", "2023-01-01", "2024-02-01"),
        ("crm:e2", "Alpha Holding", "2024-02-01", "2024-04-01"),
        ("crm:e3", "Alpha Holding", "2024-04-01", ""),
    ]


NAMES = (
    ("Alpha", "2024-01-01"), ("Alpha AG", "2024-02-01"), ("Alpha", "2024-03-01"), ("Alpha SE", "2024-04-01"),
)  # fmt: skip


@pytest.mark.parametrize("order", [(0, 1, 2, 3), (3, 2, 1, 0), (0, 3, 1, 2), (2, 0, 3, 1)])
def test_an_older_export_becomes_a_past_version(workshop: Workshop, order: tuple[int, ...]) -> None:
    workshop.put(staff_csv="id,name\ne1,Uma\n")
    for place in (*order, order[-1]):
        name, stamp = NAMES[place]
        workshop.put(accounts_csv=f"id,name,owner,modified\n1,{name},e1,{stamp}\n")
        report = workshop.load(OWNERS)
    assert not report.changed
    ends = [stamp for _, stamp in NAMES[1:]] + [""]
    assert versions(workshop) == [(*state, end) for state, end in zip(NAMES, ends, strict=True)]
    assert workshop.ask("MATCH (c:Customer) RETURN c.name AS name") == [{"name": "Alpha SE"}]


def test_an_older_state_of_a_known_second_adds_no_version(workshop: Workshop) -> None:
    workshop.put(staff_csv="id,name\ne1,Uma\n")
    for name, stamp in (("B", "2024-02-01T10:00:00.900"), ("A", "2024-02-01T10:00:00.100")):
        workshop.put(accounts_csv=f"id,name,owner,modified\n1,{name},e1,{stamp}\n")
        workshop.load(OWNERS)
    assert [orjson.loads(row["said"])["name"] for row in workshop.ask(VERSIONS)] == ["B"]


def test_two_states_within_one_second_leave_one(workshop: Workshop) -> None:
    workshop.put(staff_csv="id,name\ne1,Uma\ne2,Vic\n")
    for owner, at in (("e1", "2024-01-01T10:00:00.100"), ("e2", "2024-01-01T10:00:00.900")):
        workshop.put(accounts_csv=f"id,name,owner,modified\n1,Alpha,{owner},{at}\n")
        workshop.load(OWNERS)
    assert [row["owner"] for row in workshop.ask(OWNED)] == ["crm:e2"]


RESTATED = (("A", "2024-01-01"), ("B", "2024-02-01"), ("A", "2024-03-01"), ("A", "2024-04-01"))
ORDERS_OF_LOADING = [(0, 2, 3, 1), (3, 2, 1, 0), (1, 3, 0, 2)]


@pytest.mark.parametrize("order", ORDERS_OF_LOADING)
def test_an_unchanged_state_was_stated_too(workshop: Workshop, order: tuple[int, ...]) -> None:
    workshop.put(staff_csv="id,name\ne1,Uma\n")
    for place in (*order, order[-1]):
        name, stamp = RESTATED[place]
        workshop.put(accounts_csv=f"id,name,owner,modified\n1,{name},e1,{stamp}\n")
        report = workshop.load(OWNERS)
    assert not report.changed
    assert past(workshop) == [("A", "2024-01-01"), ("B", "2024-02-01"), ("A", "2024-03-01")]
    assert workshop.ask("MATCH (c:Customer) RETURN c.name AS name") == [{"name": "A"}]


EXPORTS = """
source: crm
currency: EUR
exported_at: {at}
datasets:
  accounts:
    file: accounts.csv
    nodes: [{{label: Customer, key: id, fields: {{name: name}}}}]
    links: [{{type: OWNS, from: {{Employee: owner}}}}]
  staff:
    file: staff.csv
    nodes: [{{label: Employee, key: id, fields: {{name: name}}}}]
  orders:
    file: orders.csv
    nodes: [{{label: Order, key: no, fields: {{ordered_at: date, amount: amount}}}}]
    links: [{{type: PLACED, from: {{Customer: cust}}}}]
"""


@pytest.mark.parametrize(
    ("order", "begins"),
    [((0, 2, 3, 1), ""), ((3, 2, 1, 0), ""), ((1, 3, 0, 2), "valid_from: 2020-01-01")],
)
def test_an_export_of_a_declared_date_takes_its_place(
    workshop: Workshop, order: tuple[int, ...], begins: str
) -> None:
    workshop.put(staff_csv="id,name\neA,Uma\neB,Vic\n")
    for place in (*order, order[-1]):
        name, at = RESTATED[place]
        customer = "1" if name == "A" else "2"
        workshop.put(accounts_csv=f"id,name,owner\n1,{name},e{name}\n2,Other,eA\n")
        workshop.put(orders_csv=f"no,date,amount,cust\nO1,2023-12-01,{100 + (name == 'B')},{customer}\n")
        report = workshop.load(EXPORTS.format(at=at) + begins)
    assert not report.changed
    first = "2020-01-01" if begins else "2024-01-01"
    assert past(workshop, "crm:1") == [
        ("A", first), ("B", "2024-02-01"), ("A", "2024-03-01"),
    ]  # fmt: skip
    assert workshop.ask("MATCH (c:Customer {customer_id: 'crm:1'}) RETURN c.name AS name") == [{"name": "A"}]
    orders = "MATCH (c:Customer)-[:PLACED]->(o:Order) RETURN o.amount AS amount, c.customer_id AS by"
    assert workshop.ask(orders) == [{"amount": 100.0, "by": "crm:1"}]
    assert [row["owner"] for row in workshop.ask(OWNED) if row["name"] == "A"] == [
        "crm:eA",
        "crm:eB",
        "crm:eA",
    ]
