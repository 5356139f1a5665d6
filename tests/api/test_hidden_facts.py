"""Nobody learns of a fact that is hidden from them: the answers are those of a graph without it.

Random small companies with random visibilities, each asked every question of the API by somebody, before and
after the facts that are hidden from that person were removed. Nothing is derived anew in between.
"""

import re
from dataclasses import asdict
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Any

import httpx
import pytest

import cypher
from cypher import Query
from graph.derive import derive
from graph.errors import NotFound
from graph.model import FACTS
from graph.offers.read import Shelf, offers
from graph.offers.stand_in import stand_ins
from graph.profile.read import ProfileRequest
from graph.record.job import job
from graph.record.seen import Seen
from graph.search import read_index
from graph.store import AsyncStore, Store
from graph.writing import Author
from graph.writing.named import named
from graph.writing.owner import account_owners
from graph.writing.relation import superiors
from graphql_api import ApiConfig, Limits, create_app
from graphql_api.config import wall_clock
from graphql_api.security import TokenBook
from tests.api.client import Client
from tests.graph.random_company import CONTACTS, CUSTOMERS, random_company, remove_hidden, seen
from tests.graph.world import NOW, World, ago
from tests.histories import seeds
from tests.queries_run import names_of

ALL_OF_CUSTOMER = """
  customerId name mayBeSameAs { otherId } tags { tagId } health { score trend parts { name value text } }
  contacts(first: 50) { contact { contactId name title } since }
  owners { employee { employeeId } since } related(first: 50) { customerId kind basis }
  tickets { total } orders { orders } opportunities(first: 50) { opportunityId }
  origins(first: 9) { recordId }
"""
NETWORK = "network(first: 500) { nodes { nodeId } edges { from to kind basis strength } }"
CHAIN = """members { contact { contactId title } role otherRoles scope stance basis since
    coveredBy { employee { employeeId } strength interactions lastContactAt } }
  links { from to kind basis confidence } gaps { kind message contactId since }"""
PATHS = """strength
  steps { from { personId title customerId company } to { personId } strength why evidence { id } }"""
ALERTS = "totalCount nodes { alertId message owner { employeeId } account { customerId owners { since } } }"
DAY = """items { rank kind reason due whatToDo weight evidence { id } deal { id } contact { id } task { id }
  meeting { id attendees { id unknown roles title customerId } } account { customerId } alert { alertId } }"""
WAYS = "strength steps { kind from { personId } to { personId title company } at why evidence { id } }"
DEALS = "totalCount nodes { id owner { employeeId } }"
MACHINES = 8
VARIABLES = {
    "$a": "ID!", "$d": "ID!", "$p": "ID!", "$t": "DateTime", "$n": "ID!", "$c": "ID!", "$q": "String!",
    "$y": "Date", "$i": "ID!",
}  # fmt: skip


def asked(fields: str) -> str:
    """A document of these root fields, with the variables that they use."""
    declared = ", ".join(f"{name}: {kind}" for name, kind in VARIABLES.items() if name in fields)
    return f"query ({declared}) {{ {fields} }}" if declared else f"{{ {fields} }}"


