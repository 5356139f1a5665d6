"""Branches: an inferred PARENT_OF from the company of each, withdrawn when nothing says so any more."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

import duckdb

from graph.batches import batches
from graph.branch import Branch, Company, find_branches
from graph.derive.facts import Derived, Standing, reconcile
from graph.derive.report import Counts
from graph.derive.scope import Since, ids
from graph.moment import in_utc, naive
from graph.search.number import domains_of
from graph.sql import statement
from graph.sql.run import first, rows
from graph.store import Store

PAGE = 2000
"""Customers whose standing links are read at once."""
Link = tuple[str, str]
"""Parent and branch."""


def derive_branches(
    store: Store,
    connection: duckdb.DuckDBPyConnection,
    since: Since | None,
    now: datetime,
    *,
    on: bool = True,
) -> tuple[Counts, set[str]]:
    """Make the inferred PARENT_OF hold exactly what names and tax numbers say at `now`.

    Returns what was done, and the customers of links that came or went. since: the last derive, where only
    what has changed since is looked at. Not `on`: none holds.
    """
    if since is not None and not _changed(connection, since, now):
        return Counts(), set()
    companies = {one.customer_id: one for one in _companies(connection)}
    standing = _standing(store, connection)
    found = find_branches(companies.values(), _stated(connection, now)) if on else []
    before = {fact["fact_id"]: Standing(("Customer", link[1]), fact) for link, fact in standing.items()}
    wanted = [_fact(one, companies, standing.get((one.parent_id, one.child_id)), now) for one in found]
    counts = reconcile(store, "PARENT_OF", wanted, before)
    moved = {(one.parent_id, one.child_id) for one in found} ^ standing.keys()
    return counts, {customer for link in moved for customer in link}


def _changed(connection: duckdb.DuckDBPyConnection, since: Since, now: datetime) -> bool:
    found = first(connection, statement("branch.changed", before=naive(since.now), now=naive(now)))
    return bool(found and found[0])


def _companies(connection: duckdb.DuckDBPyConnection) -> Iterator[Company]:
    for row in rows(connection, statement("branch.companies")):
        addresses = (*(row.pop("domains") or ()), row.pop("website") or "")
        sites = frozenset(domain for address in addresses for domain in domains_of(address)[-1:])
        created = row.pop("created_at")
        yield Company(**row, domains=sites, created_at=in_utc(created) if created else None)


def _stated(connection: duckdb.DuckDBPyConnection, now: datetime) -> list[Link]:
    return [
        (row["parent"], row["child"]) for row in rows(connection, statement("branch.stated", now=naive(now)))
    ]


def _standing(store: Store, connection: duckdb.DuckDBPyConnection) -> dict[Link, Mapping[str, Any]]:
    """What a derive left, of customers that have ended, too."""
    return {
        (row["start_id"], row["end_id"]): row["fact"]
        for page in batches(ids(connection, statement("branch.every")), PAGE)
        for row in store.read("derive.standing_branches", customer_ids=page)
    }


def _fact(
    one: Branch, companies: Mapping[str, Company], standing: Mapping[str, Any] | None, now: datetime
) -> Derived:
    """The link, since both records are there; where no source says when, since the derive that found it."""
    parent, child = (companies[each].created_at for each in (one.parent_id, one.child_id))
    if parent is not None and child is not None and max(parent, child) <= now:
        begun = max(parent, child)
    else:
        begun = now if standing is None else standing["valid_from"]
    return Derived(
        type="PARENT_OF",
        start=("Customer", one.parent_id),
        end=("Customer", one.child_id),
        source_key=one.method,
        props={
            "method": one.method,
            "confidence": one.confidence,
            "valid_from": begun,
            "known_from": begun,
            "evidence": (f"Customer:{one.child_id}", f"Customer:{one.parent_id}"),
            "evidence_count": 2,
        },
    )
