"""Exports month by month: as of a past day everything reads as the export of that day said."""

from datetime import UTC, datetime
from typing import Any

import pytest

from graph.profile.around import network
from graph.profile.read import profile
from graph.record import record
from graph.service import run_sync
from tests.ingest.conftest import Workshop
from tests.ingest.test_clock import now

DESK = """
source: crm
valid_from: 2023-01-01
attributes: {Customer: {tier: {}}}
datasets:
  accounts:
    file: accounts.csv
    nodes:
      - label: Customer
        key: id
        fields: {name: name, city: city}
        attributes: {tier: tier}
        known_from: modified
  contacts:
    file: contacts.csv
    nodes: [{label: Contact, key: id, fields: {name: name, email: mail, mobile: tel}, known_from: modified}]
    links: [{type: WORKS_AT, to: {Customer: account}, fields: {title: title}}]
  tickets:
    file: tickets.csv
    nodes:
      - label: Ticket
        key: id
        fields: {opened_at: opened, closed_at: closed, sla_breached: late, satisfaction: rated}
        known_from: modified
    links: [{type: FOR, to: {Customer: account}}]
"""
ACCOUNTS = ("Alpha,Ulm,A,2024-01-10", "Alpha,Bonn,,2024-02-10", "Alpha Holding,Bonn,B,2024-03-10")
CONTACTS = (
    "Ann Old,ann@a.example,1,2024-01-10",
    "Ann New,ann@a.example,,2024-02-10",
    "Ann New,new@a.example,3,2024-03-10",
)
TICKETS = (
    "2024-01-04,,false,,2024-01-10",
    "2024-01-04,,true,,2024-02-10",
    "2024-01-04,2024-03-01,true,1,2024-03-10",
)


@pytest.mark.slow
@pytest.mark.query("record.versions", "customer.tickets")
@pytest.mark.parametrize("order", [(0, 1, 2), (2, 0, 1)])
def test_own_values_of_each_month_in_whatever_order_they_were_loaded(
    workshop: Workshop, order: tuple[int, ...]
) -> None:
    for month in order:
        workshop.put(
            accounts_csv=f"id,name,city,tier,modified\n1,{ACCOUNTS[month]}\n",
            contacts_csv=f"id,account,title,name,mail,tel,modified\nc1,1,CEO,{CONTACTS[month]}\n",
            tickets_csv=f"id,account,opened,closed,late,rated,modified\nt1,1,{TICKETS[month]}\n",
        )
        workshop.load(DESK)
    shown = {month: _shown(workshop, month) for month in (1, 2, 3)}
    assert shown == {
        1: ("Alpha", "Ulm", (("tier", "A"),), "Ann Old", "ann@a.example", "1", 1, 0, None),
        2: ("Alpha", "Bonn", (), "Ann New", "ann@a.example", None, 1, 1, None),
        3: ("Alpha Holding", "Bonn", (("tier", "B"),), "Ann New", "new@a.example", "3", 0, 1, 1.0),
    }


def _told(workshop: Workshop, typed_id: str, as_of: datetime) -> tuple[str | None, dict[str, Any]]:
    """A record's name, its city if it has one, and the names of what it links to."""
    found = run_sync(workshop.store, record, typed_id=typed_id, now=now(workshop), as_of=as_of)
    told = {name: value for name, value in found.values if name == "city"}
    return found.name, told | ({"links": [one.name for one in found.links]} if found.links else {})


def _shown(workshop: Workshop, month: int) -> tuple[Any, ...]:
    as_of = min(datetime(2024, month, 20, tzinfo=UTC), now(workshop))
    asked: dict[str, Any] = {"customer_id": "crm:1", "now": now(workshop), "as_of": as_of}
    parts = run_sync(workshop.store, profile, **asked).parts
    company, (person,), tickets = parts["company"], parts["contacts"], parts["tickets"]
    names = {node.kind: node.name for node in run_sync(workshop.store, network, **asked).nodes}
    assert names == {"Customer": company.name, "Contact": person.name}
    assert _told(workshop, "Customer:crm:1", as_of) == (company.name, {"city": company.city})
    assert _told(workshop, "Ticket:crm:t1", as_of)[1]["links"] == [company.name]
    return (
        company.name, company.city, company.attributes, person.name, person.email, person.mobile,
        tickets.open, tickets.breached, tickets.satisfaction,
    )  # fmt: skip
