"""Why nothing is offered to a customer, or a product is left out; worked out anew for every answer."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

import orjson

from graph.alert.playbook import Language
from graph.packaged import packaged_yaml
from graph.service import Row

Because = Literal["open_complaint", "badly_closed_complaint", "no_consent", "dismissed", "discontinued"]
REST = timedelta(days=30)
"""How long nothing is offered after a complaint that was closed badly."""


@dataclass(frozen=True, slots=True)
class Suppression:
    """product_id: only this product is left out; without it every one. until: where that is known."""

    reason: Because
    ticket_id: str | None = None
    product_id: str | None = None
    product_name: str | None = None
    since: datetime | None = None
    until: datetime | None = None

    def text(self, language: Language) -> str:
        """It as a sentence."""
        told = {"ticket": self.ticket_id, "product": self.product_name, "since": _day(self.since)}
        return str(_texts()[self.reason][language]).format(**told, until=_day(self.until))


def barred(row: Row, moment: datetime) -> tuple[Suppression, ...]:
    """Why nothing at all is offered to the customer of a row of `customer.parts`; empty: something may be."""
    return (*_complaints(row, moment), *_refused(row))


def is_barred(found: Iterable[Suppression]) -> bool:
    """Whether nothing at all is to be offered, by what `suppressions` found."""
    return any(one.product_id is None for one in found)


def suppressions(row: Row, moment: datetime) -> tuple[Suppression, ...]:
    """All of it: what bars every offer first, then the products that are left out."""
    dismissed = (_product("dismissed", one) for one in row["dismissals"])
    discontinued = (_product("discontinued", one) for one in row["discontinued"])
    return (*barred(row, moment), *dismissed, *discontinued)


def _complaints(row: Row, moment: datetime) -> Iterator[Suppression]:
    """Open complaints, and those that were closed badly within the rest."""
    middle = _middle(row["ratings"])
    for ticket in row["complaints"]:
        key, closed = ticket["ticket_id"], ticket["closed_at"]
        if closed is None or closed > moment:
            yield Suppression("open_complaint", key, since=ticket["opened_at"])
        elif closed > moment - REST and _badly(ticket, middle):
            yield Suppression("badly_closed_complaint", key, since=closed, until=closed + REST)


def _badly(ticket: Row, middle: float | None) -> bool:
    """Closed too late, or rated below the middle of the scale that ratings show."""
    rating = ticket["satisfaction"]
    return bool(ticket["sla_breached"]) or (middle is not None and rating is not None and rating < middle)


def _middle(ratings: list[str]) -> float | None:
    """Halfway between the worst and the best rating that any ticket got; None where there is none."""
    told = orjson.loads(ratings[0]) if ratings else {}
    return (told["worst"] + told["best"]) / 2 if told.get("worst") is not None else None


def _refused(row: Row) -> Iterator[Suppression]:
    """Where people are known there, and everybody refuses."""
    if row["refusals"] == [True]:
        yield Suppression("no_consent")


def _product(reason: Because, one: Row) -> Suppression:
    return Suppression(reason, None, one["product_id"], one["name"], one["since"], one.get("until"))


def _day(moment: datetime | None) -> str:
    return f"{moment:%Y-%m-%d}" if moment else "–"


def _texts() -> dict[str, Any]:
    return packaged_yaml("graph.offers", "suppressed.yml")
