"""Events of the inbox load as files do: once, or with the reason why not, dated at when they happened."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from graph.clock import data_now
from graph.derive import derive
from graph.inbox.append import append
from graph.inbox.event import EventRefused, read_event
from graph.service import run_sync
from ingest.inbox.load import InboxLoad, load_inbox
from tests.ingest.conftest import Workshop
from tests.ingest.reading import contents

WALL = datetime(2026, 3, 10, 12, tzinfo=UTC)

CRM = """
source: crm
currency: EUR
exported_at: 2025-12-31
datasets:
  accounts:
    file: accounts.csv
    nodes: [{label: Customer, key: id, fields: {name: name}}]
  people:
    file: people.csv
    nodes: [{label: Contact, key: id, fields: {name: name, email: mail, phone: phone}, known_from: changed}]
    links: [{type: WORKS_AT, to: {Customer: account}, fields: {title: title}, valid_from: changed}]
  staff:
    file: staff.csv
    nodes: [{label: Employee, key: id, fields: {name: name, email: mail}}]
  products:
    file: products.csv
    source: erp
    nodes: [{label: Product, key: id, fields: {name: id}}]
"""
FILES = {
    "accounts_csv": "id,name\n1,Alpha\n2,Beta\n",
    "people_csv": "id,name,mail,phone,title,account,changed\n"
    "C1,Ann,ann@alpha.com,+49 30 901820,CEO,1,2025-12-01\nC2,Bob,bob@beta.com,,Buyer,2,2025-12-01\n",
    "staff_csv": "id,name,mail\nE1,Eva,eva@us.com\n",
    "products_csv": "id\nP1\nP2\n",
}
TIES = "MATCH (e:Employee)-[k:KNOWS]-(c:Contact) RETURN e.name AS ours, c.name AS theirs ORDER BY theirs"
PEOPLE = """MATCH (c:Contact)
RETURN c.name AS name, c.email AS email, c.phone AS phone ORDER BY c.contact_id"""
INBOX = """MATCH (n:InboxEvent)
RETURN n.event_id AS id, n.state AS state, n.reason AS reason, n.run_id AS run ORDER BY id"""


@pytest.fixture
def crm(workshop: Workshop) -> Workshop:
    """The small company's exports, loaded."""
    workshop.put(**FILES)
    report = workshop.load(CRM)
    assert report.quarantined == 0, report.reasons
    return workshop


def event(event_id: str, kind: str, at: str = "2026-03-10T09:30:00+08:00", **named: Any) -> dict[str, Any]:
    return {"id": event_id, "source": "crm", "kind": kind, "at": at, **named}


def call(event_id: str, *people: dict[str, Any], **named: Any) -> dict[str, Any]:
    named = {"channel": "call", "participants": list(people), **named}
    return event(event_id, "interaction", **named)


def post(workshop: Workshop, *events: dict[str, Any], at: datetime = WALL) -> None:
    """Append events that must be accepted."""
    verdicts = run_sync(
        workshop.store, append, events, now=WALL, received_at=at, receipt=f"{at} {events[0]['id']}"
    )
    assert [one.verdict for one in verdicts] == ["accepted"] * len(events), verdicts


def take(workshop: Workshop) -> InboxLoad:
    made = load_inbox(workshop.store, workshop.home, WALL)
    assert made is not None
    assert all(dataset.adds_up for dataset in made.report.datasets.values())
    return made


EVA, ANN, BOB = {"email": "Eva@us.com", "part": "from"}, {"contact": "C1", "part": "to"}, {"contact": "C2"}


@pytest.mark.query("inbox.take")
def test_a_posted_call_becomes_a_tie_once(crm: Workshop) -> None:
    assert run_sync(crm.store, data_now) < datetime(2026, 1, 2, tzinfo=UTC)
    post(crm, call("1", EVA, ANN), call("2", {"employee": {"source": "crm", "key": "E1"}}, BOB))
    made = take(crm)
    assert made.report.quarantined == 0, made.report.reasons
    assert run_sync(crm.store, data_now) == datetime(2026, 3, 10, 1, 30, tzinfo=UTC), "it moves now alone"
    derive(crm.store)
    assert [(row["ours"], row["theirs"]) for row in crm.ask(TIES)] == [("Eva", "Ann"), ("Eva", "Bob")]
    rows = crm.ask(INBOX)
    assert [(row["id"], row["state"]) for row in rows] == [("crm:1", "loaded"), ("crm:2", "loaded")]
    assert {row["run"] for row in rows} == {made.report.run_id}
    assert load_inbox(crm.store, crm.home, WALL) is None


