"""The record behind an id and timelines, on each engine, as a viewer may see them."""

from datetime import datetime
from typing import Any

import pytest

from graph.errors import NotFound
from graph.keyset import BadCursor
from graph.profile.read import profile
from graph.record import Record, record, timeline
from graph.record.provenance import provenance
from graph.record.read import KINDS, NoKind
from graph.record.timeline import NoTimeline, Wanted
from graph.service import run_sync
from graph.store import Store
from tests.graph.world import NOW, World, ago


@pytest.fixture
def company(store: Store) -> Store:
    """A customer with a record of many kinds, and a talk and a job that are eva's alone."""
    world = World()
    world.customer("acme", name="Acme", x_tier="gold")
    world.contact("ann", "acme", "CEO")
    world.contact("secret", "acme", visibility="owner", owner_id="eva")
    world.employee("eva", name="Eva")
    world.node("Product", "p1", name="Pump")
    world.order("o1", "acme", ago(30), [("p1", 2.0, 9.0), ("p1", -1.0, -4.5)])
    world.opportunity("deal", "acme", amount=5.0, currency="EUR", stage="proposal")
    world.role("ann", ("Opportunity", "deal"), "champion")
    world.node("Ticket", "desk:417", subject="Leaks", opened_at=ago(20), status="open")
    world.part("FOR", ("Ticket", "desk:417"), ("Customer", "acme"))
    world.part("RAISED_BY", ("Ticket", "desk:417"), ("Contact", "ann"))
    world.part("ABOUT", ("Ticket", "desk:417"), ("Product", "p1"))
    world.fact("OWNS", ("Employee", "eva"), ("Ticket", "desk:417"))
    world.node("Invoice", "i1", issued_at=ago(25), amount=4.5, currency="EUR")
    world.part("FOR", ("Invoice", "i1"), ("Customer", "acme"))
    world.node("Task", "t1", subject="Call back", due_at=ago(5))
    world.part("FOR", ("Task", "t1"), ("Customer", "acme"))
    world.part("ABOUT", ("Task", "t1"), ("Contact", "ann"))
    world.met("talk", ago(10), [("Employee", "eva", "from"), ("Contact", "ann", "to")], subject="Prices")
    world.met("private", ago(9), [("Employee", "eva", "from"), ("Contact", "ann", "to")],
              visibility="owner", owner_id="eva")  # fmt: skip
    world.node("Alias", "Ticket|old:9")
    world.part("ALIAS_OF", ("Alias", "Ticket|old:9"), ("Ticket", "desk:417"))
    world.load(store)
    return store


def of(store: Store, typed_id: str, viewer: str | None = None) -> Record:
    return run_sync(store, record, typed_id=typed_id, now=NOW, viewer=viewer)


def links(found: Record) -> set[tuple[str, str, str, Any]]:
    return {(one.relation, one.kind, one.record_id, one.detail) for one in found.links}


def test_a_record_tells_its_values_and_what_it_belongs_to(company: Store) -> None:
    ticket = of(company, "Ticket:desk:417")
    assert (ticket.kind, ticket.record_id, ticket.name) == ("Ticket", "desk:417", "Leaks")
    assert dict(ticket.values) == {"subject": "Leaks", "opened_at": ago(20), "status": "open"}
    assert links(ticket) == {
        ("FOR", "Customer", "acme", None), ("RAISED_BY", "Contact", "ann", None),
        ("ABOUT", "Product", "p1", None), ("OWNS", "Employee", "eva", None),
    }  # fmt: skip
    assert of(company, "Ticket:old:9") == ticket
    assert dict(of(company, "Customer:acme").values) == {"name": "Acme", "tier": "gold"}


HAPPENED: dict[str, dict[str, Any]] = {
    "Task": {"created_at": ago(30), "done_at": ago(5)},
    "Order": {"ordered_at": ago(30), "delivered_at": ago(5)},
    "Ticket": {"opened_at": ago(30), "closed_at": ago(5)},
    "Invoice": {"issued_at": ago(30), "paid_at": ago(5)},
}


