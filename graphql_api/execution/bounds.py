"""The bounds of a request, as a Strawberry extension: what is too deep or too costly is not executed."""

from collections.abc import AsyncIterator
from typing import Any

import strawberry
from graphql import GraphQLSchema, OperationDefinitionNode, OperationType
from graphql.execution import get_variable_values
from strawberry.extensions import SchemaExtension
from strawberry.types.graphql import OperationType as StrawberryOperation

from graphql_api.config import Limits
from graphql_api.errors import BadInput, InvalidDocument, NotByGet, TooCostly
from graphql_api.execution.asking import Asking
from graphql_api.execution.documents import Document, Documents
from graphql_api.execution.executor import ShapingExecutor
from graphql_api.execution.measure import Measure, Size

_ROOTS = {OperationType.QUERY: "Query", OperationType.MUTATION: "Mutation"}
_SIZES_KEPT = 64


class Bounds(SchemaExtension):
    """Takes the document from the cache, and refuses an operation that passes a bound.

    Strawberry parses and validates only what no extension has: `on_parse` sets a document that was validated
    when it first came, and an empty list of errors.
    """

    def __init__(self, documents: Documents, limits: Limits) -> None:
        super().__init__()
        self._documents = documents
        self._limits = limits

    async def on_parse(self) -> AsyncIterator[None]:
        """Raises InvalidDocument, NotByGet or TooCostly; BadInput where it is open which operation to run."""
        request, schema = self.execution_context, self.execution_context.schema._schema
        asking: Asking = request.context
        await self._documents.prepare(request.query or "", schema)
        document = asking.document = self._documents.of(request.query or "", schema)
        operation = asking.operation = document.operation(asking.operation_name)
        if StrawberryOperation(operation.operation.value) not in request.allowed_operations:
            raise NotByGet("a mutation changes data; send it by POST")
        admit(schema, document, operation, request.variables or {}, self._limits)
        request.graphql_document, request.pre_execution_errors = document.node, []
        yield


def admit(
    schema: GraphQLSchema,
    document: Document,
    operation: OperationDefinitionNode,
    given: dict[str, Any],
    limits: Limits,
) -> None:
    """Raise TooCostly or BadInput where the operation passes a bound, InvalidDocument for variables.

    Page sizes are those that will be executed: after the variables were coerced to their types.
    """
    variables = _coerced(schema, operation, given, limits)
    sizes = {name: value for name, value in variables.items() if isinstance(value, int)}
    key = (operation.name and operation.name.value, *sorted(sizes.items()))
    if key in document.allowed:
        return
    measure = Measure(schema, document.fragments, sizes)
    check(measure.of(_ROOTS[operation.operation], operation.selection_set), measure.pages, limits)
    if len(document.allowed) < _SIZES_KEPT:
        document.allowed.add(key)


def check(size: Size, pages: list[Any], limits: Limits) -> None:
    """Raise TooCostly or BadInput where a bound is passed; say the bound and what to do."""
    for page in pages:
        if isinstance(page, int) and not 1 <= page <= limits.max_page:
            raise BadInput(f"`first: {page}` is outside 1…{limits.max_page}; ask for several pages instead")
    if size.cost > limits.max_cost:
        raise TooCostly(
            f"the answer could cost {size.cost}, at most {limits.max_cost} is allowed; ask for smaller pages"
        )
    if size.values > limits.max_values:
        raise TooCostly(
            f"the answer could hold {size.values} values, at most {limits.max_values} are allowed; "
            "ask for smaller pages or fewer fields"
        )
    if size.name_bytes > limits.max_answer_bytes:
        raise TooCostly(
            f"the names alone could take {size.name_bytes} bytes of the answer, at most "
            f"{limits.max_answer_bytes} are allowed; choose shorter aliases"
        )


def _coerced(
    schema: GraphQLSchema, operation: OperationDefinitionNode, given: dict[str, Any], limits: Limits
) -> dict[str, Any]:
    if not operation.variable_definitions:
        return {}
    values = get_variable_values(schema, operation.variable_definitions, given)
    if isinstance(values, list):
        raise InvalidDocument(values)
    for name, value in values.coerced.items():
        if _longest_text(value) > limits.max_text:
            raise BadInput(f"`${name}` holds a text of more than {limits.max_text} characters")
    return values.coerced


def _longest_text(value: Any) -> int:
    """Characters of the longest text in a coerced value."""
    longest, left = 0, [value]
    while left:
        one = left.pop()
        if isinstance(one, str):
            longest = max(longest, len(one))
        elif isinstance(one, list):
            left += one
        elif isinstance(one, dict):
            left += one.values()
        elif hasattr(one, "__strawberry_definition__"):
            left += vars(one).values()
    return longest


class _Schema(strawberry.Schema):
    def process_errors(self, *_: Any) -> None:
        """Strawberry would log every error with its traceback; the endpoint logs those nobody expected."""


def bounded_schema(
    limits: Limits, query: type, mutation: type | None = None, *, introspection: bool = True
) -> strawberry.Schema:
    """A schema that is executed within these limits, with a document cache of its own."""
    documents = Documents(limits, introspection=introspection)
    return _Schema(
        query,
        mutation,
        extensions=[lambda: Bounds(documents, limits)],
        execution_context_class=ShapingExecutor,
    )
