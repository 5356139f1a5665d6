"""A Strawberry schema that executes documents within bounds: kept documents, measured, shaped."""

from collections.abc import Iterable
from inspect import isawaitable
from typing import Any

import strawberry
from graphql import execute
from strawberry.types import ExecutionResult
from strawberry.types.graphql import OperationType

from graphql_api.config import Limits
from graphql_api.errors import NotByGet
from graphql_api.execution.asking import Asking
from graphql_api.execution.bounds import admit
from graphql_api.execution.documents import Documents
from graphql_api.execution.executor import ShapingExecutor


class BoundedSchema(strawberry.Schema):
    """Strawberry's schema with `execute` of our own.

    Strawberry's own parses and validates each request again, and its chain of extensions costs more than all
    bounds together (decision record 0006).
    """

    def __init__(
        self, query: type, mutation: type | None = None, *, limits: Limits, introspection: bool = True
    ) -> None:
        super().__init__(query, mutation)
        self._limits = limits
        self._documents = Documents(self._schema, limits, introspection=introspection)

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
        asking.document = document = await self._documents.of(query or "")
        asking.operation = operation = document.operation(operation_name)
        if (
            allowed_operation_types
            and OperationType(operation.operation.value) not in allowed_operation_types
        ):
            raise NotByGet("a mutation changes data; send it by POST")
        admit(self._schema, document, operation, variable_values or {}, self._limits)
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
