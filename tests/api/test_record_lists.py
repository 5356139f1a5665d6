"""Lists of tickets, orders and contacts through the API, against what plain Python says of the same rows."""

from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import Any

import httpx
import pytest

from graph.clock import Clock, keep_clock
from graph.store import AsyncStore, Store
from graphql_api import ApiConfig, Limits, create_app
from graphql_api.security import TokenBook, TokenRole
from tests.api.client import Client
from tests.api.company import ACME, ANN, BOB, company
from tests.graph.world import NOW, World, ago

ALL = {
    "tickets": """query ($w: TicketFilter, $n: Int! = 50, $after: String, $by: [TicketSort!]) {
      tickets(where: $w, first: $n, after: $after, orderBy: $by) { totalCount totalCountExact
        pageInfo { hasNextPage endCursor } nodes { id raisedBy owner { name } customerName } } }""",
    "orders": """query ($w: OrderFilter, $n: Int! = 50, $after: String, $by: [OrderSort!]) {
      orders(where: $w, first: $n, after: $after, orderBy: $by) { totalCount totalCountExact
        pageInfo { hasNextPage endCursor } nodes { id lines customerName } } }""",
    "contacts": """query ($w: ContactFilter, $n: Int! = 50, $after: String, $by: [ContactSort!]) {
      contacts(where: $w, first: $n, after: $after, orderBy: $by) { totalCount totalCountExact
        pageInfo { hasNextPage endCursor }
        nodes { id contact { name title } lastContactAt customerId customerName } } }""",
}
ZENITH = "crm:ACC-3"


class Office:
    """The small company with many records more, and the rows that they were made of."""

    def __init__(self, seed: int = 7) -> None:
        random = Random(seed)
        self.world = company()
        self.tickets: dict[str, dict[str, Any]] = {"desk:T1": {"customer": ACME, "opened_at": ago(20)}}
        self.orders: dict[str, dict[str, Any]] = {
            f"erp:O{n}": {"customer": ACME, "ordered_at": ago(days), "amount": 100.0, "currency": "CNY"}
            for n, days in enumerate((400, 200, 30))
        }
        for number in range(40):
            self._ticket(random, f"t{number:02}")
            self._order(random, f"o{number:02}")

    def _ticket(self, random: Random, key: str) -> None:
        opened = ago(random.choice((1, 3, 30, 700)) + random.random() / 8)
        row = {
            "opened_at": opened, "kind": random.choice(("fault", "complaint")),
            "priority": random.choice(("high", "low", None)), "status": random.choice(("open", "waiting")),
            "closed_at": random.choice((None, ago(0.5))), "sla_breached": random.choice((True, False, None)),
        }  # fmt: skip
        self.world.node("Ticket", key, **row)
        self.tickets[key] = row | {"customer": self._placed(random, "FOR", ("Ticket", key))}

    def _order(self, random: Random, key: str) -> None:
        row = {
            "ordered_at": ago(random.choice((2, 40, 800)) + random.random()), "kind": "sale",
            "amount": random.choice((10.0, 20.0, 30.0)), "currency": random.choice(("EUR", "CNY")),
            "promised_at": random.choice((None, ago(1))), "delivered_at": None,
        }  # fmt: skip
        self.world.node("Order", key, **row)
        customer = random.choice((ACME, ZENITH))
        self.world.part("PLACED", ("Customer", customer), ("Order", key))
        self.orders[key] = row | {"customer": customer}

    def _placed(self, random: Random, kind: str, record: tuple[str, str]) -> str:
        customer = random.choice((ACME, ZENITH))
        self.world.part(kind, record, ("Customer", customer))
        return customer


OFFICE = Office()


@pytest.fixture
async def http(store: Store, astore: AsyncStore, tmp_path: Path) -> AsyncIterator[httpx.AsyncClient]:
    """The application over the company with many records."""
    OFFICE.world.load(store)
    keep_clock(store, Clock(NOW, "stamp", "the newest stamp"), NOW)

    async def connect() -> AsyncStore:
        return astore

    app = create_app(ApiConfig(store.config, tmp_path / "tokens.json", Limits(deadline_s=120)), connect)
    async with app.router.lifespan_context(app):
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url="http://api") as http:
            yield http