@pytest.mark.parametrize("label", HAPPENED)
def test_a_past_day_has_no_status_of_a_later_one(store: Store, label: str) -> None:
    days = HAPPENED[label]
    begun = {name: day for name, day in days.items() if day == ago(30)}
    world = World()
    for key in ("plain", "dated_back", "told"):
        world.node(label, key, status="over", **days)
    if label != "Order":  # orders have no versions
        world.version(label, "dated_back", ago(30), None, status="over", **days)
        world.version(label, "told", ago(30), ago(5), status="open", **begun)
        world.version(label, "told", ago(5), None, status="over", **days)
    world.load(store)

    def status(key: str, day: datetime) -> object:
        found = run_sync(store, record, typed_id=f"{label}:{key}", now=NOW, as_of=day)
        return dict(found.values).get("status")

    keys = ("plain", "dated_back", "told")
    told = None if label == "Order" else "open"
    assert [status(key, ago(10)) for key in keys] == [None, None, told]
    assert [status(key, ago(2)) for key in keys] == ["over"] * 3


def test_an_order_has_its_lines(company: Store) -> None:
    order = of(company, "Order:o1")
    lines = [(one.line, one.quantity, one.amount) for one in order.links if one.relation == "CONTAINS"]
    assert lines == [(1, 2.0, 9.0), (2, -1.0, -4.5)]
    assert ("PLACED", "Customer", "acme", None) in links(order)


@pytest.mark.parametrize(("label", "rest"), [("Customer", {}), ("Item", {"kind": "machine"})])
def test_a_list_among_custom_attributes_is_told_as_of_a_past_day(
    store: Store, label: str, rest: dict[str, str]
) -> None:
    """A source row agrees where each of its entries is one of the record's, commas within an entry or not."""
    world = World()
    world.node(label, "one", name="One", x_makers=["Acme, Inc.", "Bolt", "3"], **rest)
    world.version(label, "one", ago(90), ago(20), name="One", x_makers=["Acme, Inc."], **rest)
    world.version(label, "one", ago(20), None, name="One", x_makers=["Acme, Inc.", "Bolt", "3"], **rest)
    world.version(label, "one", ago(80), None, source="erp", x_makers=["Inc."])
    world.load(store)
    if label == "Item":
        owner = World()
        owner.customer("acme")
        owner.fact("LINKED_TO", ("Item", "one"), ("Customer", "acme"), relation="owner")
        owner.load(store)
    then = run_sync(store, record, typed_id=f"{label}:one", now=NOW, as_of=ago(50))
    assert dict(then.values)["makers"] == "Acme, Inc."
    for day, whole in ((None, "Acme, Inc., Bolt, 3"), (ago(50), "Acme, Inc.")):
        stated = run_sync(store, provenance, typed_id=f"{label}:one", now=NOW, as_of=day).stated
        (makers,) = (one for one in stated if one.name == "makers")
        assert makers.value == whole
        said = {one.source: (one.value, one.agrees) for one in makers.statements}
        assert said == {"crm": (whole, True), "erp": ("Inc.", False)}
    if label == "Customer":
        assert run_sync(store, profile, customer_id="one", now=NOW, as_of=ago(50)).customer_id == "one"


def test_of_what_its_source_deleted_nothing_is_inferred(store: Store) -> None:
    world = World()
    world.customer("acme", ended_at=ago(5))
    world.version("Customer", "acme", ago(90), None, name="ACME")
    world.load(store)
    found = run_sync(store, provenance, typed_id="Customer:acme", now=NOW)
    assert found.inferred == ()
    assert {one.name: len(one.statements) for one in found.stated}["name"] == 1


@pytest.mark.query("record.job")
def test_a_job_that_evidence_names_tells_who_has_it_where(store: Store) -> None:
    world = World()
    world.customer("acme", name="Acme")
    world.contact("ann", None)
    world.version("Customer", "acme", ago(300), ago(40), name="Acme & Sons")
    world.version("Customer", "acme", ago(40), None, name="Acme")
    ends = ("Contact", "ann"), ("Customer", "acme")
    key = world.fact("WORKS_AT", *ends, title="CEO", valid_from=ago(90), valid_to=ago(10))
    hers = world.fact("WORKS_AT", *ends, source_key="2", visibility="owner", owner_id="eva")
    world.load(store)
    found = of(store, f"WORKS_AT:{key}")
    assert (found.name, dict(found.values)["valid_to"]) == ("CEO", ago(10))
    assert links(found) == {
        ("WORKS_AT", "Contact", "ann", None), ("WORKS_AT", "Customer", "acme", None),
    }  # fmt: skip
    then = run_sync(store, record, typed_id=f"WORKS_AT:{key}", now=NOW, as_of=ago(50))
    assert "valid_to" not in dict(then.values)
    assert [one.name for one in then.links] == ["Ann", "Acme & Sons"]
    assert [one.name for one in found.links] == ["Ann", "Acme"]
    assert of(store, f"WORKS_AT:{hers}", "eva").record_id == hers
    for unseen in (hers, "none"):
        with pytest.raises(NotFound):
            of(store, f"WORKS_AT:{unseen}", "bob")


