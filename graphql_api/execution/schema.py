"""A Strawberry schema that executes documents within bounds: kept documents, measured, shaped."""

from collections.abc import AsyncGenerator, Iterable, Sequence
from contextlib import aclosing
from copy import copy
from inspect import isawaitable
from typing import Any, Protocol, Self

import strawberry
from graphql import ExecutionResult as CoreResult
from graphql import GraphQLError, OperationDefinitionNode, create_source_event_stream
from graphql import OperationType as Operations
from strawberry.schema.config import StrawberryConfig
from strawberry.types import ExecutionResult
from strawberry.types.graphql import OperationType

from graphql_api.config import Limits
from graphql_api.errors import EXPECTED, BadInput, FieldRefused, InvalidDocument, NotByGet
from graphql_api.execution.asking import Asking
from graphql_api.execution.bounds import admit
from graphql_api.execution.documents import Asked, Documents
from graphql_api.execution.executor import ShapingExecutor
from graphql_api.execution.inputs import Names, plan_inputs
from graphql_api.execution.literals import relocated
from graphql_api.tracing import Span, Tracer, default_tracer, span


class Contexts(Protocol):
    """What streams operations: makes a context for each, and says errors as callers are told them."""

    def context(self) -> Asking:
        """A context of its own for one event."""

    def answered(self, asking: Asking, result: ExecutionResult) -> ExecutionResult:
        """A result whose errors bear codes; whom it tells of is noted."""

    def refused(self, errors: Sequence[GraphQLError]) -> ExecutionResult:
        """The end of a stream, and why."""


def described(opened: Span, asking: Asking) -> None:
    """Say in a span which operation it is."""
    opened.set_attribute("graphql.document.hash", asking.executing().digest)
    opened.set_attribute("relgraph.cost", asking.cost or 0)
    if asking.document_name:
        opened.set_attribute("graphql.operation.name", asking.document_name)


async def executed(executor: ShapingExecutor) -> CoreResult:
    """The result of the operation."""
    running: Any = executor.execute_operation()
    result: CoreResult = await running if isawaitable(running) else running
    return result


def told(result: CoreResult, asking: Asking, text: str) -> ExecutionResult:
    """A result whose errors stand where they are in the text that was sent."""
    errors = result.errors
    if errors and asking.executing().converts:
        errors = [relocated(error, text) for error in errors]
    return ExecutionResult(result.data, errors)


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
        super().__init__(query, mutation, subscription, config=StrawberryConfig(name_converter=Names()))
        plan_inputs(self)
        self._bind(limits, introspection=introspection, registered=registered, tracer=tracer)

    def within(
        self,
        limits: Limits,
        *,
        introspection: bool = True,
        registered: frozenset[str] | None = None,
        tracer: Tracer | None = None,
    ) -> Self:
        """The same types within other bounds; documents are kept apart. Making types anew takes 0.2 s."""
        made = copy(self)
        made._bind(limits, introspection=introspection, registered=registered, tracer=tracer)
        return made

    def _bind(
        self, limits: Limits, *, introspection: bool, registered: frozenset[str] | None, tracer: Tracer | None
    ) -> None:
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
        text = query or ""
        asked, operation = await self._asked(asking, text, operation_name)
        if operation.operation is Operations.SUBSCRIPTION:
            raise BadInput("a subscription goes over a WebSocket, in the protocol graphql-transport-ws")
        if (
            allowed_operation_types
            and OperationType(operation.operation.value) not in allowed_operation_types
        ):
            raise NotByGet("a mutation changes data; send it by POST")
        executor = await self._admitted(asking, asked, operation, text, variable_values or {}, root_value)
        with span(self._tracer, f"{operation.operation.value} {asking.root_field}") as opened:
            described(opened, asking)
            result = await executed(executor)
        return told(result, asking, text)

    async def _asked(
        self, asking: Asking, text: str, operation_name: str | None
    ) -> tuple[Asked, OperationDefinitionNode]:
        """The document and the operation to execute, noted in the context; raises an ApiError."""
        asked = await self.documents.asked(text)
        asking.document = asked.document
        asking.operation = operation = asked.document.operation(operation_name)
        return asked, operation

    async def _admitted(
        self,
        asking: Asking,
        asked: Asked,
        operation: OperationDefinitionNode,
        text: str,
        given: dict[str, Any],
        root_value: Any = None,
    ) -> ShapingExecutor:
        """What executes the operation, once it is within bounds; raises an ApiError.

        Where a literal does not fit its type, the document is read whole, which says so at its place.
        """
        document, variables = asked.document, {**given, **asked.literals}
        try:
            admitted = admit(self._schema, document, operation, variables, self._limits)
        except InvalidDocument:
            if not asked.literals:
                raise
            document, name = await self.documents.of(text), operation.name.value if operation.name else None
            asking.document, operation = document, document.operation(name)
            asking.operation = operation
            admitted = admit(self._schema, document, operation, given, self._limits)
        asking.cost = admitted.cost
        return ShapingExecutor.of(self._schema, asking, operation, admitted.variables, root_value)

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
        asking, text = contexts.context(), query or ""
        asked, operation = await self._asked(asking, text, name)
        if operation.operation is not Operations.SUBSCRIPTION:
            raise BadInput("over a WebSocket go subscriptions alone; send queries and mutations by POST")
        executor = await self._admitted(asking, asked, operation, text, given or {})
        if asking.grant.refuses("Subscription", asking.root_field):
            raise FieldRefused(asking.grant.role, f"Subscription.{asking.root_field}")
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
        asking, text = contexts.context(), query or ""
        asked, operation = await self._asked(asking, text, name)
        executor = await self._admitted(asking, asked, operation, text, given or {}, event)
        return contexts.answered(asking, told(await executed(executor), asking, text))
