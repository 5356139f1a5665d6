"""An answer as of a past day is the answer of a company that was loaded only up to that day.

Random small companies, random days: everything that has a date is compared, under the same fitted parameters.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict
from datetime import datetime, timedelta
from random import Random
from typing import Any

import orjson
import pytest

from graph.account.brief import Meeting, meeting_brief
from graph.account.dimensions import dimensions
from graph.alert.model import Selection
from graph.alert.playbook import LANGUAGES
from graph.alert.read import Asking, alerts
from graph.customer_filter import All, Comparison
from graph.customer_list import Listing as CustomersListed
from graph.customer_list import Sort as CustomerSort
from graph.customer_list import count_customers, customer_page
from graph.day.asking import Asked
from graph.day.past import names_then
from graph.day.plans import offer_candidates, task_candidates
from graph.day.questions import question_candidates
from graph.day.span import Span
from graph.day.warnings import open_deals, stored_risks
from graph.deal_list import DealFilter, count_deals, deal_page
from graph.decision_chain.read import chain, chains
from graph.derive import derive
from graph.errors import NotFound
from graph.facts import fact_id
from graph.group.read import group
from graph.history import read_history
from graph.introduction.find import Wanted as To
from graph.introduction.find import introductions
from graph.introduction.past import staff_as_of
from graph.item.read import items_of_each
from graph.journey.read import journey
from graph.model import Customer
from graph.parameters import WITHOUT_DATA, Parameters, parameters_as_of
from graph.past_list import OnlyToday
from graph.portfolio import Portfolio
from graph.profile.around import network
from graph.profile.read import profile
from graph.receivable import open_invoices
from graph.record import record, timeline
from graph.record.timeline import Wanted
from graph.record_list.filters import ContactFilter, OrderFilter, TicketFilter
from graph.record_list.kind import Sort
from graph.record_list.read import Listing, count_records, record_page
from graph.relationship.read import relationships
from graph.reporting_line.superior import Weights
from graph.service import run_sync
from graph.store import Store
from graph.tie.model import Calibration
from graph.warm_path.find import warm_paths
from graph.what_if.contact_leaves import Supposed, contact_leaves
from graph.writing.task import open_tasks
from tests.conftest import wipe
from tests.graph.random_company import CONTACTS, CUSTOMERS, random_company
from tests.graph.world import NOW, World, ago
from tests.histories import seeds

FITTED = Parameters(Calibration(60.0, 1.5, 0.8), Weights())
DATES = ("at", "ordered_at", "opened_at", "closed_at", "created_at", "scored_at", "as_of")
ENDS = ("valid_to", "known_to", "closed_at", "ended_at", "paid_at", "done_at")
MORTAL = ("Order", "Ticket", "Opportunity", "Interaction", "Invoice", "Payment", "Quote", "Task", "Item")
"""Records that sources delete, one in four of each."""
NAMES = ("Ann", "Bob", "Eva")
RESTATED: dict[str, dict[str, Sequence[Any]]] = {
    "Customer": {"name": NAMES, "city": ("Ulm", "Bonn"), "employees": (10, 20), "x_tier": ("A", "B")},
    "Contact": {"name": NAMES, "email": ("a@x.example", "b@x.example"), "mobile": ("1", "2")},
    "Employee": {"name": NAMES, "role": ("Sales", "Head of Sales"), "active": (True, True, False)},
    "Opportunity": {
        "name": NAMES, "stage": ("first", "second"), "amount": range(1, 9), "currency": ("EUR", "CNY")
    },
    "Ticket": {"sla_breached": (True, False), "satisfaction": (0.0, 0.5, 1.0)},
}  # fmt: skip
"""Own values that change twice, by label."""
HIRED = {"valid_from": ago(600), "source_key": "hired"}
JOB = fact_id("WORKS_AT", "hired", CUSTOMERS[0], "test", "hired", ago(600))
"""The fact of a job that stands on every day."""


def company(seed: int) -> World:
    """A random company, with dates in the past: jobs, roles, lines and links begin, end and are corrected."""
    draw = Random(seed)
    world = random_company(draw)
    for ends in [ends for ends in world.facts if ends[0] == "KNOWS"]:
        del world.facts[ends]  # ties are derived, whatever the day
    for rows in world.facts.values():
        for row in rows:
            _dated(row["props"], draw)
    for customer in CUSTOMERS:
        _ordered(world, customer, draw)
        opened = ago(draw.uniform(1, 400))
        world.node("Ticket", f"{customer}-t", opened_at=opened, closed_at=opened + timedelta(days=30))
        world.part("FOR", ("Ticket", f"{customer}-t"), ("Customer", customer))
        won = ago(draw.uniform(0, 99))
        world.opportunity(f"{customer}-won", customer, amount=99.0, closed_at=won, outcome="won")
        _billed(world, customer, draw)
        world.fact(
            "RELATIONSHIP", ("Employee", "e1"), ("Customer", customer), current=draw.randint(0, 4),
            valid_from=ago(draw.uniform(1, 400)),
        )  # fmt: skip
        world.risk(f"{customer}-r", customer, draw.random(), as_of=ago(draw.uniform(0, 300)))
        for number in (1, 2):
            _restated(world, "Opportunity", f"{customer}-{number}", draw, {"opened_at": ago(100)}, 100)
        _restated(world, "Ticket", f"{customer}-t", draw, {"opened_at": opened}, (NOW - opened).days)
    for label in ("Customer", "Contact", "Employee"):
        for row in list(world.nodes[label]):
            _restated(world, label, row["id"], draw, {}, 900)
    _ended(world, draw)
    world.contact("hired", CUSTOMERS[0], "Buyer", **HIRED)
    _restated(world, "Contact", "hired", draw, {}, 900)
    return world


def _ordered(world: World, customer: str, draw: Random) -> None:
    for number in range(3):
        at = ago(draw.uniform(1, 700))
        world.order(f"{customer}-o{number}", customer, at, [], kind=draw.choice(("sale", "return")))


def _ended(world: World, draw: Random) -> None:
    for label in MORTAL:
        for row in world.nodes[label]:
            if draw.random() < 0.25 and row["id"] != "newest":
                row["props"]["ended_at"] = ago(draw.uniform(0, 300)).isoformat()


def _billed(world: World, customer: str, draw: Random) -> None:
    """Invoices with payments, a quote, a task, an item: what the timeline and the receivables read."""
    whose = ("Customer", customer)
    for number in range(3):
        invoice, payment = f"{customer}-i{number}", f"{customer}-p{number}"
        issued = draw.uniform(20, 600)
        settled = {"paid_at": ago(draw.uniform(0, issued))} if number else {}
        world.node("Invoice", invoice, **settled, issued_at=ago(issued), due_at=ago(issued - 14),
                   amount=100.0, currency="EUR", kind="invoice")  # fmt: skip
        paid = ago(draw.uniform(0, issued))
        world.node("Payment", payment, paid_at=paid, amount=draw.choice((40.0, 100.0)), currency="EUR")
        world.part("FOR", ("Invoice", invoice), whose)
        world.part("FOR", ("Payment", payment), whose)
        world.part("ABOUT", ("Payment", payment), ("Invoice", invoice))
    world.node("Quote", f"{customer}-q", quoted_at=ago(draw.uniform(1, 400)), name="offer", amount=9.0)
    world.part("FOR", ("Quote", f"{customer}-q"), whose)
    made = draw.uniform(1, 400)
    world.node("Item", f"{customer}-m", kind="machine", name="press", created_at=ago(made))
    world.fact("LINKED_TO", ("Item", f"{customer}-m"), whose, relation="owner", valid_from=ago(made))
    task = ("Task", f"{customer}-k")
    done = ago(made / 2) if made > 50 else None
    world.node(*task, subject="call", created_at=ago(made), due_at=ago(made - 9), done_at=done)
    world.fact("OWNS", ("Employee", "e1"), task, valid_from=ago(made))
    world.part("FOR", task, whose)


def _restated(world: World, label: str, key: str, draw: Random, kept: dict[str, Any], first: float) -> None:
    """Own values of a record change twice after the `first` day; the last version is that of today."""
    later = sorted((draw.uniform(0, first) ** 2 / first, draw.uniform(0, first)), reverse=True)
    days = (first, *later)
    for since, until in zip(days, (*days[1:], None), strict=True):
        values = {name: draw.choice(choices) for name, choices in RESTATED[label].items()}
        stated = {**kept, **values}
        world.version(label, key, ago(since), None if until is None else ago(until), **stated)
    world.restate(label, key, **values)


def _dated(props: dict[str, Any], draw: Random) -> None:
    begun = draw.uniform(60, 500)
    props["valid_from"] = ago(begun).isoformat()
    if draw.random() < 0.3:
        props["known_from"] = ago(draw.uniform(30, begun)).isoformat()
    if draw.random() < 0.2:
        props["valid_to"] = ago(draw.uniform(0, 50)).isoformat()
    if draw.random() < 0.1:
        props["known_to"] = ago(draw.uniform(0, 25)).isoformat()


def up_to(world: World, day: datetime) -> World:
    """What had been known by the day: later events and facts are absent, later ends had not come yet."""
    known = World()
    then = _values_then(world, day)
    gone: set[tuple[str, str]] = set()
    for label, rows in world.nodes.items():
        for row in rows:
            if _begun(row["props"], day):
                props = row["props"] | then.get((label, row["id"]), {})
                known.nodes[label].append({**row, "props": _open(props, day)})
            else:
                gone.add((label, row["id"]))
    for ends, facts in world.facts.items():
        known.facts[ends] = [
            {**row, "props": _open(row["props"], day)} for row in facts if _known(row["props"], day)
        ]
    for (kind, start, end), parts in world.parts.items():
        kept = [row for row in parts if not {(start, row["start"]), (end, row["end"])} & gone]
        known.parts[kind, start, end] = kept
    return known


def _values_then(world: World, day: datetime) -> dict[tuple[str, str], dict[str, Any]]:
    """What the newest version of each record known by the day said."""
    stated = sorted(
        (row["props"] for row in world.nodes["SourceRecord"]), key=lambda props: props["known_from"]
    )
    return {
        (props["dataset"], props["source_key"]): orjson.loads(props["values"])
        for props in stated
        if datetime.fromisoformat(props["known_from"]) <= day
    }


BEGUN = (
    "at", "ordered_at", "opened_at", "as_of", "known_from", "issued_at", "quoted_at", "created_at",
)  # fmt: skip


def _begun(props: dict[str, Any], day: datetime) -> bool:
    begun = BEGUN if "issued_at" in props else (*BEGUN, "paid_at")  # an invoice is there before it is paid
    stamps = [props[name] for name in begun if props.get(name)]
    return all(datetime.fromisoformat(stamp) <= day for stamp in stamps)


def _known(props: dict[str, Any], day: datetime) -> bool:
    return datetime.fromisoformat(props.get("known_from") or props["valid_from"]) <= day


def _open(props: dict[str, Any], day: datetime) -> dict[str, Any]:
    later = {name for name in ENDS if props.get(name) and datetime.fromisoformat(props[name]) > day}
    dropped = later | ({"outcome"} if "closed_at" in later else set())
    return {name: value for name, value in props.items() if name not in dropped}


def answers(store: Store, viewer: str, now: datetime, as_of: datetime | None) -> Iterator[tuple[str, Any]]:
    """Everything that can be asked as of a day, of every customer, by what was asked."""
    asked: dict[str, Any] = {"now": now, "as_of": as_of, "viewer": viewer}
    for customer in CUSTOMERS:
        yield f"profile {customer}", _profile(store, customer_id=customer, **asked)
        for service in (network, group, journey, relationships):
            yield f"{service.__name__} {customer}", _answer(store, service, customer_id=customer, **asked)
        deal = _answer(store, chain, customer_id=customer, opportunity_id=f"{customer}-1", **asked)
        yield f"chain {customer}", deal
        invoices = run_sync(store, open_invoices, [customer], now, as_of)
        yield f"invoices {customer}", [asdict(one) for one in invoices]
        pages = run_sync(store, items_of_each, customer_ids=[customer], **asked)
        yield f"items {customer}", {one: asdict(page) for one, page in pages.items()}
        at = (as_of or now).isoformat()
        state = store.read("account.state", customer_id=customer, as_of=at, viewer=viewer)
        yield f"state {customer}", [_without_names(row) for row in state]
        meeting = Meeting(customer, tuple(CONTACTS), (as_of or now) - timedelta(days=400))
        yield f"brief {customer}", _answer(store, meeting_brief, meeting=meeting, **asked)
        for contact in CONTACTS[:3]:
            left = Supposed(customer, contact)
            yield f"without {contact} at {customer}", _answer(store, contact_leaves, supposed=left, **asked)
        tasks = run_sync(store, open_tasks, customer_id=customer, **asked)
        yield f"tasks {customer}", [asdict(one) for one in tasks]
    yield from _lists(store, asked, (as_of or now) - timedelta(days=60))
    yield "dimensions", _dimensions(store, now, as_of)
    found = run_sync(store, chains, customer_ids=CUSTOMERS, **asked)
    yield "chains", {customer: asdict(found[customer]) for customer in CUSTOMERS}
    for ours in ("e1", "e2"):
        asked_of = {"employee_id": ours, "contact_ids": CONTACTS, "first": 5, **asked}
        yield f"paths of {ours}", [asdict(one) for one in run_sync(store, warm_paths, **asked_of)]
        yield f"day of {ours}", _day(store, ours, now, as_of or now)
    wanted = To(CONTACTS[:2])
    ways = run_sync(store, introductions, wanted, first=10, **asked)
    yield "introductions", [asdict(one) for one in ways]
    for label, keys in RECORDS.items():
        for key in keys:
            yield f"{label} {key}", _answer(store, record, typed_id=f"{label}:{key}", **asked)
    for whose in (*(f"Customer:{one}" for one in CUSTOMERS), *(f"Contact:{one}" for one in CONTACTS)):
        whole = Wanted(first=100)
        yield f"timeline {whose}", _answer(store, timeline, typed_id=whose, wanted=whole, **asked)


def _lists(store: Store, asked: dict[str, Any], recent: datetime) -> Iterator[tuple[str, Any]]:
    """Every list, of everybody and of the accounts of an owner, by what narrows it on any day."""
    for of in (Portfolio(), Portfolio(employee_id="e1"), Portfolio(CUSTOMERS[0])):
        for where in (
            TicketFilter(), TicketFilter(open=True), TicketFilter(closed_from=recent),
            TicketFilter(opened_from=recent), OrderFilter(), OrderFilter(undelivered=True),
            OrderFilter(ordered_from=recent), ContactFilter(), ContactFilter(silent_days=30),
        ):  # fmt: skip
            listing = Listing(where, of)
            page = run_sync(store, record_page, listing, first=100, **asked)
            yield f"{where} of {of}", [_without_keys(row) for row in page.rows]
            yield f"number of {where} of {of}", run_sync(store, count_records, listing, **asked)
        for deals in (DealFilter(of), DealFilter(of, only_open=False), DealFilter(of, silent_days=30)):
            found = run_sync(store, deal_page, deals, first=100, **asked)
            yield f"{deals}", [asdict(deal) for deal in found.deals]
            yield f"number of {deals}", run_sync(store, count_deals, deals, **asked)
    for condition in (
        All(()),
        Comparison("owner", "is", ("e1",)),
        Comparison("churn_band", "known", (True,)),
    ):
        customers = CustomersListed(condition)
        ids = run_sync(store, customer_page, customers, first=100, **asked).customer_ids
        yield f"customers by {condition}", ids
        yield f"number of customers by {condition}", run_sync(store, count_customers, customers, **asked)


def _without_keys(row: dict[str, Any]) -> dict[str, Any]:
    """A line of a list without its place, which may be by names of today."""
    return {name: value for name, value in row.items() if name != "sorted_by"}


OF_THE_NEWEST = {"deal_stages", "satisfaction", "breached_365"}
"""Figures that rest on what deals and tickets say today: what was corrected since was wrong then, too."""


def _dimensions(store: Store, now: datetime, as_of: datetime | None) -> dict[str, Any]:
    """Every value of the customers' profiles with what it rests on, but for what others tell of it."""
    found: dict[str, Any] = {}
    with read_history(store) as history:
        for customer in CUSTOMERS:
            try:
                told = dimensions(store, history.connection, customer, now, as_of).dimensions
            except NotFound as error:
                found[customer] = str(error)
            else:
                values = [asdict(one) for part in told.values() for one in part]
                kept = [one for one in values if one["origin"]["kind"] != "inferred"]
                found[customer] = [one for one in kept if one["name"] not in OF_THE_NEWEST]
    return found


