"""One WebSocket: who holds it, and what each operation over it runs with."""

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

from graphql import GraphQLError
from strawberry.exceptions import ConnectionRejectionError
from strawberry.types import ExecutionResult
from strawberry.types.execution import PreExecutionError

from graph.service import GraphStore
from graphql_api.audit.noting import Noting
from graphql_api.context import Context
from graphql_api.errors import ApiError, InvalidDocument, Reporter, Unauthenticated
from graphql_api.execution.asking import Asking
from graphql_api.live.feed import Feed
from graphql_api.security import Gate, Identity

Admitted = Callable[[Identity], Context]


class Connections:
    """Counts the sockets of each token, and of all."""

    def __init__(self, most: int, most_per_token: int) -> None:
        self._most = most
        self._most_per_token = most_per_token
        self._open: Counter[str] = Counter()

    @property
    def open(self) -> int:
        """How many there are."""
        return self._open.total()

    def enter(self, token_id: str) -> bool:
        """Count one more; False where there are enough."""
        if self._open.total() >= self._most or self._open[token_id] >= self._most_per_token:
            return False
        self._open[token_id] += 1
        return True

    def leave(self, token_id: str) -> None:
        """Count one less."""
        self._open[token_id] -= 1
        if self._open[token_id] <= 0:
            del self._open[token_id]


class Session:
    """What Strawberry takes for the context of a socket; operations get contexts of their own from it.

    The token comes as `authorization` (`Bearer …`) or `token` in the payload of `connection_init`; `purpose`
    there says why somebody asks.
    """

    def __init__(
        self, gate: Gate, admitted: Admitted, feed: Feed, connections: Connections, noting: Noting
    ) -> None:
        self._gate = gate
        self._admitted = admitted
        self._connections = connections
        self._noting = noting
        self._identity: Identity | None = None
        self.feed = feed
        self.connection_params: dict[str, Any] | None = None

    async def open(self) -> None:
        """Admit whoever sent the payload; raises ConnectionRejectionError, which closes with 4403."""
        given = self.connection_params or {}
        bare = given.get("token")
        text = f"Bearer {bare}" if bare else given.get("authorization", given.get("Authorization"))
        try:
            identity = self._gate.admit(text if isinstance(text, str) else None)
            await self._admitted(identity).rows.check()
        except ApiError as error:
            raise ConnectionRejectionError from error
        if not self._connections.enter(identity.token_id):
            raise ConnectionRejectionError
        self._identity = identity

    def close(self) -> None:
        """Give up its place."""
        if self._identity is not None:
            self._connections.leave(self._identity.token_id)
            self._identity = None

    @property
    def identity(self) -> Identity:
        """Whose it is; raises Unauthenticated before it was opened."""
        if self._identity is None:
            raise Unauthenticated("send `connection_init` with a token first")
        return self._identity

    async def check(self) -> None:
        """Raise Unauthenticated where the token was revoked, has expired, or its employee has left."""
        self._gate.by_id(self.identity.token_id)
        await self.context().rows.check()

    def context(self) -> Context:
        """A context for one operation, or for one event of a subscription."""
        made = self._admitted(self.identity)
        made.session = self
        return made

    def answered(self, asking: Asking, result: ExecutionResult) -> ExecutionResult:
        """A result whose errors bear codes; whom it tells of is noted."""
        if result.data is not None:
            given = (self.connection_params or {}).get("purpose")
            self._noting.note(self.identity, asking, "socket", given if isinstance(given, str) else None)
        return ExecutionResult(result.data, self._told(result.errors) if result.errors else None)

    def refused(self, errors: Sequence[GraphQLError]) -> ExecutionResult:
        """The end of a stream, and why."""
        cause = errors[0].original_error
        told = cause.errors if isinstance(cause, InvalidDocument) else errors
        return PreExecutionError(None, self._told(told))

    def _told(self, errors: Sequence[GraphQLError]) -> list[GraphQLError]:
        shown = Reporter(f"token {self.identity.token_id}", "subscription").reported(errors)
        return [
            GraphQLError(one["message"], path=one.get("path"), extensions=one["extensions"]) for one in shown
        ]

    @property
    def store(self) -> GraphStore:
        """Where the log is."""
        return self.context().store
