"""Literals of documents, taken out as variables: documents that differ in them alone are parsed once.

A document is first read by its tokens: what stands between them does not count, and a number or a string in a
selection is a place where any other of its kind may stand. Documents of equal tokens share one parsed
document, whose literals are variables; each brings the values of its own. What cannot be taken out so (a
literal where the schema has no plain type, several operations, fields that answer under one name with
different literals) is kept by its whole text.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from graphql import (
    DefinitionNode,
    DocumentNode,
    FieldNode,
    FloatValueNode,
    FragmentDefinitionNode,
    GraphQLError,
    GraphQLInputObjectType,
    GraphQLInputType,
    GraphQLScalarType,
    GraphQLSchema,
    InlineFragmentNode,
    IntValueNode,
    Lexer,
    ListTypeNode,
    ListValueNode,
    NamedTypeNode,
    NameNode,
    NonNullTypeNode,
    ObjectValueNode,
    OperationDefinitionNode,
    SelectionNode,
    SelectionSetNode,
    Source,
    StringValueNode,
    ValueNode,
    VariableDefinitionNode,
    VariableNode,
    get_named_type,
    get_nullable_type,
    is_composite_type,
    is_list_type,
    is_non_null_type,
)

NAME = "_literal"
"""How the variables begin; a document that uses the word itself is kept by its text."""
_TOKEN = re.compile(
    r'(?P<text>"""(?:\\"""|[^"]|"(?!""))*"""|"(?:[^"\\\n\r]|\\.)*")'
    r"|(?P<number>-?(?:0|[1-9][0-9]*)(?P<rest>(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?)(?![A-Za-z_0-9.]))"
    r"|(?P<word>[A-Za-z_][A-Za-z_0-9]*|\.\.\.)"
    r"|(?P<blank>[\ufeff \t\n\r,]+|#[^\n\r]*)"
    r"|(?P<sign>.)",
    re.DOTALL,
)
Convert = Callable[[str], Any]
"""From a literal as it is written to the value of its variable; raises GraphQLError."""


@dataclass(frozen=True, slots=True)
class Tokens:
    """A document by its tokens: what it has in common with others, and its own literals as written."""

    key: str
    literals: tuple[str, ...]


def tokens(text: str) -> Tokens:
    """The tokens of a text, which need not be a document."""
    parts: list[str] = []
    literals: list[str] = []
    braces = parens = 0
    for found in _TOKEN.finditer(text):
        kind, token = found.lastgroup, found.group()
        if kind == "blank":
            continue
        if kind in ("text", "number") and braces:
            literals.append(token)
            token = f"\0{kind if kind == 'text' or not found['rest'] else 'float'}"
        elif kind == "sign":
            if token == "(" and not braces:
                parens += 1
            elif token == ")" and not braces:
                parens -= 1
            elif not parens:
                braces += (token == "{") - (token == "}")
        parts.append(token)
    return Tokens(" ".join(parts), tuple(literals))


def lifted(schema: GraphQLSchema, document: DocumentNode) -> tuple[DocumentNode, tuple[Convert, ...]] | None:
    """The document with variables instead of literals, and how each literal is read, in their order.

    None where that cannot be done.
    """
    operations = [part for part in document.definitions if isinstance(part, OperationDefinitionNode)]
    if len(operations) != 1:
        return None
    lift = _Lift(schema)
    try:
        parts = [lift.part(part) for part in document.definitions]
    except _Left:
        return None
    whole = tuple(
        replace(part, variable_definitions=(*(part.variable_definitions or ()), *lift.definitions))
        if isinstance(part, OperationDefinitionNode)
        else part
        for part in parts
    )
    return replace(document, definitions=whole), tuple(lift.converts)


class _Left(Exception):
    """A literal that cannot be a variable."""


