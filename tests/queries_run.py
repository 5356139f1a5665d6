"""Which named queries a test made a store of this process run, and whether they had anything to answer.

Queries that another process runs (`cli`) are not seen: a known-answer test runs its query here.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import cypher
from cypher import Query
from graph.store.calls import Calls
from graph.store.metrics import Call

_call = Calls._call


class QueriesRun:
    """Names of the queries run since `clear`, split by whether they returned or wrote anything."""

    def __init__(self) -> None:
        self.answered: set[str] = set()
        self.empty: set[str] = set()

    def clear(self) -> None:
        self.answered.clear()
        self.empty.clear()

    def add(self, query: Query, rows: int) -> None:
        kind = self.answered if rows or query.access == "write" else self.empty
        kind |= names_of(query.name)

    def missing(self, names: tuple[str, ...]) -> str:
        """What is wrong with a test that says it knows the answers of these queries; "" where all ran."""
        silent = sorted(set(names) - self.answered)
        shown = (
            f"{name} returned no rows" if name in self.empty else f"{name} did not run" for name in silent
        )
        return ", ".join(shown)


def names_of(name: str) -> set[str]:
    """The files that a statement is made of: `customer.parts[tags,owners]`, a template and two fragments."""
    base, _, filled = name.partition("[")
    verbs = filled.rstrip("]").split(",")
    return {base, *(one for one in cypher.fragments() if one.partition(".")[2] in verbs)}


@contextmanager
def recorded(run: QueriesRun) -> Iterator[None]:
    """Have every store add what it runs to `run`."""

    @contextmanager
    def call(self: Calls, query: Query) -> Iterator[Call]:
        with _call(self, query) as counted:
            yield counted
        run.add(query, counted.rows)

    Calls._call = call  # type: ignore[method-assign] # put back below
    try:
        yield
    finally:
        Calls._call = _call  # type: ignore[method-assign]