QUESTIONS = (
    asked(f"""customer(id: $a) {{ {ALL_OF_CUSTOMER} {NETWORK} decisionChain {{ {CHAIN} }}
      warmPaths(first: 9, from: "e1") {{ {PATHS} }} }}"""),
    asked(f"customer(id: $a, asOf: $t) {{ {ALL_OF_CUSTOMER} decisionChain(asOf: $t) {{ {CHAIN} }} }}"),
    asked(f"decisionChain(opportunity: $d) {{ {CHAIN} }}"),
    asked(f'warmPaths(to: $p, from: "e2", first: 9) {{ {PATHS} }}'),
    asked(f'warmPaths(to: "p0", from: "e1", first: 9) {{ {PATHS} }}'),
    asked('account(match: "ACME") { customerId contacts { since } }'),
    asked('accounts(match: "twin") { customer { customerId } } account(match: "twin") { customerId }'),
    asked("customers { nodes { customerId owners { since } } }"),
    asked("customers { nodes { customerId contacts { contact { contactId name title } } } }"),
    asked("""n: node(id: $n) { values { name text } links { relation kind recordId detail } }
      v: provenance(of: $n) { value { name text } statements { source agrees } }
      m: node(id: "Interaction:m3") { values { name text } links { recordId detail } }
      timeline(of: $n, first: 200) { events { id at } }"""),
    asked("""c: timeline(of: $c, first: 200) { events { id at } }
      search(text: $q, first: 50) { ambiguous hits { nodeId score companies { customerId title } } }"""),
    asked(f"""customer(id: $a) {{ alerts(first: 99) {{ {ALERTS} }} }} all: alerts(first: 999) {{ {ALERTS} }}
      e: alerts(where: {{ owner: "e1" }}) {{ {ALERTS} }} t: alerts(where: {{ team: "south" }}) {{ {ALERTS} }}
      b: alerts(where: {{ owner: "e2", team: "north", account: $a }}, asOf: $t) {{ {ALERTS} }}"""),
    asked(
        """a: tasks(customer: $a) { id owners { employeeId } } b: tasks(employee: "e1") { id }
      c: tasks(employee: "e3") { id }
      d: changesSince(account: $a, date: "FIFTY_DAYS_AGO") { kind subject { id } before after about { id } }
      e: recommendations(customer: $a) { recommendationId }
      f: meetingBrief(account: $a, attendees: [$p, "p0", "hidden", "p1@example.com"]) { notes { id }
        attendees { unknown name title worksHere role stance lastMetAt
          tie { strength employee { employeeId } } } }""".replace(
            "FIFTY_DAYS_AGO", (NOW - timedelta(days=50)).isoformat()
        )
    ),
    asked(f'd: myDay {{ {DAY} }} p: myDay(date: $y, timeZone: "Asia/Shanghai") {{ {DAY} }}'),
    asked(f"""o: opportunities(where: {{ owner: "e1", silentDays: 30 }}) {{ {DEALS} }}
      all: opportunities(where: {{ silentDays: 90 }}) {{ {DEALS} }} each: opportunities {{ {DEALS} }}"""),
    asked(f"""a: introductions(to: $p, from: {{ anybody: true }}, first: 20) {{ {WAYS} }}
      b: introductions(account: $a, from: {{ team: "north" }}, first: 20) {{ {WAYS} }}
      c: introductions(to: "p0", from: {{ employee: "e1" }}, first: 20) {{ {WAYS} }}
      d: introductionRequests {{ introductionId }}
      e: introductions(to: $p, from: {{ anybody: true }}, first: 20, asOf: $t) {{ {WAYS} }}
      f: warmPaths(to: "p0", from: "e1", asOf: $t) {{ strength steps {{ why evidence {{ id }} }} }}"""),
    asked("""a: journey(account: $a) { milestones { kind at record { id } } stages { name since until days } }
      b: journey(account: $a, asOf: $t) { milestones { kind at } stages { peersMedian } }"""),
    asked("""relationships(account: $a) { standings { subject { id } history { current } }
        stances { contactId role since until } }"""),
    asked("""decisionChain(customer: $a) { edges { kind contactId value corroborated lastSeenAt stale
        sources { factId source } conflicts { factId } } }"""),
    asked("""whatIf(account: $a, contactLeaves: $p) { before { ...s } after { ...s } newGaps { kind }
        risk { probability } } } fragment s on Situation { members covered knownBy deciders
        completeness { known covered } gaps { kind since } ways { strength }"""),
    asked("""a: groupTree(account: $a) { companies { customerId relation owners { employeeId } deciders {
        contactId title role basis } } connected { customerId kind } shared { employeeId } }
      b: groupTree(account: $a, asOf: $t) { companies { customerId parentId deciders { contactId } } }"""),
    asked("review(kind: CONTACT, first: 50) { oneId otherId probability }"),
    asked("""a: tickets(first: 99) { totalCount edges { node { id raisedBy owner { employeeId } } } }
      b: tickets(where: { owner: "e1" }) { totalCount }
      c: contacts(first: 99) { totalCount edges { node { id since lastContactAt contact { title } } } }
      d: contacts(where: { silentDays: 30 }) { totalCount } tags { name } segments { name }
      consents(contact: $p) { purpose since }"""),
    asked("""a: derivations(of: $c) { kind part value { number text moment } values about { id }
        inputs(first: 100) { nodes { id } } }
      b: derivations(of: $n) { kind value { number text } about { id } parameters { name number }
        inputs(first: 100) { nodes { id } } }"""),
    asked("""n: record(id: $n, asOf: $t) { values { name text } links { relation kind recordId detail } }
      timeline(of: $n, first: 200, asOf: $t) { events { id at } }"""),
    asked("""customer(id: $a) { items(first: 50) { nodes { id relations } } }
      node(id: $i) { links { relation id detail } }"""),
    asked("""a: assignments(records: ["Ticket:t0", "Ticket:t1", "Ticket:t2"]) {
        record ruleId since reason employee { employeeId } }
      b: assignments(records: ["Ticket:t0", "Ticket:t1"], asOf: $t) { record }"""),
    asked('search(text: "hidden", first: 50) { ambiguous hits { nodeId score companies { customerId } } }'),
)


