"""How costly a document is, before anything is fetched.

Cost is an upper bound: one per object the answer may hold, plus the declared weight of every field that asks
the store. A list counts `first` times, or its declared bound if it has no `first`. Aliases count each; named
fragments are measured once and remembered, so that fragments nested to explode cost no time.

Every field is one value of the answer, and its name takes bytes each time. The lists of introspection count
once here: how much they hold is counted while the answer is built (see `graphql_api.execution.budget`).
"""

from collections.abc import Mapping
from typing import Any, NamedTuple

from graphql import (
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLField,
    GraphQLSchema,
    InlineFragmentNode,
    IntValueNode,
    SelectionNode,
    SelectionSetNode,
    ValueNode,
    VariableNode,
    get_named_type,
    get_nullable_type,
    is_introspection_type,
    is_leaf_type,
    is_list_type,
)

UNDECLARED_LIST = 10
PAGE = "first"


class Size(NamedTuple):
    """Cost in objects and weights, values, and the bytes that their names take."""

    cost: int = 0
    values: int = 0
    name_bytes: int = 0


NOTHING = Size()


def costs(weight: int = 0, many: int = UNDECLARED_LIST) -> dict[str, int]:
    """Field metadata: the `weight` of what it asks the store, and how `many` items its list holds at most."""
    return {"weight": weight, "many": many}


class Measure:
    """Measures one operation; `variables` decide the page sizes that the document leaves open."""

    def __init__(
        self,
        schema: GraphQLSchema,
        fragments: Mapping[str, FragmentDefinitionNode],
        variables: Mapping[str, Any],
    ) -> None:
        self._schema = schema
        self._fragments = fragments
        self._variables = variables
        self._remembered: dict[str, Size] = {}
        self.pages: list[Any] = []
        """Every page size met, to be checked against the largest allowed."""
        self.page_variables: set[str] = set()
        """The variables among them."""

    def of(self, parent: str, selected: SelectionSetNode | None) -> Size:
        """Size of a selection set on the type named `parent`."""
        sizes = [self._node(parent, node) for node in selected.selections] if selected else []
        return Size(
            sum(size.cost for size in sizes),
            sum(size.values for size in sizes),
            sum(size.name_bytes for size in sizes),
        )

    def _node(self, parent: str, node: SelectionNode) -> Size:
        if isinstance(node, FieldNode):
            return self._field(parent, node)
        if isinstance(node, InlineFragmentNode):
            inner = node.type_condition.name.value if node.type_condition else parent
            return self.of(inner, node.selection_set)
        if isinstance(node, FragmentSpreadNode):
            return self._spread(node.name.value)
        return NOTHING

    def _spread(self, name: str) -> Size:
        if name not in self._remembered:
            fragment = self._fragments[name]
            self._remembered[name] = self.of(fragment.type_condition.name.value, fragment.selection_set)
        return self._remembered[name]

    def _field(self, parent: str, node: FieldNode) -> Size:
        owner = self._schema.type_map[parent]
        field = self._schema.get_field(owner, node.name.value)  # type: ignore[arg-type]  # validated: has fields
        if field is None:
            return NOTHING
        named = get_named_type(field.type)
        inside = self.of(named.name, node.selection_set)
        each = inside.cost + (0 if is_leaf_type(named) else 1)
        declared = _declared(field)
        times = 1 if is_introspection_type(named) else self._times(field, node, declared)
        name = len((node.alias or node.name).value)
        return Size(
            declared.get("weight", 0) + times * each,
            1 + times * inside.values,
            name + times * inside.name_bytes,
        )

    def _times(self, field: GraphQLField, node: FieldNode, declared: Mapping[str, int]) -> int:
        if PAGE in field.args:
            return self._page(field, node)
        if is_list_type(get_nullable_type(field.type)):
            return declared.get("many", UNDECLARED_LIST)
        return 1

    def _page(self, field: GraphQLField, node: FieldNode) -> int:
        given = argument(node, PAGE)
        if isinstance(given, VariableNode):
            self.page_variables.add(given.name.value)
        page = page_size(field, node, self._variables)
        self.pages.append(page)
        return page if isinstance(page, int) else 1


def argument(node: FieldNode, name: str) -> ValueNode | None:
    """The value written for an argument."""
    return next((given.value for given in node.arguments or () if given.name.value == name), None)


def page_size(field: GraphQLField, node: FieldNode, variables: Mapping[str, Any]) -> Any:
    """What `first` of a field that has one will be: as written, as the variable says, or the default."""
    given = argument(node, PAGE)
    if isinstance(given, IntValueNode):
        return int(given.value)
    default = field.args[PAGE].default_value
    return variables.get(given.name.value, default) if isinstance(given, VariableNode) else default


def _declared(field: GraphQLField) -> Mapping[str, int]:
    definition = field.extensions.get("strawberry-definition")
    return getattr(definition, "metadata", {}) or {}
