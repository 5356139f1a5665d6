"""The bounds of a request: what is too costly is not executed."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from graphql import GraphQLSchema, OperationDefinitionNode, OperationType
from graphql.execution import VariableValues, get_variable_values

from graphql_api.config import Limits
from graphql_api.errors import BadInput, InvalidDocument, TooCostly
from graphql_api.execution.documents import Document
from graphql_api.execution.measure import Measure, Size

_ROOTS = {
    OperationType.QUERY: "Query",
    OperationType.MUTATION: "Mutation",
    OperationType.SUBSCRIPTION: "Subscription",
}
_SIZES_KEPT = 64
_NONE = VariableValues({}, {})


class Admitted(NamedTuple):
    """What an operation may cost, and its variables as they were coerced to their types."""

    cost: int
    variables: VariableValues


def admit(
    schema: GraphQLSchema,
    document: Document,
    operation: OperationDefinitionNode,
    given: dict[str, Any],
    limits: Limits,
) -> Admitted:
    """What is executed; raises TooCostly or BadInput where a bound is passed, InvalidDocument for variables.

    Page sizes are those that will be executed: after the variables were coerced to their types.
    """
    variables = _coerced(schema, operation, given, limits)
    return Admitted(_cost(schema, document, operation, variables.coerced, limits), variables)


def _cost(
    schema: GraphQLSchema,
    document: Document,
    operation: OperationDefinitionNode,
    variables: Mapping[str, Any],
    limits: Limits,
) -> int:
    name = operation.name.value if operation.name else None
    if (known := document.allowed.get(_sizes(document, name, variables))) is not None:
        return known
    measure = Measure(schema, document.fragments, variables)
    size = measure.of(_ROOTS[operation.operation], operation.selection_set)
    check(size, measure.pages, limits)
    document.pages[name] = frozenset(measure.page_variables)
    if len(document.allowed) < _SIZES_KEPT:
        document.allowed[_sizes(document, name, variables)] = size.cost
    return size.cost


def _sizes(document: Document, name: str | None, variables: Mapping[str, Any]) -> tuple[Any, ...]:
    """What the cost of an operation depends on: the values of its variables that are page sizes."""
    pages = document.pages.get(name, frozenset())
    return (name, *((page, variables.get(page)) for page in sorted(pages)))


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
) -> VariableValues:
    if not operation.variable_definitions:
        return _NONE
    values = get_variable_values(schema, operation.variable_definitions, given)
    if isinstance(values, list):
        raise InvalidDocument(values)
    states = operation.operation is OperationType.MUTATION
    longest = limits.max_stated_text if states else limits.max_text
    for name, value in values.coerced.items():
        if _longest_text(value) > longest:
            raise BadInput(f"`${name}` holds a text of more than {longest} characters")
    return values


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
    return longest