async def answers(client: Client, draw: Random) -> list[Any]:
    """Every question, about every customer, a day of the past, and some deal and person."""
    found = []
    for customer in CUSTOMERS:
        values = {
            "a": customer,
            "d": f"{customer}-1",
            "p": draw.choice(CONTACTS),
            "t": (NOW - timedelta(days=draw.choice((20, 100)))).isoformat(),
            "n": f"Contact:{draw.choice((*CONTACTS, 'hidden'))}",
            "c": f"Customer:{customer}",
            "q": draw.choice(CONTACTS),
            "i": f"Item:machine{draw.randrange(MACHINES)}",
            "y": (NOW - timedelta(days=draw.choice((5, 60)))).date().isoformat(),
        }
        for question in QUESTIONS:
            answer = await client.answer(question, **values)
            codes = [error["extensions"]["code"] for error in answer.get("errors", ())]
            assert set(codes) <= {"NOT_FOUND"}
            found.append(canonical([answer["data"], codes]))
    return found


def canonical(value: Any) -> Any:
    """Lists in one order: engines return what no rule orders as they find it."""
    if isinstance(value, dict):
        return {key: canonical(item) for key, item in value.items()}
    if isinstance(value, list):
        return sorted(map(canonical, value), key=repr)
    return round(value, 9) if isinstance(value, float) else value


@pytest.mark.parametrize("seed", seeds(2))
async def test_an_answer_is_that_of_a_graph_without_what_is_hidden(
    store: Store, astore: AsyncStore, tmp_path: Path, seed: int
) -> None:
    viewer = ("e1", "e3", "e4", "e2")[seed % 4]
    company = random_company(Random(seed))
    for twin in ("twin-1", "twin-2"):
        company.customer(twin, name="Twin")
    for one, other in (("hidden", "p0"), ("p1", "p2"), ("p3", "p4")):
        company.fact("MAY_BE_SAME_AS", ("Contact", one), ("Contact", other), weights="[]", confidence=0.7)
    for product in ("pump", "valve"):
        company.node("Product", product, name=product)
        for customer in CUSTOMERS:
            company.order(f"{customer}-{product}", customer, ago(30), [(product, 1.0, 5.0)])
    company.contact("hidden", "twin-2", visibility="owner", owner_id="e9")
    for number, visibility in enumerate(("company", "team", "owner")):
        task = company.node("Task", f"task{number}", subject="Call")
        company.part("FOR", ("Task", task), ("Customer", "acme"))
        for employee in ("e1", "e3"):
            ends = ("Employee", employee), ("Task", task)
            company.fact("OWNS", *ends, visibility=visibility, owner_id=employee)
    machines(company, Random(seed))
    assigned(company, Random(seed))
    company.load(store)
    derive(store, NOW)

    async def connect() -> AsyncStore:
        return astore

    limits = Limits(deadline_s=600, max_cost=10**7)
    config = ApiConfig(store.config, tmp_path / "tokens.json", limits)
    app = create_app(config, connect, finder=read_index(store))
    book = TokenBook(tmp_path / "tokens.json")
    token = book.create(employee_id=viewer, role="reader", days=1, now=wall_clock()).token
    transport = httpx.ASGITransport(app)
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(transport=transport, base_url="http://a") as http,
    ):
        client = Client(http, token)
        before = await told(client, astore, viewer, seed)
        assert remove_hidden(store, viewer) > 10
        assert await told(client, astore, viewer, seed) == before
        assert reading_facts() <= asked_of(astore)


def machines(company: World, draw: Random) -> None:
    """Machines at customers, each a part of the one before."""
    company.node("ItemKind", "machine", name="Machine", fields="[]")
    items = [company.node("Item", f"machine{one}", kind="machine", name="M") for one in range(MACHINES)]
    for number, item in enumerate(items):
        at = ("Customer", draw.choice(CUSTOMERS))
        company.fact("LINKED_TO", ("Item", item), at, relation="at", **seen(draw))
        if number:
            before = ("Item", items[number - 1])
            company.fact("LINKED_TO", ("Item", item), before, relation="part_of", **seen(draw))