def _day(store: Store, employee_id: str, now: datetime, at: datetime) -> list[dict[str, Any]]:
    """The deals of a day and what is asked about them, its tasks, accounts at risk, and products due."""
    whole = Span(at.date(), "UTC", at, at + timedelta(days=1), at, now)
    asked = Asked(employee_id, whole, "en", CUSTOMERS)
    deals = run_sync(store, open_deals, asked)
    questions = run_sync(store, question_candidates, deals, asked)
    tasks = run_sync(store, task_candidates, asked)
    risks = run_sync(store, stored_risks, asked)
    today = {row["customer_id"]: row["name"] for row in store.read("day.names", customer_ids=CUSTOMERS)}
    names = run_sync(store, names_then, Customer, today, whole)
    offers = run_sync(store, offer_candidates, asked, names)
    return [*map(dict, deals), *map(dict, risks), *map(asdict, (*questions, *tasks, *offers))]


def _profile(store: Store, **asked: Any) -> dict[str, Any]:
    """But for what only a derive of that very day would have said: figures, and tags and segments by rule."""
    found = asdict(run_sync(store, profile, **asked))
    parts = {name: part for name, part in found["parts"].items() if name not in ("figures", "segments")}
    parts["tags"] = [tag for tag in parts["tags"] if not tag["tag_id"].startswith("core:")]
    return found | {"parts": parts}


