"""The bounds of a request, as a Strawberry extension: what is too deep or too costly is not executed."""

from collections.abc import Iterator
from typing import Any, Protocol

import strawberry
from graphql import GraphQLSchema, OperationDefinitionNode, OperationType
from graphql.execution import get_variable_values
from strawberry.extensions import SchemaExtension

from graphql_api.config import Limits
from graphql_api.errors import BadInput, InvalidDocument, TooCostly, TooDeep
from graphql_api.execution.documents import Document, Documents
from graphql_api.execution.executor import ShapingExecutor
from graphql_api.execution.measure import Measure, Size

_ROOTS = {OperationType.QUERY: "Query", OperationType.MUTATION: "Mutation"}
_SIZES_KEPT = 64


class Asking(Protocol):
    """What execution needs of the context of a request."""

    operation_name: str | None
    """As the request gave it."""
    document: Document | None
    """Set when the document was found or parsed."""


class Bounds(SchemaExtension):
    """Takes the document from the cache, and refuses an operation that passes a bound.

    Strawberry parses and validates only what no extension has: `on_parse` sets a document that was validated
    when it first came, and an empty list of errors.
    """

    def __init__(self, documents: Documents, limits: Limits) -> None:
        super().__init__()
        self._documents = documents
        self._limits = limits

    def on_parse(self) -> Iterator[None]:
        """Raises InvalidDocument, or BadInput where it is open which operation to run."""
        request, schema = self.execution_context, self.execution_context.schema._schema
        asking: Asking = request.context
        document = asking.document = self._documents.of(request.query or "", schema)
        operation = document.operation(asking.operation_name)
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
    """Raise TooDeep, TooCostly or BadInput where the operation passes a bound, InvalidDocument for variables.

    Page sizes are those that will be executed: after the variables were coerced to their types.
    """
    variables = _coerced(schema, operation, given)
    sizes = {name: value for name, value in variables.items() if isinstance(value, int)}
    key = (operation.name and operation.name.value, *sorted(sizes.items()))
    if key in document.allowed:
        return
    measure = Measure(schema, document.fragments, sizes)
    check(measure.of(_ROOTS[operation.operation], operation.selection_set), measure.pages, limits)
    if len(document.allowed) < _SIZES_KEPT:
        document.allowed.add(key)


def check(size: Size, pages: list[Any], limits: Limits) -> None:
    """Raise TooDeep, TooCostly or BadInput where a bound is passed; say the bound and what to do."""
    for page in pages:
        if isinstance(page, int) and not 1 <= page <= limits.max_page:
            raise BadInput(f"`first: {page}` is outside 1…{limits.max_page}; ask for several pages instead")
    if size.depth > limits.max_depth:
        raise TooDeep(
            f"the query nests {size.depth} levels, at most {limits.max_depth} are allowed; split it"
        )
    if size.cost > limits.max_cost:
        raise TooCostly(
            f"the answer could cost {size.cost}, at most {limits.max_cost} is allowed; ask for smaller pages"
        )


def _coerced(
    schema: GraphQLSchema, operation: OperationDefinitionNode, given: dict[str, Any]
) -> dict[str, Any]:
    if not operation.variable_definitions:
        return {}
    values = get_variable_values(schema, operation.variable_definitions, given)
    if isinstance(values, list):
        raise InvalidDocument(values)
    return values.coerced


def bounded_schema(limits: Limits, query: type, mutation: type | None = None) -> strawberry.Schema:
    """A schema that is executed within these limits, with a document cache of its own."""
    documents = Documents(limits)
    return strawberry.Schema(
        query,
        mutation,
        extensions=[lambda: Bounds(documents, limits)],
        execution_context_class=ShapingExecutor,
    )
