"""Parsed, validated and measured documents, kept by their text."""

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from graphql import (
    DocumentNode,
    FragmentDefinitionNode,
    GraphQLError,
    GraphQLSchema,
    IntValueNode,
    OperationDefinitionNode,
    OperationType,
    parse,
    validate,
)

from graphql_api.config import Limits
from graphql_api.errors import BadInput
from graphql_api.execution.shape import Shapes
from graphql_api.limits import Measure, check

_ROOTS = {OperationType.QUERY: "Query", OperationType.MUTATION: "Mutation"}
_SIZES_KEPT = 64


class Invalid(Exception):
    """The document does not parse or does not fit the schema."""

    def __init__(self, errors: list[GraphQLError]) -> None:
        super().__init__("invalid document")
        self.errors = errors


@dataclass(slots=True)
class Plan:
    """A document that may be executed, and the page sizes it was already allowed with."""

    schema: GraphQLSchema
    document: DocumentNode
    shapes: Shapes
    allowed: set[tuple[Any, ...]] = field(default_factory=set)

    def admit(self, operation_name: str | None, variables: Mapping[str, Any], limits: Limits) -> None:
        """Raise TooDeep, TooCostly or BadInput where the operation passes a bound."""
        whole = {name: value for name, value in variables.items() if isinstance(value, int)}
        key = (operation_name, *sorted(whole.items()))
        if key in self.allowed:
            return
        self._measure(self._operation(operation_name), whole, limits)
        if len(self.allowed) < _SIZES_KEPT:
            self.allowed.add(key)

    def _measure(
        self, operation: OperationDefinitionNode, variables: Mapping[str, Any], limits: Limits
    ) -> None:
        measure = Measure(self.schema, _fragments(self.document), _defaults(operation) | dict(variables))
        size = measure.of(_ROOTS[operation.operation], operation.selection_set)
        check(size, measure.pages, limits)

    def _operation(self, name: str | None) -> OperationDefinitionNode:
        operations = [node for node in self.document.definitions if isinstance(node, OperationDefinitionNode)]
        named = [node for node in operations if name is None or (node.name and node.name.value == name)]
        if len(named) != 1:
            raise BadInput("say by `operationName` which operation of the document to run")
        return named[0]


class Plans:
    """Keeps the plans of the last documents; a document seen before is neither parsed nor validated again."""

    def __init__(self, schema: GraphQLSchema, limits: Limits) -> None:
        self._schema = schema
        self._limits = limits
        self._plans: OrderedDict[str, Plan] = OrderedDict()

    def plan(self, text: str) -> Plan:
        """The plan of a document; raises Invalid."""
        found = self._plans.get(text)
        if found is None:
            found = self._plans[text] = self._made(text)
            if len(self._plans) > self._limits.plans:
                self._plans.popitem(last=False)
        else:
            self._plans.move_to_end(text)
        return found

    def _made(self, text: str) -> Plan:
        try:
            document = parse(text, max_tokens=self._limits.max_tokens)
        except GraphQLError as error:
            raise Invalid([error]) from error
        errors = validate(self._schema, document, max_errors=10)
        if errors:
            raise Invalid(errors)
        return Plan(self._schema, document, Shapes(_fragments(document)))


def _fragments(document: DocumentNode) -> dict[str, FragmentDefinitionNode]:
    return {
        node.name.value: node for node in document.definitions if isinstance(node, FragmentDefinitionNode)
    }


def _defaults(operation: OperationDefinitionNode) -> dict[str, Any]:
    values = {node.variable.name.value: node.default_value for node in operation.variable_definitions or ()}
    return {name: int(node.value) for name, node in values.items() if isinstance(node, IntValueNode)}
