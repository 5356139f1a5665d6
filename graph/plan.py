"""Plans: what a question asks of the store, written once for the synchronous and the asynchronous store.

A plan is a generator that yields `Ask` values and is sent the rows of each; what it returns is the answer.
So a service holds its rules in one place and touches neither kind of store.
"""

from collections.abc import Generator, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol, TypeVar

from cypher import Query

T = TypeVar("T")
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Ask:
    """One query, by name or composed, with its parameters; `write` runs it in a write transaction."""

    query: str | Query
    params: Mapping[str, Any] = field(default_factory=dict)
    write: bool = False


Plan = Generator[Ask, list[Row], T]
"""Yields asks, is sent rows, returns an answer of type T."""


class Written(Protocol):
    """What a write gives back."""

    @property
    def rows(self) -> list[Row]:
        """Rows the write returned."""
        ...


class Reader(Protocol):
    """The part of the synchronous store that plans need."""

    def read(self, asked: str | Query, /, **params: Any) -> list[Row]:
        """Rows of a read query."""
        ...

    def write(self, asked: str | Query, /, **params: Any) -> Written:
        """Run a write query."""
        ...


class AsyncReader(Protocol):
    """The part of the asynchronous store that plans need."""

    async def read(self, asked: str | Query, /, **params: Any) -> list[Row]:
        """Rows of a read query."""
        ...

    async def write(self, asked: str | Query, /, **params: Any) -> Written:
        """Run a write query."""
        ...


def run(store: Reader, plan: Plan[T]) -> T:
    """The answer of `plan`, asked of a synchronous store."""
    try:
        ask = next(plan)
        while True:
            params = dict(ask.params)
            rows = store.write(ask.query, **params).rows if ask.write else store.read(ask.query, **params)
            ask = plan.send(rows)
    except StopIteration as done:
        answer: T = done.value
        return answer


async def arun(store: AsyncReader, plan: Plan[T]) -> T:
    """The answer of `plan`, asked of an asynchronous store."""
    try:
        ask = next(plan)
        while True:
            params = dict(ask.params)
            rows = (
                (await store.write(ask.query, **params)).rows
                if ask.write
                else await store.read(ask.query, **params)
            )
            ask = plan.send(rows)
    except StopIteration as done:
        answer: T = done.value
        return answer
