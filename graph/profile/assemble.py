"""From the one row of `profile.of` to a profile."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, TypeVar

from graph.profile.health import health
from graph.profile.model import (
    Colleague,
    Company,
    Deal,
    Orders,
    Origin,
    Owner,
    Profile,
    Related,
    TagView,
    Tickets,
    YearOfOrders,
)
from graph.score_view.read import risk

Row = Mapping[str, Any]
T = TypeVar("T")


def assemble(row: Row, moment: datetime) -> Profile:
    """The profile of one row."""
    orders = _orders(row["years"])
    return Profile(
        company=company(row),
        as_of=moment,
        contacts=_all(Colleague, row["contacts"]),
        owners=_all(Owner, row["owners"]),
        related=_related(row["related"]),
        tickets=_tickets(row["tickets"][0]),
        orders=orders,
        deals=_all(Deal, row["deals"]),
        tags=_all(TagView, row["tags"]),
        origins=_all(Origin, row["origins"]),
        risk=risk(row["risk"][0]) if row["risk"] else None,
        health=health(row, orders, moment),
    )


def _all(model: type[T], rows: Iterable[Row]) -> tuple[T, ...]:
    return tuple(model(**item) for item in rows)


def company(row: Row) -> Company:
    stated = dict(row["company"])
    attributes = {item["name"].removeprefix("x_"): item["value"] for item in row["attributes"]}
    domains = tuple(stated.pop("domains") or ())
    return Company(**stated, domains=domains, attributes=tuple(sorted(attributes.items())))


def _related(rows: Iterable[Row]) -> tuple[Related, ...]:
    """Each related company once per kind, the best-founded statement first."""
    found = sorted(_all(Related, rows), key=lambda r: (r.kind, r.customer_id, -r.confidence))
    return tuple({(item.kind, item.customer_id): item for item in reversed(found)}.values())[::-1]


def _tickets(row: Row) -> Tickets:
    return Tickets(row["total"], row["open"], row["breached"], row["satisfaction"], row["last_opened_at"])


def _orders(years: list[Row]) -> Orders:
    first = [year["first_at"] for year in years if year["first_at"] is not None]
    last = [year["last_at"] for year in years if year["last_at"] is not None]
    return Orders(
        orders=sum(year["orders"] for year in years),
        returns=sum(year["returns"] for year in years),
        amount=sum(year["amount"] for year in years),
        currency=next((year["currency"] for year in reversed(years) if year["currency"]), None),
        first_at=min(first, default=None),
        last_at=max(last, default=None),
        by_year=tuple(YearOfOrders(year["year"], year["orders"], year["amount"]) for year in years),
    )
