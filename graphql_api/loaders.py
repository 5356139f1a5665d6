"""Batches over services that answer for several records at once."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any, TypeVar

from strawberry.dataloader import DataLoader

from graph.service import GraphStore
from graphql_api.execution.budget import Turns

T = TypeVar("T")
Many = Callable[..., Awaitable[Mapping[str, T]]]
"""A service that takes a store, ids (and more by name) and answers by id."""


class Loaders:
    """The loaders of one request: one per service and its other arguments."""

    def __init__(self, store: GraphStore, turns: Turns) -> None:
        self._store = store
        self._turns = turns
        self._loaders: dict[Any, DataLoader[str, Any]] = {}

    async def load(self, many: Many[T], record_id: str, **fixed: Any) -> T | None:
        """What `many` says of one record, asked together with the others of this request."""
        await self._turns.quiet()
        key = (many, tuple(sorted(fixed.items())))
        if key not in self._loaders:
            self._loaders[key] = self._loader(many, fixed)
        found: T | None = await self._loaders[key].load(record_id)
        return found

    def _loader(self, many: Many[T], fixed: Mapping[str, Any]) -> DataLoader[str, T | None]:
        async def batch(record_ids: list[str]) -> list[T | None]:
            found = await many(self._store, record_ids, **fixed)
            return [found.get(record_id) for record_id in record_ids]

        return DataLoader(load_fn=batch)
