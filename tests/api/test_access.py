"""Roles and rows: nobody is told of what their role or their rows keep back.

One small company in which every record bears the name of its customer, so that a brute-force search of an
answer finds what must not be in it. It is drawn whose accounts are whose, who reports to whom, which region.
"""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from pathlib import Path
from random import Random
from typing import Any

import httpx
import orjson
import pytest

from cypher import Query
from graph.clock import Clock, keep_clock
from graph.derive import derive
from graph.search import read_index
from graph.store import AsyncStore, Store
from graphql_api import ApiConfig, Limits, create_app
from graphql_api.access.rules import rules
from graphql_api.config import wall_clock
from graphql_api.security import RowsUnknown, TokenBook, TokenRole
from tests.api.client import Client
from tests.graph.world import NOW, World, ago
from tests.histories import seeds

pytestmark = pytest.mark.slow

COMPANIES = ("kappa", "lambd", "sigma", "omega")
EMPLOYEES = ("e1", "e2", "e3", "e4", "e5")
REGIONS = ("north", "south")
LONG = "2000-01-01T00:00:00Z"
LIMITS = Limits(
    deadline_s=600,
    max_cost=10**8,
    max_tokens=10**5,
    max_values=10**8,
    max_overlaps=10**6,
    max_answer_bytes=10**8,
)
"""Nothing is refused for being long."""


@dataclass(frozen=True)
class Truth:
    """The company as it was drawn, and who may see which customers."""

    world: World
    owners: dict[str, set[str]]
    regions: dict[str, str]
    teams: dict[str, str | None]
    lines: dict[str, str]
    """Who reports to whom."""
    guests: dict[str, str]
    """The fact by which the guest, an employee of the first company, has a role at a deal, by its company."""

    def rows(self, role: str, employee: str | None, regions: tuple[str, ...]) -> set[str]:
        """The rule, written a second time: the customers that a token may see."""
        if role == "account_manager":
            return {one for one, owners in self.owners.items() if employee in owners}
        if role == "team_lead":
            team = {one for one in EMPLOYEES if one == employee or self._same_team(one, employee)}
            for _ in EMPLOYEES:
                team |= {below for below, above in self.lines.items() if above in team}
            return {one for one, owners in self.owners.items() if owners & team}
        return {one for one, region in self.regions.items() if not regions or region in regions}

    def _same_team(self, one: str, other: str | None) -> bool:
        return self.teams[one] is not None and self.teams[one] == self.teams.get(other or "")


def drawn(draw: Random) -> Truth:
    """A company in which each customer has one of everything, named after it; ties lead everywhere."""
    world = World()
    teams = {one: draw.choice(("t1", "t2", None)) for one in EMPLOYEES}
    lines = {one: draw.choice(EMPLOYEES[:2]) for one in draw.sample(EMPLOYEES[2:], 2)}
    for employee in EMPLOYEES:
        world.employee(employee, team=teams[employee], active=True)
    world.employee("gone", active=False)
    for below, above in lines.items():
        world.fact("REPORTS_TO", ("Employee", below), ("Employee", above))
    world.node("Product", "pump", name="Pump")
    regions = {one: draw.choice(REGIONS) for one in COMPANIES}
    owners: dict[str, set[str]] = {}
    for one in COMPANIES:
        owners[one] = set(draw.sample(EMPLOYEES, draw.choice((0, 1, 1, 2))))
        _company(world, one, regions[one])
        for employee in owners[one]:
            target = draw.choice((("Customer", one), ("Opportunity", f"{one}-deal")))
            world.fact("OWNS", ("Employee", employee), target)
        former = draw.choice(EMPLOYEES)
        world.fact("OWNS", ("Employee", former), ("Customer", one), source_key="old", valid_to=ago(9))
    for one, other in pairwise(COMPANIES):
        world.fact("PARENT_OF", ("Customer", one), ("Customer", other))
        world.fact("MAY_BE_SAME_AS", ("Customer", one), ("Customer", other), weights="[]", confidence=0.6)
        _between(world, one, other)
    return Truth(world, owners, regions, teams, lines, _guests(world))


def _between(world: World, one: str, other: str) -> None:
    """The boss of one was at a talk for the other, and raised a ticket of theirs."""
    world.met(f"{other}-visit", ago(2), [("Contact", f"{one}-boss", "to")], note="x")
    world.part("FOR", ("Interaction", f"{other}-visit"), ("Customer", other))
    world.part("RAISED_BY", ("Ticket", f"{other}-ticket"), ("Contact", f"{one}-boss"))