@pytest.fixture
def ann(http: httpx.AsyncClient, tmp_path: Path) -> Client:
    """Ann, who sees all rows."""
    return _ann(http, tmp_path, "editor")


def _ann(http: httpx.AsyncClient, folder: Path, role: TokenRole) -> Client:
    book = TokenBook(folder / "tokens.json")
    issued = book.create(employee_id=ANN, role=role, days=1, now=datetime.now(UTC))
    return Client(http, issued.token)


async def listed(client: Client, name: str, **asked: Any) -> dict[str, Any]:
    found: dict[str, Any] = (await client.data(ALL[name], **asked))[name]
    return found


async def paged(client: Client, name: str, size: int, **asked: Any) -> list[str]:
    """Ids of all pages, one after another."""
    found: list[str] = []
    after: str | None = None
    while True:
        page = await listed(client, name, n=size, after=after, **asked)
        found += ids(page)
        if not page["pageInfo"]["hasNextPage"]:
            return found
        after = page["pageInfo"]["endCursor"]


def ids(page: dict[str, Any]) -> list[str]:
    return [node["id"].partition(":")[2] for node in page["nodes"]]


def wanted(
    rows: dict[str, dict[str, Any]], key: Callable[[dict[str, Any]], Any],
    holds: Callable[[dict[str, Any]], bool] = lambda _: True,
) -> list[str]:  # fmt: skip
    """Ids that answer, by the key and then by id."""
    return sorted((one for one in rows if holds(rows[one])), key=lambda one: (key(rows[one]), one))


def newest(field: str) -> Callable[[dict[str, Any]], Any]:
    return lambda row: -(row[field] - datetime(1970, 1, 1, tzinfo=UTC)).total_seconds()


@pytest.mark.query(
    "record_list.of", "record_list.all", "record_list.count", "record_list.ticket_line", "account.matching"
)
async def test_tickets(ann: Client) -> None:
    rows = OFFICE.tickets
    by_day = newest("opened_at")
    assert await paged(ann, "tickets", 7) == wanted(rows, by_day)
    assert await paged(ann, "tickets", 7, w={"account": ZENITH}) == wanted(
        rows, by_day, lambda row: row["customer"] == ZENITH
    )
    cases: list[tuple[dict[str, Any], Callable[[dict[str, Any]], bool]]] = [
        ({"open": True}, lambda row: row.get("closed_at") is None),
        ({"open": False, "owner": ANN}, lambda row: bool(row.get("closed_at")) and row["customer"] == ACME),
        ({"kinds": ["fault"], "priorities": ["high"]}, lambda row: (
            row.get("kind") == "fault" and row.get("priority") == "high")),
        ({"breached": False, "account": ZENITH}, lambda row: (
            not row.get("sla_breached") and row["customer"] == ZENITH)),
        ({"openedFrom": ago(10).isoformat(), "openedUntil": ago(2).isoformat()}, lambda row: (
            ago(10) <= row["opened_at"] < ago(2))),
        ({"closedFrom": ago(1).isoformat(), "statuses": ["waiting"]}, lambda row: (
            row.get("closed_at") is not None and row["status"] == "waiting")),
        ({"tag": "value:high"}, lambda row: row["customer"] == ACME),
        ({"matching": {"field": "INDUSTRY", "is": ["machinery"]}, "team": "East"}, lambda row: (
            row["customer"] == ACME)),
        ({"segment": "nobody"}, lambda _: False),
    ]  # fmt: skip
    for where, holds in cases:
        page = await listed(ann, "tickets", w=where)
        answer = wanted(rows, by_day, holds)
        assert (ids(page), page["totalCount"], page["totalCountExact"]) == (answer, len(answer), True), where
    by_status = [{"by": "STATUS"}, {"by": "OPENED"}]
    assert await paged(ann, "tickets", 9, w={"openedFrom": ago(5).isoformat()}, by=by_status) == wanted(
        rows, lambda row: (row.get("status", ""), row["opened_at"]), lambda row: row["opened_at"] >= ago(5)
    )


