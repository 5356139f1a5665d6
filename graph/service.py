"""How a service is written and called: a coroutine function whose first argument is the store it asks.

    async def resolve(store: GraphStore, label: str, any_id: str) -> str: ...

    await resolve(store, "Customer", "erp:C1")        # with an asynchronous store: the API
    run_sync(store, resolve, "Customer", "erp:C1")    # with a synchronous one: commands, notebooks, tests

A service waits for nothing but its store, so a synchronous store, which answers at once, brings it to its end
in one step. Therefore services use no event loop: no `gather`, no timeouts, no task groups.
"""

from collections.abc import Callable, Coroutine, Mapping, Sequence
from typing import Any, Concatenate, ParamSpec, Protocol, TypeVar

from cypher import Query

P = ParamSpec("P")
T = TypeVar("T")
Row = dict[str, Any]


class Written(Protocol):
    """What a write gives back."""

    @property
    def rows(self) -> list[Row]:
        """Rows the write returned."""
        ...


class GraphStore(Protocol):
    """What a service needs of a store: queries by name, or composed."""

    async def read(self, query: str | Query, /, **params: Any) -> list[Row]:
        """All rows of a read query."""
        ...

    async def write(self, query: str | Query, /, **params: Any) -> Written:
        """Run a write query in one transaction."""
        ...


def taken(query: Query, given: Mapping[str, Any]) -> dict[str, Any]:
    """Those of the values that are parameters of the query."""
    return {name: value for name, value in given.items() if name in query.params}


Statements = Sequence[tuple[Query, Sequence[Mapping[str, Any]]]]
"""Write queries that take `rows`, each with its rows."""


class WholeStore(GraphStore, Protocol):
    """A store that also writes several statements at once, for what moves records whole."""

    async def write_all(self, query: str | Query, rest: Statements, /, **params: Any) -> Written:
        """Run a write query and, where it returns rows, the rest: all in one transaction."""
        ...


class BlockingStore(Protocol):
    """The same of a store that blocks until the answer is there."""

    def read(self, query: str | Query, /, **params: Any) -> list[Row]:
        """All rows of a read query."""
        ...

    def write(self, query: str | Query, /, **params: Any) -> Written:
        """Run a write query in one transaction."""
        ...

    def write_all(self, query: str | Query, rest: Statements, /, **params: Any) -> Written:
        """Run a write query and, where it returns rows, the rest: all in one transaction."""
        ...


class ServiceWaited(RuntimeError):
    """A service waited for something other than its store; a defect of the service."""

    def __init__(self, service: str) -> None:
        super().__init__(
            f"{service} waited for something other than its store; "
            "services may only await store calls and other services"
        )


def run_sync(
    store: BlockingStore,
    service: Callable[Concatenate["_Immediate", P], Coroutine[Any, Any, T]],
    *args: P.args,
    **kwargs: P.kwargs,
) -> T:
    """What `service` answers, asked of a synchronous store. Raises ServiceWaited."""
    return at_once(service(_Immediate(store), *args, **kwargs))


def at_once(call: Coroutine[Any, Any, T]) -> T:
    """What a coroutine returns that waits for nothing; raises ServiceWaited where it waits."""
    try:
        call.send(None)
    except StopIteration as done:
        answer: T = done.value
        return answer
    finally:
        call.close()
    raise ServiceWaited(getattr(call, "__qualname__", str(call)))


class _Immediate:
    """A blocking store behind the asynchronous face: it has answered by the time it is awaited."""

    def __init__(self, store: BlockingStore) -> None:
        self._store = store

    async def read(self, query: str | Query, /, **params: Any) -> list[Row]:
        return self._store.read(query, **params)

    async def write(self, query: str | Query, /, **params: Any) -> Written:
        return self._store.write(query, **params)

    async def write_all(self, query: str | Query, rest: Statements, /, **params: Any) -> Written:
        return self._store.write_all(query, rest, **params)
