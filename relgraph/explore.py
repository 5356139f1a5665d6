"""A few whole-graph views for notebooks, as plain rows that pandas takes as they are."""

from datetime import datetime
from typing import Any

from graph.store import Store


def accounts(store: Store, limit: int = 10) -> list[dict[str, Any]]:
    """The accounts of which we know the most people: `customer_id, name, people, ours`."""
    return store.read("explore.accounts", limit=limit)


def ties(store: Store, customer_id: str, now: datetime) -> list[dict[str, Any]]:
    """Who of us knows whom at one customer, strongest first, strength (0…1) as of `now`.

    Columns: `employee_id, employee, contact_id, contact, strength, interactions, last_at`.
    """
    return store.read("explore.ties", customer_id=customer_id, now=now.isoformat())


def risks(store: Store, now: datetime, task: str = "churn") -> list[dict[str, Any]]:
    """The newest score as of `now` or before of every customer that has one, highest first.

    Columns: `customer_id, name, industry, probability, band, as_of`. Empty before `relgraph score`.
    """
    return store.read("explore.risks", task=task, now=now.isoformat())


def knows(store: Store, now: datetime) -> list[dict[str, Any]]:
    """Every tie of one of us with one of theirs that everybody may see, with its strength (0…1) as of `now`.

    Columns: `employee_id, employee, contact_id, contact, strength, interactions, last_at`.
    """
    return store.read("explore.knows", now=now.isoformat())
