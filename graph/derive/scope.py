"""What a derive looks at: everything, or what changed or came of age since the last, found set-wise."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

import duckdb
import pyarrow as pa

from graph.moment import naive
from graph.sql import Sql, statement
from graph.sql.run import append, execute, make

EVERYBODY = statement("tie.everybody")


class History(Protocol):
    """What a derive needs of `graph.history.History`."""

    @property
    def connection(self) -> duckdb.DuckDBPyConnection:
        """The connection with the views of the tables."""

    @property
    def position(self) -> int:
        """The newest load that it holds; 0 where the graph has no change log."""

    @property
    def complete_since(self) -> int:
        """The earliest position for which `changed_since` can answer."""

    def changed_since(self, position: int) -> duckdb.DuckDBPyRelation:
        """What later loads put or removed: `kind, label, key, other_label, other_key`."""


@dataclass(frozen=True, slots=True)
class Since:
    """The last derive: its position in the change log, and its now."""

    position: int
    now: datetime


@dataclass(frozen=True, slots=True)
class Scope:
    """Whom to look at: customers, people (`label, id`) for their ties, buyers (`customer_id`), contacts."""

    since: Since | None
    """None: everything is looked at."""
    customers: list[str]
    people: Sql
    buyers: Sql
    contacts: list[str]
    """Those whose chains may have changed; none where everything is looked at."""


def whole(connection: duckdb.DuckDBPyConnection) -> Scope:
    """Everything."""
    return Scope(None, live_customers(connection), EVERYBODY, statement("touched.live"), [])


def touched(history: History, since: Since, now: datetime) -> Scope:
    """What later loads changed, and what became past, began, ended or became known by `now`."""
    connection, times = history.connection, {"before": naive(since.now), "now": naive(now)}
    history.changed_since(since.position).create_view("changed_since", replace=True)
    make(connection, "changed", statement("touched.changed"))
    make(connection, "touched_interactions", statement("touched.interactions", **times))
    make(connection, "touched_people", statement("touched.people"))
    make(connection, "touched_contacts", statement("touched.contacts", **times))
    return Scope(
        since=since,
        customers=ids(connection, statement("touched.customers", **times)),
        people=statement("touched.known_people"),
        buyers=statement("touched.buyers", **times),
        contacts=ids(connection, statement("touched.known_contacts")),
    )


def live_customers(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """Customers that their sources still name."""
    return ids(connection, statement("touched.live"))


def staff_of(connection: duckdb.DuckDBPyConnection, groups: Iterable[list[str]]) -> Sql:
    """The query of the contacts who work or worked at these customers."""
    customers = pa.table({"customer_id": pa.array([one for group in groups for one in group], pa.string())})
    append(connection, "grouped_customers", customers, anew=True)
    return statement("touched.staff")


def joined(connection: duckdb.DuckDBPyConnection, customers: Iterable[str], now: datetime) -> list[list[str]]:
    """The customers in groups that share staff or reporting lines, whole: with customers that join them."""
    links = execute(connection, statement("touched.joined", now=naive(now))).fetchall()
    group_of = _groups(links)
    groups: dict[str, list[str]] = {}
    for customer in customers:
        members = group_of.get(customer, [customer])
        groups.setdefault(members[0], members)
    return [groups[first] for first in sorted(groups)]


def _groups(links: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    """Everybody's connected group, sorted."""
    neighbours: dict[str, set[str]] = defaultdict(set)
    for one, other in links:
        neighbours[one].add(other)
        neighbours[other].add(one)
    group_of: dict[str, list[str]] = {}
    for start in neighbours:
        if start not in group_of:
            group = sorted(_reached(start, neighbours))
            group_of.update(dict.fromkeys(group, group))
    return group_of


def _reached(start: str, neighbours: dict[str, set[str]]) -> set[str]:
    reached, open_ends = {start}, [start]
    while open_ends:
        further = neighbours[open_ends.pop()] - reached
        reached |= further
        open_ends += further
    return reached


def packed(groups: Iterable[list[str]], size: int) -> Iterator[list[str]]:
    """Whole groups together in batches of at most `size`; a larger group is a batch of its own."""
    batch: list[str] = []
    for group in groups:
        if batch and len(batch) + len(group) > size:
            yield batch
            batch = []
        batch = batch + group
    if batch:
        yield batch


def ids(connection: duckdb.DuckDBPyConnection, query: Sql) -> list[str]:
    """The first column of a query."""
    return [row[0] for row in execute(connection, query).fetchall()]