@pytest.mark.query("record_list.all", "record_list.window", "record_list.order_line")
async def test_orders(ann: Client) -> None:
    rows = OFFICE.orders
    assert await paged(ann, "orders", 7) == wanted(rows, newest("ordered_at"))
    oldest = await paged(ann, "orders", 4, by=[{"by": "ORDERED"}])
    assert oldest == wanted(rows, lambda row: row["ordered_at"])
    dear = {"currency": "EUR", "amountFrom": 15, "amountUntil": 25}
    assert await paged(ann, "orders", 3, w=dear, by=[{"by": "AMOUNT", "descending": True}]) == wanted(
        rows, lambda row: -row["amount"], lambda row: row["currency"] == "EUR" and row["amount"] == 20.0
    )
    page = await listed(ann, "orders", w={"product": "erp:P1"})
    assert [(node["lines"], node["customerName"]) for node in page["nodes"]] == [
        (1, "上海宏达机电有限公司")
    ] * 3
    late = await listed(ann, "orders", w={"undelivered": True})
    assert late["totalCount"] == sum(row.get("promised_at") is not None for row in rows.values())


@pytest.mark.query("record_list.contact_line", "record_list.window")
async def test_contacts(ann: Client, store: Store) -> None:
    world = World()
    world.contact("ada", ZENITH, title="Chief Buyer", seniority="director")
    world.fact("WORKS_AT", ("Contact", "ada"), ("Customer", ACME), valid_from=ago(10), title="Advisor")
    world.contact("gone", ZENITH, valid_to=ago(3))
    world.contact("hidden", ACME, visibility="owner", owner_id=BOB)
    world.contact("unnamed", ACME)
    world.restate("Contact", "unnamed", name=None)
    world.fact("TAGGED", ("Contact", "ada"), ("Tag", "value:high"))
    world.load(store)
    by_name = ["ada", "crm:CON-1", "crm:CON-2", "crm:CON-3", "crm:CON-4"]
    everyone = await listed(ann, "contacts")
    assert (ids(everyone), everyone["totalCount"]) == ([*by_name, "unnamed"], 6)
    assert await paged(ann, "contacts", 2) == ids(everyone)
    assert everyone["nodes"][0] == {
        "id": "Contact:ada", "contact": {"name": "Ada", "title": "Advisor"}, "lastContactAt": None,
        "customerId": ACME, "customerName": "上海宏达机电有限公司",
    }  # fmt: skip
    (ada, _) = (await listed(ann, "contacts", w={"account": ZENITH}))["nodes"]
    assert (ada["contact"]["title"], ada["customerName"]) == ("Chief Buyer", "Zenith Pumps")
    for where, found in (
        ({"text": "BUY"}, ["ada"]), ({"seniorities": ["director"]}, ["ada"]),
        ({"contactTag": "high value"}, ["ada"]), ({"text": "engineer", "silentDays": 1}, []),
        ({"text": "engineer"}, ["crm:CON-2"]), ({"departments": ["IT"]}, []),
    ):  # fmt: skip
        page = await listed(ann, "contacts", w=where)
        assert (ids(page), page["totalCount"]) == (found, len(found)), where
    longest = await paged(ann, "contacts", 2, by=[{"by": "SILENCE"}])
    assert longest == [*(one for one in ids(everyone) if one != "crm:CON-2"), "crm:CON-2"]
    deleted = World()
    deleted.met("deleted", ago(0.1), [("Contact", "ada", "from")], ended_at=ago(0.05))
    deleted.load(store)
    assert await paged(ann, "contacts", 2, by=[{"by": "SILENCE"}]) == longest