def _guests(world: World) -> dict[str, str]:
    """Somebody of the first company has a role at the deals of all."""
    world.contact("guest", COMPANIES[0], "Advisor")
    return {one: world.role("guest", ("Opportunity", f"{one}-deal"), "user_buyer") for one in COMPANIES}


def _company(world: World, one: str, region: str) -> None:
    world.customer(one, region=region, name=f"{one} ltd", revenue=5.0)
    world.contact(f"{one}-boss", one, "CEO")
    world.restate("Contact", f"{one}-boss", phone="+49 30 1234567")
    world.opportunity(f"{one}-deal", one, amount=7.0, expected_at=ago(-9))
    world.role(f"{one}-boss", ("Opportunity", f"{one}-deal"), "decision_maker")
    world.order(f"{one}-order", one, ago(30), [("pump", 1.0, 5.0)])
    world.node("Ticket", f"{one}-ticket", subject=f"{one}-ticket", opened_at=ago(3))
    world.node("Invoice", f"{one}-invoice", issued_at=ago(90), due_at=ago(60), amount=9.0, open_amount=9.0)
    world.node("Task", f"{one}-task", subject=f"{one}-task", due_at=ago(-1))
    world.met(f"{one}-talk", ago(5), [("Employee", "e5", "from"), ("Contact", f"{one}-boss", "to")], note="x")
    for label in ("Ticket", "Invoice", "Task"):
        world.part("FOR", (label, f"{one}-{label.lower()}"), ("Customer", one))
    world.tie(("Employee", "e5"), ("Contact", f"{one}-boss"), 0.8)
    _learned(world, one, COMPANIES[(COMPANIES.index(one) + 1) % len(COMPANIES)])


def _learned(world: World, one: str, other: str) -> None:
    """What models say of one: a reason that names nobody else, and one that names the other."""
    evidence = [f"Ticket:{one}-ticket"], [f"Customer:{other}"]
    world.risk(f"{one}-risk", one, 0.9, reasons=_reasons("evidence", *evidence, f"{other} ltd is silent"))
    ends = {"kind": "Customer", "id": one, "label": one}, {"kind": "Product", "id": "pump", "label": "Pump"}
    between = {"kind": "Customer", "id": other, "label": f"{other} ltd"}
    paths = list(ends), [ends[0], between, ends[1]]
    told = {"rank": 1, "score": 0.5, "probability": 0.5, "scored_at": NOW, "as_of": NOW, "model_id": "m"}
    reasons = _reasons("path", *paths, f"{other} ltd bought it")
    world.node("Recommendation", f"{one}-offer", **told, reasons=reasons)
    world.part("FOR", ("Recommendation", f"{one}-offer"), ("Customer", one))
    world.part("ABOUT", ("Recommendation", f"{one}-offer"), ("Product", "pump"))


def _reasons(name: str, own: list[Any], others: list[Any], text: str) -> str:
    two = [
        {"text": "its own", "contribution": 0.4, name: own},
        {"text": text, "contribution": 0.2, name: others},
    ]
    return orjson.dumps(two).decode()


@asynccontextmanager
async def served(store: Store, astore: AsyncStore, folder: Path) -> AsyncIterator[httpx.AsyncClient]:
    """The API on a graph that is loaded and derived."""
    keep_clock(store, Clock(NOW, "stamp", "the newest stamp"), NOW)
    derive(store, NOW)

    async def connect() -> AsyncStore:
        return astore

    config = ApiConfig(store.config, folder / "tokens.json", LIMITS)
    app = create_app(config, connect, finder=read_index(store))
    transport = httpx.ASGITransport(app)
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(transport=transport, base_url="http://a") as http,
    ):
        yield http


def signed(
    http: httpx.AsyncClient,
    folder: Path,
    role: TokenRole,
    employee: str | None,
    regions: tuple[str, ...] = (),
) -> Client:
    """A caller of this role."""
    book = TokenBook(folder / "tokens.json")
    issued = book.create(employee_id=employee, role=role, days=1, now=wall_clock(), regions=regions)
    return Client(http, issued.token)


