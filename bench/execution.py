"""What answering costs beside resolvers and engine: `python -m bench.execution` (no engine needed).

The same document over the same schema, by Strawberry's own `Schema.execute` and by the API's executor.
"""

import asyncio
from time import perf_counter

import strawberry

from graphql_api.config import Limits
from graphql_api.execution import Executor, Question

REQUESTS = 500
TEXT = "{ items(first: 4) { number } }"


@strawberry.type
class Item:
    """A small object."""

    number: int


@strawberry.type
class Query:
    """One list."""

    @strawberry.field
    async def items(self, first: int = 4) -> list[Item]:
        """The first items."""
        return [Item(number=number) for number in range(first)]


async def main() -> None:
    """Print microseconds per request, both ways."""
    schema = strawberry.Schema(Query)
    executor = Executor(schema, Limits())
    started = perf_counter()
    for _ in range(REQUESTS):
        await schema.execute(TEXT)
    between = perf_counter()
    for _ in range(REQUESTS):
        await executor.answer(Question(TEXT, None, {}), None)
    ended = perf_counter()
    print(f"Schema.execute {1e6 * (between - started) / REQUESTS:.0f} µs per request")
    print(f"API executor   {1e6 * (ended - between) / REQUESTS:.0f} µs per request")


if __name__ == "__main__":
    asyncio.run(main())