async def test_what_is_asked_wrongly(ann: Client) -> None:
    assert await ann.codes(ALL["orders"], w={"amountFrom": 1}) == ["BAD_INPUT"]
    assert await ann.codes(ALL["contacts"], w={"silentDays": 0}) == ["BAD_INPUT"]
    assert await ann.codes(ALL["tickets"], by=[{"by": "STATUS"}, {"by": "STATUS"}]) == ["BAD_INPUT"]
    assert await ann.codes(ALL["tickets"], w={"owner": "nobody"}) == ["NOT_FOUND"]
    cursor = (await listed(ann, "tickets", n=1))["pageInfo"]["endCursor"]
    assert await ann.codes(ALL["orders"], after=cursor) == ["BAD_INPUT"]
    assert await ann.codes(ALL["tickets"], after=cursor, by=[{"by": "CLOSED"}]) == ["BAD_INPUT"]


@pytest.mark.query("directory.tags", "directory.segments", "directory.models")
async def test_what_there_is_to_choose_from(ann: Client, store: Store) -> None:
    world = World()
    world.node("Segment", "seg:1", name="core", method="rule", rule_version=2)
    world.fact("IN_SEGMENT", ("Customer", ACME), ("Segment", "seg:1"))
    world.fact("IN_SEGMENT", ("Customer", ZENITH), ("Segment", "seg:1"), valid_to=ago(1))
    world.fact("TAGGED", ("Customer", ZENITH), ("Tag", "value:high"), visibility="owner", owner_id=BOB)
    world.contact("tagged", ACME)
    world.fact("TAGGED", ("Contact", "tagged"), ("Tag", "value:high"))
    for key, day, serves in (("m1", 3, True), ("m2", 1, False)):
        world.node(
            "Model", key, task="churn", name="trees", cutoff=ago(90), horizon_days=90, trained_at=ago(day),
            snapshot_hash="h", code_version="v", seed=1, metrics='{"auc": 0.8}', promoted=serves,
        )  # fmt: skip
    world.load(store)
    asked = """{ tags { id dimension customers } none: tags(dimension: "size") { id }
      segments { id ruleVersion customers } models(task: "churn") { id promoted metrics } }"""
    assert await ann.data(asked) == {
        "tags": [{"id": "Tag:value:high", "dimension": "value", "customers": 1}],
        "none": [],
        "segments": [{"id": "Segment:seg:1", "ruleVersion": 2, "customers": 1}],
        "models": [
            {"id": "Model:m1", "promoted": True, "metrics": {"auc": 0.8}},
            {"id": "Model:m2", "promoted": False, "metrics": {"auc": 0.8}},
        ],
    }
    assert await ann.codes("{ tags(first: 0) { id } }") == ["BAD_INPUT"]


@pytest.mark.query("account.own", "record_list.count", "account.matching")
async def test_of_whoever_sees_only_their_own_accounts_no_other_is_gone_through(
    ann: Client, http: httpx.AsyncClient, astore: AsyncStore, tmp_path: Path
) -> None:
    manager = _ann(http, tmp_path, "account_manager")
    before = astore.metrics.snapshot()
    for name, rows, by in (
        ("tickets", OFFICE.tickets, newest("opened_at")), ("orders", OFFICE.orders, newest("ordered_at"))
    ):  # fmt: skip
        own = wanted(rows, by, lambda row: row["customer"] == ACME)
        assert 0 < len(own) < len(rows)
        assert await paged(manager, name, 7) == own
        assert (await listed(manager, name, n=1))["totalCount"] == len(own)
        made_of_metal = {"matching": {"field": "INDUSTRY", "is": ["machinery"]}}
        assert await paged(manager, name, 7, w=made_of_metal) == own
    people = await listed(manager, "contacts")
    assert {one["customerId"] for one in people["nodes"]} == {ACME}
    everybodys = await listed(ann, "contacts", w={"account": ACME})
    assert ids(people) == ids(everybodys)
    ran = astore.metrics.snapshot()
    assert "record_list.window" not in {name for name in ran if ran[name] != before.get(name)}