LISTS = """{ customers(first: 50) { totalCount nodes { customerId } }
  sorted: customers(first: 50, orderBy: [{ by: NAME }]) { totalCount nodes { customerId } }
  opportunities(first: 50) { totalCount nodes { opportunityId customerId } }
  alerts(first: 200) { totalCount nodes { alertId customerId message } }
  search(text: "deal", first: 50) { ambiguous hits { nodeId } }
  review(kind: CUSTOMER) { oneId otherId }
  tasks(first: 50) { id } mine: tasks(employee: "e1") { id } introductionRequests { contactId }
  tickets(first: 50) { totalCount nodes { ticketId customerId raisedBy } }
  orders(first: 50) { totalCount nodes { orderId customerId } }
  contacts(first: 50, orderBy: [{ by: SILENCE }]) {
    nodes { contact { contactId } customerId lastContactAt } }
  silent: contacts(first: 50, where: { silentDays: 4 }) { nodes { contact { contactId } } } }"""
DISMISS = """mutation ($k: ID!, $f: ID!) { resolveConflict(
  input: { key: $k, contact: "guest", fact: $f, resolution: DISMISS, why: "wrong" }) { __typename } }"""
OF_ONE = """query ($c: ID!, $t: String!, $p: ID!, $d: ID!) {
  customer(id: $c) {
    customerId related { customerId } contacts { contact { contactId } } alerts { totalCount } }
  search(text: $t) { hits { nodeId } } account(match: $t) { customerId }
  accounts(match: $t) { customer { customerId } }
  churnRisk(customer: $c) { reasons { text evidence { id } } }
  recommendations(customer: $c) { reasons { text path { recordId label } } }
  network(customer: $c) { nodes { nodeId } } decisionChain(customer: $c) { members { contact { email } } }
  deal: decisionChain(opportunity: $d) { customerId } warmPaths(to: $p, from: "e5") { strength }
  introductions(account: $c, from: { anybody: true }) { strength }
  person: introductions(to: $p, from: { anybody: true }) { strength }
  tasks(customer: $c) { id } changesSince(account: $c, date: "2000-01-01T00:00:00Z") { kind }
  meetingBrief(account: $c, attendees: [$p]) { notes { id } attendees { name } offers { reasons { text } } }
  groupTree(account: $c) { companies { customerId openDeals deciders { contactId } } }
  whatIf(account: $c, contactLeaves: $p) { contactId }
  alerts(where: { account: $c }) { totalCount } opportunities(where: { account: $c }) { totalCount }
}"""
NODE = "query ($n: ID!) { node(id: $n) { name links { recordId } } }"
LINE = "query ($n: ID!) { timeline(of: $n) { events { recordId } } }"
KINDS = {
    "Customer": "", "Contact": "-boss", "Opportunity": "-deal", "Order": "-order", "Ticket": "-ticket",
    "Invoice": "-invoice", "Task": "-task", "Interaction": "-talk", "RiskScore": "-risk",
}  # fmt: skip


def values(one: str) -> dict[str, str]:
    return {"c": one, "t": one, "p": f"{one}-boss", "d": f"{one}-deal"}


def texts(answer: Any) -> Iterator[str]:
    """Every text of an answer."""
    if isinstance(answer, dict):
        for item in answer.values():
            yield from texts(item)
    elif isinstance(answer, list):
        for item in answer:
            yield from texts(item)
    elif isinstance(answer, str):
        yield answer


def leaked(answer: Any, kept_back: set[str]) -> list[str]:
    """Texts that name anything of these customers."""
    return sorted({text for text in texts(answer) for one in kept_back if one in text.lower()})


def apart(answer: dict[str, Any], nobody: dict[str, Any], one: str) -> list[Any]:
    """Where the answer about a customer is another than about one that is not there."""
    told, other = (
        {**each["data"], **{f"error {error['path']}": str(error) for error in each.get("errors", ())}}
        for each in (answer, nobody)
    )
    said = {key: str(value).replace(one, "nobody") for key, value in told.items()}
    return [(key, said.get(key), other.get(key)) for key in said.keys() | other.keys()
            if said.get(key) != (None if key not in other else str(other[key]))]  # fmt: skip


def named(text: str) -> bool:
    """Whether it is the id of a company and no more, which may stand beside one connected with it."""
    return text.removeprefix("Customer:") in COMPANIES


