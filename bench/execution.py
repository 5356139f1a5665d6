"""What answering costs beside resolvers and engine: `python -m bench.execution` (no engine needed).

The same document over the same schema: as Strawberry executes it by itself, and with the API's kept
documents, bounds and executor.
"""

import asyncio
from time import perf_counter

import strawberry

from graphql_api.config import Limits
from graphql_api.execution.asking import Asking
from graphql_api.execution.schema import BoundedSchema

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
    for name, schema in (
        ("Strawberry", strawberry.Schema(Query)),
        ("API", BoundedSchema(Query, limits=Limits())),
    ):
        started = perf_counter()
        for _ in range(REQUESTS):
            await schema.execute(TEXT, context_value=Asking(Limits()))
        print(f"{name:10} {1e6 * (perf_counter() - started) / REQUESTS:5.0f} µs per request")


if __name__ == "__main__":
    asyncio.run(main())
