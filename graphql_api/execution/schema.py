"""A Strawberry schema that executes documents within bounds: kept documents, measured, shaped."""

from collections.abc import AsyncGenerator, Iterable, Sequence
from contextlib import aclosing
from inspect import isawaitable
from typing import Any, Protocol

import strawberry
from graphql import GraphQLError, OperationDefinitionNode, create_source_event_stream, execute
from graphql import OperationType as Operations
from strawberry.types import ExecutionResult
from strawberry.types.graphql import OperationType

from graphql_api.config import Limits
from graphql_api.errors import EXPECTED, BadInput, FieldRefused, NotByGet
from graphql_api.execution.asking import Asking
from graphql_api.execution.bounds import admit
from graphql_api.execution.documents import Document, Documents
from graphql_api.execution.executor import ShapingExecutor
from graphql_api.tracing import Span, Tracer, default_tracer, span


class Contexts(Protocol):
    """What streams operations: makes a context for each, and says errors as callers are told them."""

    def context(self) -> Asking:
        """A context of its own for one event."""

    def answered(self, asking: Asking, result: ExecutionResult) -> ExecutionResult:
        """A result whose errors bear codes; whom it tells of is noted."""

    def refused(self, errors: Sequence[GraphQLError]) -> ExecutionResult:
        """The end of a stream, and why."""


def described(opened: Span, asking: Asking, document: Document) -> None:
    """Say in a span which operation it is."""
    opened.set_attribute("graphql.document.hash", document.digest)
    opened.set_attribute("relgraph.cost", asking.cost or 0)
    if asking.document_name:
        opened.set_attribute("graphql.operation.name", asking.document_name)


class BoundedSchema(strawberry.Schema):
    """Strawberry's schema with `execute` of our own.

    Strawberry's own parses and validates each request again, and its chain of extensions costs more than all
    bounds together (decision record 0006).
    """

    def __init__(
        self,
        query: type,
        mutation: type | None = None,
        subscription: type | None = None,
        *,
        limits: Limits,
        introspection: bool = True,
        registered: frozenset[str] | None = None,
        tracer: Tracer | None = None,
    ) -> None:
        super().__init__(query, mutation, subscription)
        self._limits = limits
        self._tracer = tracer or default_tracer()
        self.documents = Documents(self._schema, limits, introspection=introspection, registered=registered)

    async def execute(
        self,
        query: str | None,
        variable_values: dict[str, Any] | None = None,
        context_value: Any = None,
        root_value: Any = None,
        operation_name: str | None = None,
        allowed_operation_types: Iterable[OperationType] | None = None,
        operation_extensions: dict[str, Any] | None = None,  # noqa: ARG002 - Strawberry's signature
    ) -> ExecutionResult:
        """The result of one operation; raises an ApiError where it is refused. The context is an `Asking`."""
        asking: Asking = context_value
        document, operation = await self._admitted(asking, query, operation_name)
        if operation.operation is Operations.SUBSCRIPTION:
            raise BadInput("a subscription goes over a WebSocket, in the protocol graphql-transport-ws")
        if (
            allowed_operation_types
            and OperationType(operation.operation.value) not in allowed_operation_types
        ):
            raise NotByGet("a mutation changes data; send it by POST")
        asking.cost = admit(self._schema, document, operation, variable_values or {}, self._limits)
        with span(self._tracer, f"{operation.operation.value} {asking.root_field}") as opened:
            described(opened, asking, document)
            running = execute(
                self._schema,
                document.node,
                root_value,
                asking,
                variable_values,
                operation_name,
                executor_class=ShapingExecutor,
            )
            result = await running if isawaitable(running) else running
        return ExecutionResult(result.data, result.errors)

    async def _admitted(
        self, asking: Asking, query: str | None, operation_name: str | None
    ) -> tuple[Document, OperationDefinitionNode]:
        """The document and the operation to execute, noted in the context; raises an ApiError."""
        asking.document = document = await self.documents.of(query or "")
        asking.operation = operation = document.operation(operation_name)
        return document, operation

    async def stream(
        self,
        query: str | None,
        variable_values: dict[str, Any] | None = None,
        context_value: Any = None,
        root_value: Any = None,  # noqa: ARG002 - Strawberry's signature
        operation_name: str | None = None,
        operation_extensions: dict[str, Any] | None = None,  # noqa: ARG002 - Strawberry's signature
        allowed_operation_types: Iterable[OperationType] | None = None,  # noqa: ARG002 - subscriptions only
    ) -> AsyncGenerator[ExecutionResult, None]:
        """The events of a subscription, each executed within bounds of its own; nothing else goes this way.

        The context makes contexts: a `Contexts`.
        """
        return self._streamed(context_value, query, variable_values, operation_name)

    async def _streamed(
        self, contexts: Contexts, query: str | None, given: dict[str, Any] | None, name: str | None
    ) -> AsyncGenerator[ExecutionResult, None]:
        try:
            events = await self._events(contexts, query, given, name)
            async with aclosing(events):
                async for event in events:
                    yield await self._executed(contexts, query, given, name, event)
        except GraphQLError as error:
            yield contexts.refused([error])
        except EXPECTED as error:
            yield contexts.refused([GraphQLError(str(error), original_error=error)])

    async def _events(
        self, contexts: Contexts, query: str | None, given: dict[str, Any] | None, name: str | None
    ) -> AsyncGenerator[Any, None]:
        """What the subscription's resolver yields; raises an ApiError or a GraphQLError."""
        asking = contexts.context()
        document, operation = await self._admitted(asking, query, name)
        if operation.operation is not Operations.SUBSCRIPTION:
            raise BadInput("over a WebSocket go subscriptions alone; send queries and mutations by POST")
        admit(self._schema, document, operation, given or {}, self._limits)
        if asking.grant.refuses("Subscription", asking.root_field):
            raise FieldRefused(asking.grant.role, f"Subscription.{asking.root_field}")
        executor = ShapingExecutor.build(self._schema, document.node, None, asking, given, name)
        if isinstance(executor, list):
            raise executor[0]
        stream = create_source_event_stream(executor)
        found: Any = await stream if isawaitable(stream) else stream
        if not hasattr(found, "__aiter__"):
            raise found.errors[0]
        events: AsyncGenerator[Any, None] = found
        return events

    async def _executed(
        self,
        contexts: Contexts,
        query: str | None,
        given: dict[str, Any] | None,
        name: str | None,
        event: Any,
    ) -> ExecutionResult:
        """The answer to one event."""
        asking = contexts.context()
        document, _ = await self._admitted(asking, query, name)
        running = execute(
            self._schema, document.node, event, asking, given, name, executor_class=ShapingExecutor
        )
        result = await running if isawaitable(running) else running
        return contexts.answered(asking, ExecutionResult(result.data, result.errors))