@pytest.mark.slow
def test_a_load_whose_events_were_not_marked_is_made_again(crm: Workshop) -> None:
    """As after a kill between the load and its mark, with a later event that came meanwhile."""
    post(crm, call("1", EVA, ANN, key="K", subject="Price"), event("2", "contact", key="C3", name="Cem"))
    take(crm)
    once, waiting = contents(crm.store), {"state": "waiting"}
    crm.store.upsert_nodes("InboxEvent", [{"id": f"crm:{n}", "props": waiting} for n in (1, 2)])
    assert not take(crm).report.changed
    assert contents(crm.store)[1] == once[1]
    crm.store.upsert_nodes("InboxEvent", [{"id": "crm:1", "props": waiting}])
    post(crm, call("3", EVA, BOB, key="K", subject="Prices"), at=WALL + timedelta(seconds=1))
    take(crm)
    said = crm.ask(
        "MATCH (p)-[:PARTICIPATED_IN]->(i:Interaction) RETURN p.name AS name, i.subject AS s ORDER BY name"
    )
    assert [(row["name"], row["s"]) for row in said] == [("Bob", "Prices"), ("Eva", "Prices")]


@pytest.mark.slow
def test_a_contact_changes_only_in_what_is_given(crm: Workshop) -> None:
    post(
        crm,
        event("1", "contact", key="C1", email="Ann@new.com"),
        event("2", "contact", key="C3", name="Cem", customer="2", title="CFO"),
    )
    take(crm)
    post(
        crm,
        event("3", "contact", key="C1", name="Anna", at="2026-03-10T02:00:00Z"),
        event("4", "contact", key="C1", email="late@old.com", at="2026-03-08T00:00:00Z"),
    )
    take(crm)
    assert crm.ask(PEOPLE)[0] == {"name": "Anna", "email": "ann@new.com", "phone": "+49 30 901820"}
    crm.load(CRM)  # the same export again is no news
    assert crm.ask(PEOPLE)[0]["email"] == "ann@new.com"
    jobs = crm.ask(
        "MATCH (c:Contact {name: 'Cem'})-[w:WORKS_AT]->(x:Customer) "
        "RETURN x.name AS at, w.title AS title, toString(w.valid_from) AS since"
    )
    assert [(row["at"], row["title"], row["since"][:16]) for row in jobs] == [
        ("Beta", "CFO", "2026-03-10T01:30")
    ]


@pytest.mark.slow
def test_an_order_as_it_is_now(crm: Workshop) -> None:
    lines = [
        {"product": {"source": "erp", "key": "P1"}, "quantity": 2, "amount": 20.5},
        {"product": {"source": "erp", "key": "P2"}, "quantity": 1, "amount": 0.1},
    ]
    order: dict[str, Any] = {"key": "O1", "customer": "1", "amount": 20.6, "currency": "EUR"}
    post(crm, event("1", "order", **order, lines=lines))
    take(crm)
    changed = order | {"amount": 20.5, "status": "sent", "ordered_at": "2026-03-10T01:30:00Z"}
    post(crm, event("2", "order", **changed, lines=lines[:1], at="2026-03-10T03:00:00Z"))
    take(crm)
    post(crm, event("3", "order", **order, lines=lines, at="2026-03-10T02:00:00Z"))  # a state before that
    take(crm)
    placed = crm.ask(
        "MATCH (c:Customer)-[:PLACED]->(o:Order)-[l:CONTAINS]->(p:Product) RETURN c.name AS by, "
        "toString(o.ordered_at) AS at, p.name AS product, l.quantity AS quantity, l.amount AS amount"
    )
    assert [(row["by"], row["product"], row["quantity"], row["amount"]) for row in placed] == [
        ("Alpha", "P1", 2.0, 20.5)
    ]
    assert placed[0]["at"][:16] == "2026-03-10T01:30"