@pytest.mark.query("record.contact", "record.jobs", "record.interaction", "record.people")
def test_people_and_talks_are_told_as_the_viewer_may_see_them(company: Store) -> None:
    assert links(of(company, "Contact:ann")) == {
        ("WORKS_AT", "Customer", "acme", "CEO"), ("HAS_ROLE", "Opportunity", "deal", "champion"),
    }  # fmt: skip
    assert links(of(company, "Interaction:talk")) == {
        ("PARTICIPATED_IN", "Employee", "eva", "from"), ("PARTICIPATED_IN", "Contact", "ann", "to"),
    }  # fmt: skip
    for hidden in ("Interaction:private", "Contact:secret"):
        assert of(company, hidden, viewer="eva").record_id == hidden.partition(":")[2]
        for viewer in ("bob", None):
            with pytest.raises(NotFound):
                of(company, hidden, viewer=viewer)


def test_what_is_no_id_and_what_is_not_there_are_told_apart(company: Store) -> None:
    for wrong in ("", "acme", "Customer", "Customer:", "Change:1", "customer:acme", "Alias:x"):
        with pytest.raises(NoKind):
            of(company, wrong)
    for kind in KINDS:
        with pytest.raises(NotFound):
            of(company, f"{kind}:nobody")


@pytest.mark.query("record.timeline_customer", "record.timeline_contact")
def test_a_timeline_is_newest_first_in_pages_that_neither_skip_nor_repeat(company: Store) -> None:
    whole = ["t1", "talk", "desk:417", "i1", "o1", "deal"]
    assert ids(company, "Customer:acme", Wanted()) == whole
    assert ids(company, "Customer:acme", Wanted(), viewer="eva") == ["t1", "private", *whole[1:]]
    assert ids(company, "Contact:ann", Wanted()) == ["t1", "talk", "desk:417"]
    assert ids(company, "Customer:acme", Wanted(kinds=("Order", "Ticket"))) == ["desk:417", "o1"]
    assert ids(company, "Customer:acme", Wanted(since=ago(22), until=ago(8))) == ["talk", "desk:417"]
    for size in (1, 2, 4):
        paged: list[str] = []
        after: str | None = None
        while True:
            page = run_sync(company, timeline, typed_id="Customer:acme", now=NOW, wanted=Wanted(size, after))
            paged += [event.record_id for event in page.events]
            after = page.cursor
            if after is None:
                break
        assert paged == whole


def test_many_events_of_one_moment_are_paged_too(store: Store) -> None:
    world = World()
    world.customer("acme")
    for number in range(130):
        world.order(f"o{number:03}", "acme", ago(3), [])
    world.load(store)
    seen: list[str] = []
    after: str | None = None
    while True:
        page = run_sync(store, timeline, typed_id="Customer:acme", now=NOW, wanted=Wanted(50, after))
        seen += [event.record_id for event in page.events]
        after = page.cursor
        if after is None:
            break
    assert seen == [f"o{number:03}" for number in reversed(range(130))]


def test_wrong_pages_are_refused(company: Store) -> None:
    for wanted in (
        Wanted(0),
        Wanted(201),
        Wanted(kinds=("Nothing",)),
        Wanted(after="x"),
        Wanted(after="WzFd"),
    ):
        with pytest.raises((NoTimeline, BadCursor)):
            run_sync(company, timeline, typed_id="Customer:acme", now=NOW, wanted=wanted)
    with pytest.raises(NoTimeline, match="not a Product"):
        run_sync(company, timeline, typed_id="Product:p1", now=NOW)


def ids(store: Store, typed_id: str, wanted: Wanted, viewer: str | None = None) -> list[str]:
    found = run_sync(store, timeline, typed_id=typed_id, now=NOW, viewer=viewer, wanted=wanted)
    return [event.record_id for event in found.events]