async def leaks(client: Client, own: set[str], *, employee: str) -> list[Any]:
    """What the viewer is told and should not be, or is not told and should be; empty where all is right."""
    answer = await client.answer(LISTS)
    refused = [error for error in answer.get("errors", ()) if error["path"] != ["review"]]
    assert refused == [], refused
    data = answer["data"]
    found: list[Any] = [("told", one) for one in leaked(data, set(COMPANIES) - own)]
    expected = {
        "customers": [{"customerId": one} for one in sorted(own)],
        "opportunities": len(own),
    }
    told = {
        "customers": data["customers"]["nodes"],
        "opportunities": data["opportunities"]["totalCount"],
    }
    found += [(name, told[name], expected[name]) for name in told if told[name] != expected[name]]
    one_each = ("customers", "sorted", "tickets", "orders")
    found += [("total", key) for key in one_each if data[key]["totalCount"] != len(own)]
    found += _last_met(data, own)
    nobody = await client.answer(OF_ONE, **values("nobody"))
    for one in COMPANIES:
        answer = await client.answer(OF_ONE, **values(one))
        if one not in own:
            found += [(one, "is told apart", pair) for pair in apart(answer, nobody, one)]
        else:
            hits = {hit["nodeId"] for hit in answer["data"]["search"]["hits"]}
            found += [] if one in hits else [(one, "is not found", hits)]
            names = leaked({**answer["data"], "groupTree": None}, set(COMPANIES) - own)
            found += [(one, "tells", text) for text in names if not named(text)]
            found += _of_group(answer["data"]["groupTree"], own)
    return found + await _records(client, own, employee)


def _last_met(data: dict[str, Any], own: set[str]) -> list[Any]:
    """Where a contact is told of talks of others, or listed as silent who is not: visits were 2 days ago."""
    visited = {f"{one}-boss" for one, other in pairwise(COMPANIES) if other in own}
    last = {f"{one}-boss": ago(2 if f"{one}-boss" in visited else 5) for one in own}
    told = {one["contact"]["contactId"]: one["lastContactAt"] for one in data["contacts"]["nodes"]}
    silent = {one["contact"]["contactId"] for one in data["silent"]["nodes"]}
    order = [who for who in told if who in last]
    found: list[Any] = [(who, told.get(who), at) for who, at in last.items() if not same(told.get(who), at)]
    found += [("by silence", order)] if order != sorted(order, key=lambda who: last[who]) else []
    return found + [("silent", who) for who in (silent - {"guest"}) ^ (last.keys() - visited)]


def same(told: str | None, moment: datetime) -> bool:
    return told is not None and datetime.fromisoformat(told) == moment


def _of_group(tree: dict[str, Any], own: set[str]) -> list[Any]:
    """Of other companies of a group there are names alone."""
    others = [one for one in tree["companies"] if one["customerId"] not in own]
    return [one for one in others if one["openDeals"] is not None or one["deciders"]]


async def _records(client: Client, own: set[str], employee: str) -> list[Any]:
    found: list[Any] = []
    for one in COMPANIES:
        for kind, suffix in KINDS.items():
            ours = one in own or (kind == "Interaction" and employee == "e5")
            record = (await client.answer(NODE, n=f"{kind}:{one}{suffix}"))["data"]["node"]
            found += [] if (record is not None) == ours else [(kind, one, record)]
            found += [(kind, one, record)] if leaked(record, set(COMPANIES) - own - {one}) else []
        guest = (await client.answer(NODE, n="Contact:guest"))["data"]["node"]
        links = guest["links"] if guest else []
        deals = {link["recordId"] for link in links} - {COMPANIES[0]}
        found += [] if deals == {f"{one}-deal" for one in own} else [("guest", deals)]
        for kind, suffix in (("Customer", ""), ("Contact", "-boss")):
            line = (await client.answer(LINE, n=f"{kind}:{one}{suffix}"))["data"]["timeline"]
            found += [] if (line is not None) == (one in own) else [(kind, one, line)]
    return found


@pytest.mark.query(
    "employee.accounts",
    "employee.subtree",
    "employee.standing",
    "record.customer",
)
@pytest.mark.parametrize("seed", seeds(1))
async def test_nobody_is_told_of_a_row_outside_of_theirs(
    store: Store, astore: AsyncStore, tmp_path: Path, seed: int
) -> None:
    truth = drawn(Random(seed))
    truth.world.load(store)
    viewers: list[tuple[TokenRole, str, tuple[str, ...]]] = [
        ("account_manager", "e1", ()), ("account_manager", "e5", ()), ("team_lead", "e2", ()),
        ("editor", "e3", ("north",)), ("reader", "e4", ()),
    ]  # fmt: skip
    async with served(store, astore, tmp_path) as http:
        for role, employee, regions in viewers:
            own = truth.rows(role, employee, regions)
            client = signed(http, tmp_path, role, employee, regions)
            assert await leaks(client, own, employee=employee) == [], (role, employee, own)
            assert await _told_reasons(client) == (dict.fromkeys(own, 2 if role == "reader" else 1))
        for role, employee, regions in viewers[:3]:
            client = signed(http, tmp_path, role, employee, regions)
            own = truth.rows(role, employee, regions)
            assert await _dismissed(client, truth, own, employee) == [], (role, employee)


