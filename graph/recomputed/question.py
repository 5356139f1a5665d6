"""What is asked twice: of a service, and of the history."""

from collections.abc import Callable, Coroutine, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from graph.moment import naive
from graph.profile.model import Colleague, Deal, Orders, Owner, Tickets
from graph.profile.parts import PartName
from graph.profile.read import ProfileRequest, profiles
from graph.receivable import open_invoices
from graph.service import GraphStore

Answer = tuple[Any, ...]
"""Plain values in a fixed order, so that both sides can be compared."""
Answers = Mapping[str, Answer]
"""By customer; one without an answer has nothing of the kind."""
Serve = Callable[[GraphStore, Sequence[str], datetime], Coroutine[Any, Any, Answers]]


@dataclass(frozen=True, slots=True)
class Question:
    """`serve` asks the service that the API asks; `recomputed.<name>` is the statement of the other way.

    rows: whether an answer has a row per record, else it is one row of figures.
    """

    name: str
    serve: Serve
    rows: bool = True


def _of_part(part: PartName, read: Callable[[Any], Answer | None]) -> Serve:
    """The part of a profile as plain values; None where the customer has nothing of it."""

    async def serve(store: GraphStore, customers: Sequence[str], now: datetime) -> Answers:
        found = await profiles(
            store, customer_ids=customers, request=ProfileRequest(now, parts=frozenset({part}))
        )
        read_of = {key: read(one.parts[part]) for key, one in found.items()}
        return {key: value for key, value in read_of.items() if value}

    return serve


async def _receivables(store: GraphStore, customers: Sequence[str], now: datetime) -> Answers:
    found: dict[str, list[Answer]] = {}
    for one in await open_invoices(store, customers, now):
        found.setdefault(one.customer_id, []).append((one.invoice_id, rounded(one.owed)))
    return {key: tuple(sorted(rows)) for key, rows in found.items()}


def rounded(amount: float | None) -> float | None:
    """To the cent, as sums differ by the order of adding."""
    return None if amount is None else round(amount, 2)


def _orders(one: Orders) -> Answer | None:
    moments = [naive(at) if at else None for at in (one.first_at, one.last_at)]
    return (one.orders, one.returns, *moments) if one.orders or one.returns else None


def _sums(one: Orders) -> Answer:
    sums = [(each.currency, rounded(each.amount)) for each in one.amounts]
    return tuple(sorted(sums, key=lambda each: each[0] or "~"))


def _tickets(one: Tickets) -> Answer | None:
    return (one.total, one.open, one.breached) if one.total else None


def _owners(some: Sequence[Owner]) -> Answer:
    return tuple(sorted((one.employee_id, naive(one.since)) for one in some))


def _contacts(some: Sequence[Colleague]) -> Answer:
    return tuple(sorted((one.contact_id, naive(one.since) if one.since else None) for one in some))


def _deals(some: Sequence[Deal]) -> Answer:
    return tuple(sorted((one.opportunity_id, one.stage, one.amount, one.outcome) for one in some))


def _talks(figures: Mapping[str, Any] | None) -> Answer | None:
    at = figures["last_contact_at"] if figures else None
    return (naive(at),) if at else None


QUESTIONS: tuple[Question, ...] = (
    Question("orders", _of_part("orders", _orders), rows=False),
    Question("sums", _of_part("orders", _sums)),
    Question("tickets", _of_part("tickets", _tickets), rows=False),
    Question("owners", _of_part("owners", _owners)),
    Question("contacts", _of_part("contacts", _contacts)),
    Question("deals", _of_part("deals", _deals)),
    Question("receivables", _receivables),
    Question("talks", _of_part("figures", _talks), rows=False),
)
"""Each figure of an account that is counted, added up or listed; `talks`: when we were last in touch."""