def _without_names(value: Any) -> Any:
    """What changed since a day is told under the names of today."""
    if isinstance(value, dict):
        return {key: _without_names(item) for key, item in value.items() if key != "name"}
    return [_without_names(item) for item in value] if isinstance(value, list) else value


RECORDS = {
    "Customer": CUSTOMERS,
    "Contact": CONTACTS,
    "Order": [f"{customer}-o{number}" for customer in CUSTOMERS for number in range(3)],
    "Invoice": [f"{customer}-i{number}" for customer in CUSTOMERS for number in range(3)],
    "Payment": [f"{customer}-p{number}" for customer in CUSTOMERS for number in range(3)],
    "Ticket": [f"{customer}-t" for customer in CUSTOMERS],
    "Opportunity": [f"{customer}-{name}" for customer in CUSTOMERS for name in ("1", "won")],
    "Item": [f"{customer}-m" for customer in CUSTOMERS],
    "WORKS_AT": [JOB],
}


def _answer(store: Store, service: Callable[..., Any], **asked: Any) -> Any:
    try:
        return asdict(run_sync(store, service, **asked))
    except NotFound as error:
        return str(error)


def canonical(value: Any) -> Any:
    """Lists in one order, numbers to seven digits: a tie is read to the millisecond."""
    if isinstance(value, dict):
        return {key: canonical(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return sorted(map(canonical, value), key=repr)
    return round(value, 7) if isinstance(value, float) else value


@pytest.mark.slow
@pytest.mark.parametrize("seed", seeds(2))
def test_a_past_day_is_the_company_loaded_up_to_it(store: Store, seed: int) -> None:
    day, viewer = ago(Random(seed).uniform(2, 200)), ("e1", "e3", "e4", "")[seed % 4]
    whole = company(seed)
    whole.load(store)
    derive(store, NOW, given=FITTED)
    then = {asked: canonical(answer) for asked, answer in answers(store, viewer, NOW, day)}
    wipe(store)
    up_to(whole, day).load(store)
    derive(store, day, given=FITTED)
    loaded = {asked: canonical(answer) for asked, answer in answers(store, viewer, day, day)}
    assert then.keys() == loaded.keys()
    assert {asked: (then[asked], answer) for asked, answer in loaded.items() if then[asked] != answer} == {}


@pytest.mark.parametrize("seed", seeds(1))
def test_what_was_derived_then_is_told_as_of_then(store: Store, seed: int) -> None:
    """Alerts, tags and segments by rule; the company went on since, and a later derive found other ones."""
    day, viewer = ago(Random(seed).uniform(2, 90)), "e1"
    whole = company(seed)
    up_to(whole, day).load(store)
    derive(store, day, given=FITTED)
    told = derived_answers(store, viewer, day, None)
    whole.load(store)
    derive(store, NOW, given=FITTED)
    then = derived_answers(store, viewer, NOW, day)
    assert any(told[f"labels {customer}"][0] for customer in CUSTOMERS)
    assert {asked for asked in told if asked.startswith("alert")}
    assert {asked: (then[asked], answer) for asked, answer in told.items() if then[asked] != answer} == {}


def derived_answers(store: Store, viewer: str, now: datetime, as_of: datetime | None) -> dict[str, Any]:
    """What a derive of the day found, by what was asked; alerts in both languages."""
    found: dict[str, Any] = {}
    for language in LANGUAGES:
        page = run_sync(store, alerts, Selection(), Asking(now, as_of, viewer, language), first=200)
        found |= {f"alert {one.alert_id} {language}": asdict(one) for one in page.alerts}
    for customer in CUSTOMERS:
        parts = run_sync(store, profile, customer_id=customer, now=now, as_of=as_of, viewer=viewer).parts
        labels = [[asdict(one) for one in parts[part]] for part in ("tags", "segments")]
        found[f"labels {customer}"] = canonical(labels)
    return found


@pytest.mark.parametrize(
    "ask",
    [
        lambda store, asked: run_sync(
            store, record_page, Listing(TicketFilter(statuses=("open",))), first=5, **asked
        ),
        lambda store, asked: run_sync(
            store, record_page, Listing(TicketFilter(), sorts=(Sort("priority"),)), first=5, **asked
        ),
        lambda store, asked: run_sync(
            store, count_records, Listing(OrderFilter(), Portfolio(team="north")), **asked
        ),
        lambda store, asked: run_sync(store, deal_page, DealFilter(stages=("won",)), first=5, **asked),
        lambda store, asked: run_sync(
            store, customer_page, CustomersListed(Comparison("region", "is", ("EU",))), first=5, **asked
        ),
        lambda store, asked: run_sync(
            store, customer_page, CustomersListed(order=(CustomerSort("orders"),)), first=5, **asked
        ),
    ],
    ids=["a status", "an order", "a team", "a stage", "a region", "an order of customers"],
)
def test_a_list_of_a_past_day_is_not_by_what_only_today_has(
    store: Store, ask: Callable[[Store, dict[str, Any]], Any]
) -> None:
    world = World()
    world.customer("acme")
    world.load(store)
    today: dict[str, Any] = {"now": NOW, "viewer": "eva", "as_of": NOW}
    ask(store, today)
    with pytest.raises(OnlyToday, match="neither narrowed nor sorted by"):
        ask(store, today | {"as_of": ago(30)})


@pytest.mark.query("customer_part.staff", "reporting_line.employers", "reporting_line.jobs")
def test_coverage_and_lines_of_a_past_day(store: Store) -> None:
    """Bob, whom Eva then knew, has left since; that day he reported to Ann, as titles and copies say."""
    world = World()
    world.customer("acme")
    world.contact("ann", "acme", "Purchasing Director")
    world.contact("bob", "acme", "Buyer", valid_to=ago(20))
    world.employee("eva")
    world.role("bob", ("Customer", "acme"), "user_buyer", valid_from=ago(300))
    for number, days in enumerate((60, 59, 58)):
        people: list[tuple[str, str, str | None]] = [("Employee", "eva", "from"), ("Contact", "bob", "to")]
        people.append(("Contact", "ann", "cc"))
        world.met(f"m{number}", ago(days), people)
    world.load(store)
    derive(store, NOW, given=FITTED)
    health = run_sync(store, profile, customer_id="acme", now=NOW, as_of=ago(50)).parts["health"]
    assert [part.text for part in health.parts] == ["strongest tie: Eva and Bob"]
    found = run_sync(store, chain, customer_id="acme", now=NOW, as_of=ago(50))
    (line,) = found.links
    assert (line.from_id, line.to_id, line.basis) == ("bob", "ann", "inferred")
    assert line.evidence[2:] == ("Interaction:m2", "Interaction:m1", "Interaction:m0")
    (earlier,) = run_sync(store, chain, customer_id="acme", now=NOW, as_of=ago(58.5)).links
    assert (earlier.evidence_count, line.evidence_count) == (4, 5)
    assert earlier.confidence < line.confidence
    assert run_sync(store, chain, customer_id="acme", now=NOW).links == ()


@pytest.mark.query("tie.employees", "path.jobs", "introduction.staff")
def test_who_led_to_whom_on_a_past_day(store: Store) -> None:
    """Bob, who has left since, then led to Ann; Emil still worked with Eva; teams and names were others."""
    world = World()
    world.customer("acme", name="Acme")
    world.contact("ann", "acme", "CEO")
    world.contact("bob", "acme", "Buyer", valid_to=ago(20))
    world.employee("eva", team="north")
    world.employee("emil", team="south", active=False)
    for key, active, team in (("emil", False, "south"), ("eva", True, "north")):
        world.version("Employee", key, ago(300), ago(40), active=True, team="south")
        world.version("Employee", key, ago(40), None, active=active, team=team)
    world.version("Customer", "acme", ago(300), ago(40), name="Acme & Sons")
    world.version("Customer", "acme", ago(40), None, name="Acme")
    for number, days in enumerate((60, 59, 58)):
        world.met(f"m{number}", ago(days), [("Employee", "eva", "from"), ("Contact", "bob", "to")])
        world.met(f"n{number}", ago(days), [("Contact", "bob", "from"), ("Contact", "ann", "to")])
    world.met("late", ago(10), [("Employee", "eva", "from"), ("Contact", "ann", "to")])
    world.load(store)
    derive(store, NOW, given=FITTED)
    asked: dict[str, Any] = {"employee_id": "eva", "contact_ids": ["ann"], "now": NOW, "viewer": "eva"}
    (today,) = run_sync(store, warm_paths, **asked)
    assert [step.to_person.name for step in today.steps] == ["Ann"]
    (then,) = run_sync(store, warm_paths, as_of=ago(50), **asked)
    assert [step.to_person.name for step in then.steps] == ["Bob", "Ann"]
    assert then.steps[0].to_person.company == "Acme & Sons"
    assert then.steps[1].evidence == ("Interaction:n2", "Interaction:n1", "Interaction:n0")
    assert run_sync(store, warm_paths, as_of=ago(100), **asked) == ()
    south = To(["ann"], of_team="south")
    (way, *_) = run_sync(store, introductions, south, now=NOW, as_of=ago(50))
    assert [step.to_person.name for step in way.steps] == ["Bob", "Ann"]
    assert run_sync(store, introductions, south, now=NOW) == ()
    emil = To(["ann"], employee_id="emil")
    (way, *_) = run_sync(store, introductions, emil, now=NOW, as_of=ago(50))
    assert [step.kind for step in way.steps] == ["team", "knows", "knows"]


def test_products_of_a_past_day_are_called_as_then(store: Store) -> None:
    """What was recommended, what was dismissed, and what is no longer sold; a price that rose since."""
    world = World()
    world.customer("acme")
    for rank, (key, ended) in enumerate((("pump", {}), ("belt", {"ended_at": ago(60)}), ("seal", {})), 1):
        world.node("Product", key, name=f"New {key}", list_price=9.0, **ended)
        world.version("Product", key, ago(300), ago(40), name=f"Old {key}", list_price=5.0)
        world.version("Product", key, ago(40), None, name=f"New {key}", list_price=9.0)
        if key == "seal":
            ends = ("Customer", "acme"), ("Product", key)
            world.fact("OFFERED", *ends, outcome="dismissed", dismissal="not_now", valid_from=ago(70))
        else:
            world.node("Recommendation", key, rank=rank, score=1.0, probability=0.5, scored_at=ago(80),
                       as_of=ago(80), model_id="m", reasons="[]")  # fmt: skip
            world.part("FOR", ("Recommendation", key), ("Customer", "acme"))
            world.part("ABOUT", ("Recommendation", key), ("Product", key))
    world.load(store)

    def told(as_of: datetime | None) -> tuple[list[tuple[str, float | None]], set[str | None]]:
        parts = run_sync(store, profile, customer_id="acme", now=NOW, as_of=as_of).parts
        offered = [(one.product_name, one.list_price) for one in parts["suggestions"]]
        return offered, {one.product_name for one in parts["suppressions"]}

    assert told(None) == ([("New pump", 9.0)], {"New belt", "New seal"})
    assert told(ago(50)) == ([("Old pump", 5.0)], {"Old belt", "Old seal"})


@pytest.mark.query("path.unwilling")
def test_who_refused_contact_then_or_refuses_it_today_is_no_way_of_a_past_day(store: Store) -> None:
    world = World()
    world.customer("acme")
    world.employee("eva")
    world.node("Purpose", "contact")
    for number, key in enumerate(("willing", "once", "now", "withdrew")):
        world.contact(key, "acme")
        for day in (60, 59, 58):
            people: list[tuple[str, str, str | None]] = [("Employee", "eva", "from"), ("Contact", key, "to")]
            world.met(f"{key}{day}", ago(day + number / 9), people)
    for key, then, since in (("once", "yes", False), ("now", False, True)):
        world.restate("Contact", key, x_do_not_contact=since)
        world.version("Contact", key, ago(300), ago(20), x_do_not_contact=then)
        world.version("Contact", key, ago(20), None, x_do_not_contact=since)
    given = {"valid_from": ago(200), "withdrawn_at": ago(20)}
    world.fact("CONSENTS", ("Contact", "withdrew"), ("Purpose", "contact"), **given)
    world.load(store)
    derive(store, NOW, given=FITTED)

    def reached(as_of: datetime | None) -> set[str]:
        contacts = ["willing", "once", "now", "withdrew"]
        asked: dict[str, Any] = {"employee_id": "eva", "contact_ids": contacts, "viewer": "eva", "first": 9}
        ways = run_sync(store, warm_paths, now=NOW, as_of=as_of, **asked)
        return {way.steps[-1].to_person.person_id for way in ways}

    assert reached(None) == {"willing", "once"}
    assert reached(ago(50)) == {"willing"}


def test_whom_the_sources_had_deleted_by_then_opens_no_way(store: Store) -> None:
    world = World()
    world.customer("acme")
    world.contact("bob", "acme")
    world.employee("eva", team="north")
    world.employee("gone", team="north", ended_at=ago(40))
    for day in (60, 59, 58):
        world.met(f"m{day}", ago(day), [("Employee", "eva", "from"), ("Contact", "bob", "to")])
    world.load(store)
    derive(store, NOW, given=FITTED)

    def teams(as_of: datetime | None) -> list[str]:
        ways = run_sync(store, introductions, To(["bob"], of_team="north"), now=NOW, as_of=as_of)
        return [way.steps[0].from_person.person_id for way in ways]

    assert teams(ago(50)) == ["eva"], "a way begins at the last of us"
    assert set(run_sync(store, staff_as_of, ago(50))) == {"eva", "gone"}
    assert set(run_sync(store, staff_as_of, ago(30))) == {"eva"}
    for as_of, ways in ((ago(50), 1), (ago(30), 0), (None, 0)):
        found = run_sync(store, introductions, To(["bob"], employee_id="gone"), now=NOW, as_of=as_of)
        assert len(found) == ways, as_of
    sources = store.read("introduction.sources", of_team="", as_of=NOW.isoformat())
    assert [row["employee_id"] for row in sources] == ["eva"]


@pytest.mark.query("derive.parameters")
def test_an_answer_uses_the_parameters_that_stood_then_else_the_first(store: Store) -> None:
    World().load(store)
    assert run_sync(store, parameters_as_of, NOW) == WITHOUT_DATA
    derive(store, ago(100), given=FITTED)
    later = Parameters(Calibration(30.0, 2.5, 0.9), Weights())
    derive(store, NOW, given=later)
    days = {days: run_sync(store, parameters_as_of, ago(days)) for days in (200, 100, 50, 0)}
    assert days == {200: FITTED, 100: FITTED, 50: FITTED, 0: later}