def assigned(company: World, draw: Random) -> None:
    """Tickets that a rule gave to somebody, and gave to somebody else before."""
    why = '{"name": "Any", "name_zh": "任意", "by": "employee", "customer": {}}'
    for number, customer in enumerate(CUSTOMERS):
        ticket = company.node("Ticket", f"t{number}", opened_at=ago(150))
        company.part("FOR", ("Ticket", ticket), ("Customer", customer))
        for employee, since, until in (("e2", ago(140), ago(60)), ("e5", ago(60), None)):
            company.fact(
                "ASSIGNED", ("Employee", employee), ("Ticket", ticket), rule_id="any", rule_version=1,
                valid_from=since, valid_to=until, figures=why, **seen(draw),
            )  # fmt: skip


async def told(client: Client, astore: AsyncStore, viewer: str, seed: int) -> list[Any]:
    """All that the viewer is told."""
    return [
        await answers(client, Random(seed)),
        await nameable(astore, viewer),
        await offered(astore, viewer),
        await jobs(astore, viewer),
    ]


async def jobs(astore: AsyncStore, viewer: str) -> list[Any]:
    """Every job that evidence could name, as the record behind its id."""
    seen = Seen(NOW, viewer, past=False)
    found = [await job(astore, row["id"], seen) for row in await astore.read(JOBS)]
    return sorted(repr(one) for one in found if one is not None)


async def offered(astore: AsyncStore, viewer: str) -> list[Any]:
    """What a page would show to each customer: without a model, beside nothing, a product and a basket."""
    request, customers = ProfileRequest(NOW, viewer=viewer), [*CUSTOMERS, "twin-1"]
    stand_in = await stand_ins(astore, customer_ids=customers, request=request)
    without = {customer: [asdict(one) for one in found] for customer, found in stand_in.items()}
    return [canonical(without)] + [
        canonical([asdict(one) for one in await offers(astore, Shelf(NOW, customer, viewer), beside)])
        for customer in customers
        for beside in ((), ("pump",), ("pump", "valve"))
    ]


STATEMENTS = Query(
    "test.statements",
    "MATCH (:Contact {contact_id: $contact_id})-[r:HAS_ROLE|REPORTS_TO]->() RETURN r.fact_id AS id",
    frozenset({"contact_id"}),
    "read",
)


JOBS = Query(
    "test.jobs", "MATCH (:Contact)-[w:WORKS_AT]->(:Customer) RETURN w.fact_id AS id", frozenset(), "read"
)


async def disputable(astore: AsyncStore, author: Author, contact_id: str) -> Any:
    """What the author could adopt or dismiss of all that is said of the contact."""
    asked = {"contact_id": contact_id, "now": author.now.isoformat(), "viewer": author.employee_id}
    facts = [row["id"] for row in await astore.read(STATEMENTS, contact_id=contact_id)]
    found = [await astore.read("writing.disputed", fact_id=fact, **asked) for fact in facts]
    return canonical([rows for rows in found if rows])


async def nameable(astore: AsyncStore, viewer: str) -> list[Any]:
    """Whom a statement of the viewer can name, and what it would rest on."""
    author = Author(viewer, "k", NOW, NOW)
    found: list[Any] = [sorted(await account_owners(astore, author, one)) for one in CUSTOMERS]
    for contact in (*CONTACTS, "hidden", "nobody"):
        found.append(await disputable(astore, author, contact))
        try:
            people = await named(astore, author, {"Contact": [contact]})
        except NotFound as error:
            found.append(str(error))
        else:
            above = await superiors(astore, author, contact)
            found.append(canonical([people.jobs(contact), people.visibility([contact]), sorted(above)]))
    return found


RULES = {"employee.accounts", "employee.subtree", "writing.introduction"}
"""Statements that decide what somebody may see or state; tests of access and of writes ask them."""


def reading_facts() -> set[str]:
    """Names of the statements and fragments for viewers that read facts or interactions."""
    edge = re.compile(rf":(?:\w+\|)*(?:{'|'.join(FACTS)}|Interaction)\b")
    queries = [cypher.query(name) for name in cypher.names()]
    asked = {q.name for q in queries if q.sees == "viewer" and q.access == "read" and edge.search(q.text)}
    parts = {name for name in cypher.fragments() if edge.search(cypher.fragment(name).text)}
    return (asked | parts) - {"derive.clock"} - RULES


def asked_of(astore: AsyncStore) -> set[str]:
    """Names of the statements that were run, and of the fragments within them."""
    return set[str]().union(*map(names_of, astore.metrics.snapshot()))