async def _told_reasons(client: Client) -> dict[str, int]:
    """How many reasons are told of the risk and of the offer of each customer: of both as many."""
    asked = "customer(id: $c) { churnRisk { reasons { text } } recommendations { reasons { text } } }"
    found = {}
    for one in COMPANIES:
        answer = await client.answer(f"query ($c: ID!) {{ {asked} }}", c=one)
        if (told := answer["data"]["customer"]) is not None:
            (offer,) = told["recommendations"]
            found[one] = len(offer["reasons"])
            assert len(told["churnRisk"]["reasons"]) == found[one]
    return found


async def _dismissed(client: Client, truth: Truth, own: set[str], employee: str) -> list[Any]:
    """Roles at deals of others of which the viewer could say that they are wrong, and the other way."""
    found = []
    for one, fact in truth.guests.items():
        answer = await client.data(DISMISS, k=f"{employee} {one}", f=fact)
        told = answer["resolveConflict"]["__typename"]
        found += [] if (told != "RecordNotFound") == (one in own) else [(one, told)]
    return found


FIELDS = """{ customer(id: "kappa") {
    name revenue orders { orders } tickets { total } churnRisk { band reasons { text } }
    taxId domains attributes { name } owners { employee { name } } related { name } origins { source }
    tags { tagId } recommendations { rank } alerts { totalCount } mayBeSameAs { otherId }
    profile { lifecycle valueChange lastOrderAt families valueOfYear { amount } rhythmDays renewalAt }
    contacts { contact { name email phone } }
    opportunities { name amount } } }"""
GROUPS = {
    "money": ("revenue", "orders", "profile.lastOrderAt", "profile.families", "profile.valueOfYear",
              "profile.rhythmDays", "profile.renewalAt"),
    "tickets": ("tickets",), "scores": ("churnRisk",), "tags": ("tags",), "offers": ("recommendations",),
    "findings": ("alerts", "churnRisk.reasons"), "people": ("contacts",),
    "account": ("taxId", "domains", "attributes", "owners", "related", "origins", "profile", "opportunities"),
}  # fmt: skip


async def test_a_role_sees_its_fields_and_makes_its_statements(
    store: Store, astore: AsyncStore, tmp_path: Path
) -> None:
    """role × field × row, and what comes by the back door: filters, orders, records, searches, statements."""
    truth = drawn(Random(1))
    truth.world.fact("OWNS", ("Employee", "e1"), ("Customer", "kappa"), source_key="sure")
    truth.world.load(store)
    async with served(store, astore, tmp_path) as http:
        for role, rule in rules().roles.items():
            client = signed(http, tmp_path, role, "e1")  # type: ignore[arg-type]  # names of roles
            answer = await client.answer(FIELDS)
            _check_fields(answer, rule.fields)
            await _check_back_doors(client, rule.fields)
            await _check_statements(client, rule.writes)
        await _check_leaver(http, tmp_path)
        with pytest.raises(RowsUnknown):
            signed(http, tmp_path, "account_manager", None)
        with pytest.raises(RowsUnknown):
            signed(http, tmp_path, "team_lead", "e1", ("north",))


ANOTHER_MAIL = Query(
    "test.mail",
    "MATCH (c:Contact {contact_id: 'kappa-boss'}) SET c.email = 'kappa-bosz@example.com'",
    frozenset(),
    "write",
)
VERSION = '{ node(id: "Contact:kappa-boss") { version } }'
LEAVES = """mutation ($v: String) { contactLeft(input: { key: "l", contact: "kappa-boss", customer: "kappa",
  version: $v, leftAt: "2000-01-01T00:00:00Z" }) { __typename } }"""


