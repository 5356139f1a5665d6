"""The rules of account alerts: each a statement over the history, for all customers at once."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import duckdb
import orjson

from graph.moment import naive
from graph.sql import Sql, statement
from graph.sql.run import make, rows

METHOD = "account-rules-1"
OVERDUE_DAYS, OVERDUE_GRAVE_DAYS = 30, 90
TICKET_DAYS, LEAST_TICKETS = (30, 90), 3
ORDER_DAYS, LEAST_ORDERS = tuple(range(90, 361, 30)), 4
"""Days to look at, the shortest first. Where 4 orders are to be expected, none has a chance of 1.8% (exp -4);
where fewer are, no count is unusually low."""
YEAR_DAYS = 365
UNUSUAL = 3.0
"""Standard errors of a Poisson count above which tickets are unusually many."""
FALLING = 0.025
"""Chance at or below which so few orders are unusually few."""
DEAL_GRAVE_DAYS = 60
RENEWAL_DAYS = 90

KINDS = (
    "invoice_overdue", "tickets_piling_up", "ticket_breaching", "orders_falling", "deal_past_close",
    "renewal_with_weak_ties",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Finding:
    """A rule that holds for a customer, or for one record (`subject`, a typed id) of it."""

    kind: str
    customer_id: str
    subject: str | None
    since: datetime
    """Naive UTC."""
    severity: str
    figures: dict[str, Any]
    evidence: tuple[str, ...]


def find(connection: duckdb.DuckDBPyConnection, now: datetime) -> Iterator[Finding]:
    """All findings at `now`, over the views of a history; renewals are found whatever the ties there."""
    make(connection, "alert_customer", statement("alert.customers"))
    for kind, query in _rules(naive(now)):
        yield from [_finding(kind, row) for row in rows(connection, query)]


def _rules(now: datetime) -> Iterator[tuple[str, Sql]]:
    yield (
        "invoice_overdue",
        statement("alert.invoice_overdue", now=now, patience=OVERDUE_DAYS, grave=OVERDUE_GRAVE_DAYS),
    )
    tickets = _counted(now, TICKET_DAYS, LEAST_TICKETS)
    yield "tickets_piling_up", statement("alert.tickets_piling_up", **tickets, errors=UNUSUAL)
    yield "ticket_breaching", statement("alert.ticket_breaching", now=now)
    orders = _counted(now, ORDER_DAYS, LEAST_ORDERS)
    yield "orders_falling", statement("alert.orders_falling", **orders, chance=FALLING)
    yield "deal_past_close", statement("alert.deal_past_close", now=now, grave=DEAL_GRAVE_DAYS)
    yield "renewal_with_weak_ties", statement("alert.renewals", now=now, ahead=RENEWAL_DAYS)


def _counted(now: datetime, windows: tuple[int, ...], least: int) -> dict[str, Any]:
    return {"now": now, "windows": list(windows), "year": YEAR_DAYS, "least": least}


def _finding(kind: str, row: dict[str, Any]) -> Finding:
    return Finding(
        kind, row["customer_id"], row["subject"], row["since"], row["severity"], orjson.loads(row["figures"]),
        tuple(row["evidence"]),
    )  # fmt: skip
