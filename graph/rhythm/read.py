"""The rhythm of purchases, read from the views of a history (`graph/sql/rhythm`)."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import duckdb

from graph.moment import naive
from graph.rhythm.repeat import KNOWN_DISTANCES, WINDOW_DAYS, beyond_chance, repeat_rhythm
from graph.sql import statement
from graph.sql.run import make, rows

KNOWN_GAPS = 4
"""Gaps between order days below which a customer has no rhythm. Of five gaps drawn from one distribution the
next is longer than all before with probability 1/6; it must be longer by half as much again, too."""
LONGER = 1.5
QUIET_DAYS = 400
"""A customer silent for longer has gone."""


@dataclass(frozen=True, slots=True)
class Quiet:
    """A customer that has been silent for longer than ever before."""

    customer_id: str
    name: str | None
    last_on: datetime
    silent: int
    """Days since the last order."""
    usual: float
    """Median days between order days."""
    longest: int
    days: int
    """Days with an order."""


@dataclass(frozen=True, slots=True)
class Due:
    """A product that a customer buys evenly, and the day on which the next purchase is to be expected."""

    customer_id: str
    name: str | None
    product_id: str
    product_name: str | None
    last_on: datetime
    due_on: datetime
    usual: float
    """Median days between purchases."""
    days: int
    """Days with a purchase."""


def make_rhythm(history: duckdb.DuckDBPyConnection, now: datetime) -> None:
    """Make the table `order_rhythm`: of customers with a rhythm the last order day and usual distances."""
    make(history, "order_rhythm", statement("rhythm.usual", now=naive(now), least=KNOWN_GAPS))


def going_quiet(history: duckdb.DuckDBPyConnection, now: datetime) -> list[Quiet]:
    """Customers silent for half as long again as ever before `now`, the most unusual first."""
    make_rhythm(history, now)
    asked = statement("rhythm.going_quiet", now=naive(now), factor=LONGER, window=QUIET_DAYS)
    return [Quiet(**row) for row in rows(history, asked)]


def repeat_purchases_due(history: duckdb.DuckDBPyConnection, now: datetime) -> list[Due]:
    """Purchases to be repeated within two weeks of `now`, or late by less than a distance; evenest first.

    Only what is more even than chance makes it among so many customers and products.
    """
    at = naive(now)
    since = at - timedelta(days=WINDOW_DAYS)
    asked = statement("rhythm.bought", now=at, since=since, least=KNOWN_DISTANCES + 1)
    told = [(repeat_rhythm(row.pop("days")), row) for row in rows(history, asked)]
    sure = beyond_chance([rhythm for rhythm, _ in told])
    due = [
        (rhythm, row)
        for rhythm, (_, row) in zip(sure, told, strict=True)
        if rhythm is not None and rhythm.is_due(at)
    ]
    due.sort(key=lambda one: (one[0].unevenness, -one[0].days, one[1]["customer_id"], one[1]["product_id"]))
    return [
        Due(**row, last_on=rhythm.last_on, due_on=rhythm.due_on, usual=rhythm.usual, days=rhythm.days)
        for rhythm, row in due
    ]
