"""Service in numbers as of a past day, from the tickets as they stood then."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from itertools import groupby
from operator import itemgetter
from statistics import fmean

from graph.model import Ticket
from graph.record_version import own_values_as_of
from graph.service import GraphStore, Row


async def tickets_as_of(
    store: GraphStore, customer_ids: Sequence[str], moment: datetime, recent: datetime
) -> Mapping[str, Row]:
    """Each customer's tickets in numbers, as `customer_part.tickets` counts those of today.

    `recent` begins the last half year.
    """
    rows = await store.read("customer.tickets", customer_ids=list(customer_ids), as_of=moment.isoformat())
    then = await own_values_as_of(store, Ticket, (row["ticket"]["ticket_id"] for row in rows), moment)
    tickets = {
        customer_id: [then.of(row["ticket"]) for row in found]
        for customer_id, found in groupby(rows, key=itemgetter("customer_id"))
    }
    return {
        customer_id: _in_numbers(tickets.get(customer_id, ()), moment, recent) for customer_id in customer_ids
    }


def _in_numbers(stated: Iterable[Row], moment: datetime, recent: datetime) -> Row:
    tickets = [ticket for ticket in stated if ticket["opened_at"] <= moment]
    closed = [ticket for ticket in tickets if ticket["closed_at"] and ticket["closed_at"] <= moment]
    rated = [ticket["satisfaction"] for ticket in closed if ticket["satisfaction"] is not None]
    return {
        "total": len(tickets),
        "open": len(tickets) - len(closed),
        "breached": sum(bool(ticket["sla_breached"]) for ticket in tickets),
        "recent": sum(ticket["opened_at"] > recent for ticket in tickets),
        "satisfaction": fmean(rated) if rated else None,
        "last_opened_at": max((ticket["opened_at"] for ticket in tickets), default=None),
    }