async def test_a_version_tells_nothing_of_values_that_are_not_told(
    store: Store, astore: AsyncStore, tmp_path: Path
) -> None:
    """A mail address changes behind its mask: whoever sees no more than the mask sees no other version."""
    truth = drawn(Random(1))
    truth.world.fact("OWNS", ("Employee", "e1"), ("Customer", "kappa"), source_key="sure")
    truth.world.load(store)
    async with served(store, astore, tmp_path) as http:
        clients = {role: signed(http, tmp_path, role, "e1") for role in rules().roles}  # type: ignore[arg-type]
        before = {role: await client.answer(VERSION) for role, client in clients.items()}
        refusals = {(await client.data(LEAVES, v=_version(before[role])))["contactLeft"]["__typename"]
                    for role, client in clients.items()}  # fmt: skip
        assert refusals == {"Forbidden", "InvalidInput"}, "a version that was told is taken"
        store.write(ANOTHER_MAIL)
        changed = {role for role, client in clients.items() if await client.answer(VERSION) != before[role]}
    shows = {
        role
        for role, rule in rules().roles.items()
        if rule.fields == "all"
        or ({"people", "personal"} <= rule.fields.keys() and rule.fields["personal"] == "shown")
    }
    assert changed == shows
    assert shows < rules().roles.keys()


def _version(answer: dict[str, Any]) -> str | None:
    node = (answer["data"] or {}).get("node")
    return node and node["version"]


def _check_fields(answer: dict[str, Any], shown: Any) -> None:
    customer = answer["data"]["customer"]
    refused = {".".join(map(str, error["path"][1:])) for error in answer.get("errors", ())}
    assert {error["extensions"]["code"] for error in answer.get("errors", ())} <= {"FORBIDDEN"}
    for group, names in GROUPS.items():
        for name in names:
            allowed = shown == "all" or group in shown
            parent = name.partition(".")[0]
            assert refused.isdisjoint((name, parent)) == allowed, (group, name)
            assert allowed or parent in refused or value_at(customer, name) is None
    if shown == "all" or "people" in shown:
        (contact,) = [one["contact"] for one in customer["contacts"] if one["contact"]["name"] != "Guest"]
        how = "shown" if shown == "all" else shown.get("personal")
        mails = {"shown": "kappa-boss@example.com", "masked": "k***@example.com", None: None}
        phones = {"shown": "+49 30 1234567", "masked": "*********67", None: None}
        assert (contact["email"], contact["phone"]) == (mails[how], phones[how])


def value_at(customer: dict[str, Any], name: str) -> Any:
    found: Any = customer
    for step in name.split("."):
        found = found[step]
    return found


async def _check_back_doors(client: Client, shown: Any) -> None:
    doors = {
        "scores": ("customers(order: RISK) { totalCount }",
                   'customers(where: { band: high }) { totalCount }',
                   'node(id: "RiskScore:kappa-risk") { name }'),
        "money": ("customers(where: { matching: { field: REVENUE, above: 1 } }) { nodes { name } }",
                  "customers(where: { matching: { field: RENEWAL_IN_DAYS, above: 1 } }) { totalCount }",
                  'customers(where: { matching: { field: FAMILIES_365, is: "x" } }) { totalCount }',
                  'node(id: "Order:kappa-order") { name }'),
        "tickets": ('node(id: "Ticket:kappa-ticket") { name }',),
    }  # fmt: skip
    for group, asked in doors.items():
        allowed = shown == "all" or group in shown
        for one in asked:
            answer = await client.answer(f"{{ {one} }}")
            codes = [error["extensions"]["code"] for error in answer.get("errors", ())]
            assert codes == ([] if allowed else ["FORBIDDEN"]), (group, one)
    found = await client.answer('{ node(id: "Contact:kappa-boss") { values { name text } } }')
    mails = [one for one in texts(found) if "kappa-boss@" in one]
    told = shown == "all" or ("people" in shown and shown.get("personal") == "shown")
    assert bool(mails) == told


async def _check_statements(client: Client, writes: Any) -> None:
    statement = """mutation { tag(input: { key: "k", customer: "kappa", tag: "vip" }) { __typename } }"""
    told = (await client.data(statement))["tag"]["__typename"]
    assert (told != "Forbidden") == (writes == "all" or "tag" in writes)
    merge = 'mutation { merge(input: { key: "m", kind: CUSTOMER, keep: "a", other: "b" }) { __typename } }'
    told = (await client.data(merge))["merge"]["__typename"]
    assert (told != "Forbidden") == (writes == "all")


async def _check_leaver(http: httpx.AsyncClient, folder: Path) -> None:
    client = signed(http, folder, "editor", "gone")
    response = await client.post({"query": "{ viewer { name } }"})
    assert response.status_code == 401
    bearer = {"Authorization": f"Bearer {client.token}"}
    answered = await http.get("/widgets/recommendations", params={"account": "kappa"}, headers=bearer)
    assert answered.status_code == 401