class _Lift:
    """Copies what holds a literal; all else stays the same node."""

    def __init__(self, schema: GraphQLSchema) -> None:
        self._schema = schema
        self.definitions: list[VariableDefinitionNode] = []
        self.converts: list[Convert] = []

    def part(self, part: DefinitionNode) -> DefinitionNode:
        """An operation or a fragment; raises _Left for another definition."""
        if isinstance(part, OperationDefinitionNode):
            root = self._schema.get_root_type(part.operation)
            return replace(part, selection_set=self._selected(root, part.selection_set))
        if isinstance(part, FragmentDefinitionNode):
            of = self._schema.get_type(part.type_condition.name.value)
            return replace(part, selection_set=self._selected(of, part.selection_set))
        raise _Left

    def _selected(self, parent: Any, selected: SelectionSetNode) -> SelectionSetNode:
        found = tuple(self._selection(parent, node) for node in selected.selections)
        return replace(selected, selections=found)

    def _selection(self, parent: Any, node: SelectionNode) -> SelectionNode:
        if isinstance(node, FieldNode):
            return self._field(parent, node) if node.arguments or node.selection_set else node
        if isinstance(node, InlineFragmentNode):
            condition = node.type_condition
            of = self._schema.get_type(condition.name.value) if condition else parent
            return replace(node, selection_set=self._selected(of, node.selection_set))
        return node

    def _field(self, parent: Any, node: FieldNode) -> FieldNode:
        field = self._schema.get_field(parent, node.name.value) if is_composite_type(parent) else None
        if field is None or any(given.name.value not in field.args for given in node.arguments or ()):
            raise _Left  # validating the whole says what is wrong
        arguments = tuple(
            replace(given, value=self._value(given.value, field.args[given.name.value].type))
            for given in node.arguments or ()
        )
        inner = node.selection_set
        if inner is not None:
            inner = self._selected(get_named_type(field.type), inner)
        return replace(node, arguments=arguments, selection_set=inner)

    def _value(self, value: ValueNode, kind: GraphQLInputType) -> ValueNode:
        if isinstance(value, StringValueNode | IntValueNode | FloatValueNode):
            return self._variable(value, kind)
        bare = get_nullable_type(kind)
        if isinstance(value, ListValueNode):
            if not is_list_type(bare):
                raise _Left
            return replace(value, values=tuple(self._value(one, bare.of_type) for one in value.values))
        return self._object(value, bare) if isinstance(value, ObjectValueNode) else value

    def _object(self, value: ObjectValueNode, kind: Any) -> ObjectValueNode:
        named = get_named_type(kind)
        if not isinstance(named, GraphQLInputObjectType):
            raise _Left
        if any(given.name.value not in named.fields for given in value.fields):
            raise _Left
        fields = tuple(
            replace(given, value=self._value(given.value, named.fields[given.name.value].type))
            for given in value.fields
        )
        return replace(value, fields=fields)

    def _variable(self, value: ValueNode, kind: GraphQLInputType) -> VariableNode:
        self.converts.append(_convert(value, get_named_type(kind)))
        name = NameNode(value=f"{NAME}{len(self.definitions)}", loc=value.loc)
        variable = VariableNode(name=name, loc=value.loc)
        wanted = NonNullTypeNode(type=_type_node(get_nullable_type(kind)))
        self.definitions.append(
            VariableDefinitionNode(variable=variable, type=wanted, directives=(), loc=value.loc)
        )
        return variable


def _type_node(bare: Any) -> NamedTypeNode | ListTypeNode:
    """How a type that may be null is written."""
    if not is_list_type(bare):
        return NamedTypeNode(name=NameNode(value=bare.name))
    item = bare.of_type
    inner = _type_node(get_nullable_type(item))
    return ListTypeNode(type=NonNullTypeNode(type=inner) if is_non_null_type(item) else inner)


def _convert(value: ValueNode, named: Any) -> Convert:
    """How the literal of this kind and type is read; what its type does not take is left to validating."""
    if isinstance(value, StringValueNode) and isinstance(named, GraphQLScalarType):
        if named.name not in ("Int", "Float", "Boolean"):
            return _text
    elif isinstance(value, IntValueNode) and named.name in ("Int", "Float", "ID"):
        return str if named.name == "ID" else int
    elif isinstance(value, FloatValueNode) and named.name == "Float":
        return float
    raise _Left


def _text(token: str) -> str:
    if token.startswith('"""') or "\\" in token:
        return str(Lexer(Source(token)).advance().value)
    return token[1:-1]


def relocated(error: GraphQLError, text: str) -> GraphQLError:
    """An error of a shared document, at the places of the text that was sent."""
    nodes = [node for node in error.nodes or () if node.loc]
    if not nodes:
        return error
    own, shared = _starts(text), _starts(nodes[0].loc.source.body)  # type: ignore[union-attr]  # has one
    places = [own[bisect_right(shared, node.loc.start) - 1] for node in nodes]  # type: ignore[union-attr]
    return GraphQLError(
        error.message, None, Source(text), places, error.path, error.original_error, error.extensions
    )


def _starts(text: str) -> Sequence[int]:
    return list(_begun(text))


def _begun(text: str) -> Iterator[int]:
    return (found.start() for found in _TOKEN.finditer(text) if found.lastgroup != "blank")