def test_a_ticket_is_opened_and_closed(crm: Workshop) -> None:
    ticket: dict[str, Any] = {
        "key": "T1",
        "customer": "2",
        "contact": "C2",
        "subject": "Pump stands",
        "ticket_kind": "fault",
    }
    post(crm, event("1", "ticket", **ticket, at="2026-03-08T00:00:00Z"))
    closed: dict[str, Any] = {
        "opened_at": "2026-03-08T00:00:00Z",
        "closed_at": "2026-03-09T00:00:00Z",
        "satisfaction": 4.5,
    }
    post(crm, event("2", "ticket", **ticket, **closed, at="2026-03-09T00:00:00Z"))
    take(crm)
    tickets = crm.ask(
        "MATCH (t:Ticket)-[:FOR]->(c:Customer), (t)-[:RAISED_BY]->(p:Contact) "
        "RETURN c.name AS of, p.name AS by, t.kind AS kind, t.satisfaction AS satisfaction, "
        "toString(t.closed_at) AS closed"
    )
    assert [(row["of"], row["by"], row["kind"], row["satisfaction"]) for row in tickets] == [
        ("Beta", "Bob", "fault", 4.5)
    ]
    assert tickets[0]["closed"][:10] == "2026-03-09"


def test_what_names_nothing_known_is_told_and_texts_stay(crm: Workshop) -> None:
    note = 'a "quote", a\nline; NULL,\t=1+1 and 你好'
    post(
        crm,
        event("1", "order", customer="gone", amount=1),
        event("2", "contact", key="nobody", customer="1"),
        call("3", EVA, {"contact": "nobody"}, note=note, subject="NULL"),
    )
    take(crm)
    states = {row["id"]: (row["state"], row["reason"]) for row in crm.ask(INBOX)}
    assert [state for state, _ in states.values()] == ["quarantined", "quarantined", "loaded"]
    assert "gone" in states["crm:1"][1]
    assert "nobody" in states["crm:2"][1]
    assert crm.counts()["PARTICIPATED_IN"] == 1
    assert crm.ask("MATCH (i:Interaction) RETURN i.note AS note, i.subject AS s") == [
        {"note": note, "s": "NULL"}
    ]


def test_a_contact_of_whom_only_nulls_are_said_is_refused() -> None:
    with pytest.raises(EventRefused, match="says nothing of the contact"):
        read_event(event("1", "contact", name=None, customer=None), WALL)


def test_an_event_that_cannot_be_read_is_told_and_leaves_the_others_alone(crm: Workshop) -> None:
    post(crm, event("1", "contact", key="C3", name="Cem"), event("2", "contact", key="C4", name="Dan"))
    said = '{"id":"1","source":"crm","at":"2026-03-10T01:30:00Z","kind":"contact"}'
    crm.store.upsert_nodes("InboxEvent", [{"id": "crm:1", "props": {"payload": said}}])
    assert sorted(one.state for one in take(crm).taken) == ["loaded", "quarantined"]
    rows = {row["id"]: row for row in crm.ask(INBOX)}
    assert (rows["crm:1"]["state"], rows["crm:2"]["state"]) == ("quarantined", "loaded")
    assert "says nothing of the contact" in rows["crm:1"]["reason"]
    crm.store.upsert_nodes("InboxEvent", [{"id": "crm:1", "props": {"state": "waiting"}}])
    assert load_inbox(crm.store, crm.home, WALL) is None, "it alone is no load"
    assert crm.ask(INBOX)[0]["state"] == "quarantined"


def test_an_order_whose_newer_state_is_quarantined_is_loaded_as_it_was(crm: Workshop) -> None:
    post(
        crm,
        event("1", "order", key="O1", customer="1", amount=1),
        event("2", "order", key="O1", customer="gone", amount=2, at="2026-03-10T02:00:00Z"),
    )
    take(crm)
    assert [row["state"] for row in crm.ask(INBOX)] == ["waiting", "quarantined"]
    assert [one.event_id for one in take(crm).taken] == ["crm:1"]
    assert [row["state"] for row in crm.ask(INBOX)] == ["loaded", "quarantined"]
    assert crm.ask("MATCH (:Customer)-[:PLACED]->(o:Order) RETURN o.amount AS amount") == [{"amount": 1.0}]
