"""From the columns of a customer's row to the parts of its profile."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from operator import itemgetter
from typing import Any, TypeVar

from graph.departure import presumed
from graph.model import Profile
from graph.profile.model import (
    Colleague,
    Company,
    Money,
    Orders,
    Related,
    Tickets,
    YearOfOrders,
)
from graph.profile.money import single, sums
from graph.title import job_values

Row = Mapping[str, Any]
T = TypeVar("T")
_FIGURES = frozenset(Profile.model_fields) - {"ended_at", "attributes", "customer_id"}


def every(model: type[T], rows: Iterable[Row]) -> tuple[T, ...]:
    """Each row as a `model`."""
    return tuple(model(**item) for item in rows)


def contacts(row: Row) -> tuple[Colleague, ...]:
    """Who works there: of a short row by name and title alone."""
    if "people" not in row:
        return colleagues(row["contacts"])
    newest: dict[str, list[str | None]] = {}
    for person in row["people"]:
        newest.setdefault(person[0], person)
    return tuple(Colleague(key, name, title) for key, (_, name, title) in newest.items())


def colleagues(rows: Iterable[Row]) -> tuple[Colleague, ...]:
    """Each person once, in the newest of their jobs there, which comes first."""
    newest: dict[str, Row] = {}
    for row in rows:
        newest.setdefault(row["contact_id"], row)
    return tuple(map(_colleague, newest.values()))


def _colleague(row: Row) -> Colleague:
    """What the title says fills what is not stated; a row without details tells of the title alone."""
    if "since" not in row:
        return Colleague(row["contact_id"], row["name"], row["title"])
    title, department, seniority = job_values(row)
    return Colleague(
        row["contact_id"], row["name"], title, row["email"], row["phone"], row["mobile"], department,
        seniority, row["since"], row["basis"], row["confidence"], presumed(row["departures"] or ()),
    )  # fmt: skip


def company(row: Row) -> Company:
    """Own values, custom attributes by name."""
    if "card" in row:
        return _of_card(*row["card"])
    stated = row["company"]
    if "attributes" not in stated:  # without details there are neither these nor domains
        return Company(**stated)
    stated = dict(stated)
    attributes = {item["name"].removeprefix("x_"): item["value"] for item in stated.pop("attributes")}
    domains = tuple(stated.pop("domains", None) or ())
    return Company(**stated, domains=domains, attributes=tuple(sorted(attributes.items())))


def _of_card(
    customer_id: str,
    name: str,
    industry: str | None,
    region: str | None,
    city: str | None,
    country: str | None,
) -> Company:
    return Company(customer_id, name, None, None, industry, region, city, country)


def related(rows: Iterable[Row]) -> tuple[Related, ...]:
    """Each related company once per kind, the best-founded statement first."""
    found = sorted(every(Related, rows), key=lambda r: (r.kind, r.customer_id, -r.confidence))
    return tuple({(item.kind, item.customer_id): item for item in reversed(found)}.values())[::-1]


def figures(rows: Sequence[Row]) -> Mapping[str, Any] | None:
    """The customer's profile; None before the first derive."""
    return next(({name: row.get(name) for name in _FIGURES} for row in rows), None)


def tickets(row: Row) -> Tickets:
    """Service in numbers."""
    return Tickets(row["total"], row["open"], row["breached"], row["satisfaction"], row["last_opened_at"])


def orders(years: Sequence[Row]) -> Orders:
    """Orders in numbers, from one row for every calendar year and currency."""
    first = [year["first_at"] for year in years if year["first_at"] is not None]
    last = [year["last_at"] for year in years if year["last_at"] is not None]
    amounts = sums(years)
    total = single(amounts)
    return Orders(
        orders=sum(year["orders"] for year in years),
        returns=sum(year["returns"] for year in years),
        amount=total.amount,
        currency=total.currency,
        amounts=amounts,
        amount_note=None if total.amount is not None else _several(amounts),
        first_at=min(first, default=None),
        last_at=max(last, default=None),
        by_year=tuple(_year(year, list(rows)) for year, rows in groupby(years, key=itemgetter("year"))),
    )


def _year(year: int, rows: Sequence[Row]) -> YearOfOrders:
    amounts = sums(rows)
    total = single(amounts)
    return YearOfOrders(year, sum(row["orders"] for row in rows), total.amount, total.currency, amounts)


def _several(amounts: Sequence[Money]) -> str:
    names = ", ".join(money.currency or "no currency" for money in amounts)
    return f"the orders are in several currencies ({names}), which are not added up without rates"
