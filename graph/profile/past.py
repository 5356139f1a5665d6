"""A customer's row as of a past day: what the graph keeps of today only is found anew."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta

from graph.deal import deals_as_of
from graph.departure import Rows, departures_as_of, of_past
from graph.model import Contact, Customer, Employee, Product
from graph.model.base import Node
from graph.parameters import parameters_as_of
from graph.profile.health import HALF_YEAR_DAYS
from graph.profile.parts import PartName
from graph.record_version import OwnValues, own_values_as_of
from graph.service import GraphStore, Row
from graph.ticket import tickets_as_of
from graph.tie.coverage import Known, coverage_as_of

LIMIT = 200
"""Deals, related companies and origins shown at most."""
_PRODUCTS: Mapping[str, Mapping[str, str]] = {
    "suggestions": {
        "product_name": "name",
        **{field: field for field in ("family", "list_price", "currency", "url", "image")},
    },
    "discontinued": {"name": "name"},
    "dismissals": {"name": "name"},
}
"""Columns that list products; what each of them shows, with the product's own field."""
_OTHERS: Mapping[str, type[Node]] = {
    "contacts": Contact, "staff": Contact, "owners": Employee, "related": Customer
}  # fmt: skip
"""Columns that list other nodes with their own values."""


async def as_of_day(
    store: GraphStore, rows: Sequence[Row], parts: Collection[PartName], moment: datetime
) -> list[Row]:
    """The rows of `customer.parts` with own values, deals, tickets, departures and ties as of that day.

    Figures are those of the last derive: no past day has them.
    """
    found = [_without_later(row, moment) for row in await _with_own_values(store, rows, moment)]
    found = await _with_products(store, found, moment)
    if "contacts" in parts:
        found = await _with_departures(store, found, moment)
    if {"tickets", "health"} & set(parts):
        found = await _with_tickets(store, found, moment)
    if "health" in parts:
        found = await _with_ties(store, found, moment)
    return await _with_deals(store, found, moment) if "deals" in parts else found


def _without_later(row: Row, moment: datetime) -> Row:
    """Without the figures of the last derive, and without ends of tags that lay ahead."""
    tags = [{**tag, "until": None} if _after(tag["until"], moment) else tag for tag in row["tags"] or ()]
    return {**row, "tags": tags, "figures": ()}


def _after(until: datetime | None, moment: datetime) -> bool:
    return until is not None and until > moment


async def _with_own_values(store: GraphStore, rows: Sequence[Row], moment: datetime) -> list[Row]:
    """The rows with the own values of the company, and of everybody and everything listed beside it."""
    own = {kind: await own_values_as_of(store, kind, _ids(rows, kind), moment) for kind in _KINDS}
    return [_as_then(row, own) for row in rows]


_KINDS = frozenset(_OTHERS.values())


def _ids(rows: Sequence[Row], kind: type[Node]) -> set[str]:
    columns = [column for column, listed in _OTHERS.items() if listed is kind]
    others = {other[kind.key] for row in rows for column in columns for other in row[column] or ()}
    return others | {row["customer_id"] for row in rows if row["company"]} if kind is Customer else others


def _as_then(row: Row, own: Mapping[type[Node], OwnValues]) -> Row:
    others = {
        column: [own[kind].of(other) for other in row[column]]
        for column, kind in _OTHERS.items()
        if row[column]
    }
    company = _company(row["company"], own[Customer]) if row["company"] else row["company"]
    return {**row, **others, "company": company}


def _company(today: Row, own: OwnValues) -> Row:
    """The company's values, and its custom attributes, of which another day may have had others."""
    attributes = {one["name"]: one["value"] for one in today["attributes"]}
    stated = own.attributes(today["customer_id"])
    then = own.of({**today, **dict.fromkeys(stated), **attributes})
    named = [
        {"name": name, "value": then[name]} for name in stated | attributes.keys() if then[name] is not None
    ]
    return {name: then[name] for name in today} | {"attributes": named}


async def _with_products(store: GraphStore, rows: Sequence[Row], moment: datetime) -> list[Row]:
    """The rows with products as they were called and sold that day."""
    listed = {one["product_id"] for row in rows for column in _PRODUCTS for one in row[column] or ()}
    own = await own_values_as_of(store, Product, listed, moment)

    def then(one: Row, shown: Mapping[str, str]) -> Row:
        today = {field: one[column] for column, field in shown.items()}
        was = own.of({"product_id": one["product_id"], **today})
        return {**one, **{column: was[field] for column, field in shown.items()}}

    def told(row: Row) -> Row:
        columns = {name: shown for name, shown in _PRODUCTS.items() if row[name]}
        return {**row, **{name: [then(one, shown) for one in row[name]] for name, shown in columns.items()}}

    return [told(row) for row in rows]


async def _with_deals(store: GraphStore, rows: Sequence[Row], moment: datetime) -> list[Row]:
    """The rows with the deals as they stood that day."""
    deals = await deals_as_of(store, [row["customer_id"] for row in rows], moment)
    then = {customer_id: found.deals[:LIMIT] for customer_id, found in deals.items()}
    return [{**row, "deals": then.get(row["customer_id"], ())} for row in rows]


async def _with_tickets(store: GraphStore, rows: Sequence[Row], moment: datetime) -> list[Row]:
    """The rows with the numbers of the tickets as they stood that day."""
    recent = moment - timedelta(days=HALF_YEAR_DAYS)
    tickets = await tickets_as_of(store, [row["customer_id"] for row in rows], moment, recent)
    return [{**row, "tickets": [tickets[row["customer_id"]]]} for row in rows]


async def _with_departures(store: GraphStore, rows: Sequence[Row], moment: datetime) -> list[Row]:
    """The rows with the departures of that day on their contacts, by their names of that day."""
    customer_ids = [row["customer_id"] for row in rows]
    off = "departures" in (await parameters_as_of(store, moment)).off
    departures = {} if off else await departures_as_of(store, customer_ids, moment)
    return [
        {
            **row,
            "contacts": sorted(
                (_departed(one, row["customer_id"], departures) for one in row["contacts"]), key=_name
            ),
        }
        for row in rows
    ]


def _name(contact: Row) -> tuple[bool, str, str]:
    """By the name of the day; the nameless last."""
    return contact["name"] is None, contact["name"] or "", contact["contact_id"]


def _departed(contact: Row, customer_id: str, departures: Mapping[tuple[str, str], Rows]) -> Row:
    found = departures.get((contact["contact_id"], customer_id), ())
    return {**contact, "departures": of_past(contact["departures"], found)}


async def _with_ties(store: GraphStore, rows: Sequence[Row], moment: datetime) -> list[Row]:
    """The rows with the strongest tie to anybody of each customer's staff, in that day's health."""
    calibration = (await parameters_as_of(store, moment)).calibration
    staff = sorted({person["contact_id"] for row in rows for person in row["staff"]})
    coverage = await coverage_as_of(store, staff, moment, calibration)
    return [{**row, "best_tie": _best_tie(row["staff"], coverage)} for row in rows]


def _best_tie(staff: Sequence[Row], coverage: Mapping[str, Sequence[Known]]) -> list[Row]:
    """The strongest tie as `customer_part.coverage` returns it: one, or none."""
    ties = [
        (-known.tie.strength, known.employee_id, person["contact_id"], known.employee["name"], person["name"])
        for person in staff
        for known in coverage.get(person["contact_id"], ())[:1]
    ]
    return [
        {"employee": employee, "contact": contact, "strength": -weakness}
        for weakness, _, _, employee, contact in sorted(ties, key=lambda tie: tie[:3])[:1]
    ]
