"""The picture around a customer: people on both sides, deals and related companies."""

from collections.abc import Iterator
from datetime import datetime

from graph.clock import reading_moment
from graph.errors import NotFound
from graph.model import Contact, Customer, Employee, Opportunity
from graph.model.base import Node
from graph.parameters import parameters_as_of
from graph.profile.model import Network, NetworkEdge, NetworkNode, NodeKind
from graph.record_version import names_as_of, own_values_as_of
from graph.reporting_line.lines import Line
from graph.reporting_line.read import lines_as_of
from graph.service import GraphStore, Row
from graph.tie.coverage import Known, coverage_as_of

TIES = 5
"""Ties shown of a contact at most, as `network.around` reads them."""


async def network(
    store: GraphStore,
    *,
    customer_id: str,
    now: datetime,
    as_of: datetime | None = None,
    limit: int = 100,
    viewer: str | None = None,
) -> Network:
    """At most `limit` nodes around the customer and the edges between them, at `as_of` (default `now`).

    Raises NotFound or AsOfAfterNow.
    """
    moment = reading_moment(as_of, now)
    rows = await store.read(
        "network.around",
        customer_id=customer_id,
        as_of=moment.isoformat(),
        viewer=viewer or "",
        derived=moment >= now,
        limit=limit,
    )
    if not rows:
        raise NotFound("Customer", customer_id)
    row = rows[0] if moment >= now else await _with_past(store, rows[0], moment)
    nodes = {node.node_id: node for node in _nodes(row)}
    kept = dict(list(nodes.items())[:limit])
    edges = dict.fromkeys(e for e in _edges(row, customer_id) if e.from_id in kept and e.to_id in kept)
    return Network(tuple(kept.values()), tuple(edges), len(nodes) > limit)


async def _with_past(store: GraphStore, row: Row, moment: datetime) -> Row:
    """The row with the ties and the inferred lines of a past day."""
    parameters = await parameters_as_of(store, moment)
    people = [contact["id"] for contact in row["contacts"]]
    coverage = await coverage_as_of(store, people, moment, parameters.calibration)
    off = "reporting_lines" in parameters.off
    lines = () if off else await lines_as_of(store, people, moment, parameters.weights)
    contacts = [
        {
            **contact,
            "ties": [_tie(known) for known in coverage.get(contact["id"], ())][:TIES],
            "links": contact["links"] + [_link(x) for x in lines if x.person.contact_id == contact["id"]],
        }
        for contact in row["contacts"]
    ]
    named = {**row, "contacts": await _named(store, Contact, contacts, moment)}
    for part, kind in (("owners", Employee), ("deals", Opportunity), ("related", Customer)):
        named[part] = await _named(store, kind, row[part], moment)
    customer = await own_values_as_of(store, Customer, [row["customer"]["customer_id"]], moment)
    return named | {"customer": customer.of(row["customer"])}


async def _named(store: GraphStore, kind: type[Node], rows: list[Row], moment: datetime) -> list[Row]:
    """The rows with the names of the day."""
    names = await names_as_of(store, kind, {row["id"]: row["name"] for row in rows}, moment)
    return [{**row, "name": names[row["id"]]} for row in rows]


def _tie(known: Known) -> Row:
    tie = known.tie
    return {
        "id": known.employee_id,
        "name": known.employee["name"],
        "basis": "inferred",
        "confidence": 1.0,
        "strength": tie.strength,
    }


def _link(line: Line) -> Row:
    superior = line.superior.contact_id
    return {"id": superior, "kind": "REPORTS_TO", "basis": "inferred", "confidence": line.confidence}


def _id(kind: NodeKind, key: str) -> str:
    return f"{kind}:{key}"


def _node(kind: NodeKind, row: Row) -> NetworkNode:
    return NetworkNode(_id(kind, row["id"]), kind, row["name"])


def _nodes(row: Row) -> Iterator[NetworkNode]:
    yield NetworkNode(_id("Customer", row["customer"]["customer_id"]), "Customer", row["customer"]["name"])
    yield from (_node("Contact", contact) for contact in row["contacts"])
    yield from (_node("Employee", owner) for owner in row["owners"])
    yield from (_node("Opportunity", deal) for deal in row["deals"])
    yield from (_node("Employee", tie) for contact in row["contacts"] for tie in contact["ties"])
    yield from (_node("Customer", company) for company in row["related"])


def _edges(row: Row, customer_id: str) -> Iterator[NetworkEdge]:
    customer = _id("Customer", customer_id)
    for contact in row["contacts"]:
        yield from _edges_of_contact(contact, customer)
    for owner in row["owners"]:
        yield _edge(_id("Employee", owner["id"]), customer, "OWNS", owner)
    for deal in row["deals"]:
        yield NetworkEdge(_id("Opportunity", deal["id"]), customer, "FOR", None, None, None)
    for company in row["related"]:
        other = _id("Customer", company["id"])
        ends = (customer, other) if company["outward"] else (other, customer)
        yield _edge(*ends, company["kind"], company)


def _edges_of_contact(contact: Row, customer: str) -> Iterator[NetworkEdge]:
    person = _id("Contact", contact["id"])
    yield _edge(person, customer, "WORKS_AT", contact)
    for role in contact["roles"]:
        yield _edge(person, _id("Opportunity", role["id"]), "HAS_ROLE", role)
    for link in contact["links"]:
        yield _edge(person, _id("Contact", link["id"]), link["kind"], link)
    for tie in contact["ties"]:
        yield _edge(_id("Employee", tie["id"]), person, "KNOWS", tie)


def _edge(from_id: str, to_id: str, kind: str, row: Row) -> NetworkEdge:
    return NetworkEdge(from_id, to_id, kind, row["basis"], row["confidence"], row.get("strength"))
