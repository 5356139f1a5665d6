"""Writes what a resolver returned straight into the answer, where nothing beneath it has to be resolved.

graphql-core walks an answer value by value (about 20 µs each) to find out at every field what its type is and
whether it must be awaited. Where all fields selected beneath a value are plain attributes, that is known once
per document, so the selection is made into one function. A field with a resolver takes part where it says how
to find its value in what was read already (`READY`). What that function is not sure of (a null that may not
be, a value of another type, anything that raises) is left to graphql-core, which says what is wrong.
"""

import dataclasses
from collections.abc import Callable, Iterator, Mapping, Sequence
from operator import attrgetter
from typing import Any, NamedTuple

from graphql import (
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLField,
    GraphQLLeafType,
    GraphQLObjectType,
    GraphQLOutputType,
    InlineFragmentNode,
    SelectionNode,
    get_named_type,
    is_leaf_type,
    is_list_type,
    is_non_null_type,
    is_object_type,
    is_scalar_type,
)
from graphql.execution.values import VariableValues, get_argument_values
from strawberry.types.field import StrawberryField

from graphql_api.access.grant import UNBOUND, Grant
from graphql_api.access.mask import Mask
from graphql_api.audit.persons import PLACES, Place, Subjects
from graphql_api.execution.taken import reader

LONG_LIST = 100
"""Items from which on a list is written in slices, so that others get a turn in between."""
READY = "ready"
"""Key of a field's metadata: how its value is found in what was read already, by the arguments' names.

The function takes the object and the arguments; it raises Unsure where the value has to be resolved.
"""

Fragments = dict[str, FragmentDefinitionNode]


class Unsure(Exception):
    """This value, or this selection, is better left to graphql-core."""


@dataclasses.dataclass(slots=True)
class Asked:
    """What one request brings to the shapes of its document."""

    subjects: Subjects
    """Of whom the answer tells personal data, so far."""
    variables: VariableValues
    _arguments: dict[int, Mapping[str, Any]] = dataclasses.field(default_factory=dict)

    def arguments(self, kind: GraphQLField, node: FieldNode) -> Mapping[str, Any]:
        """The values of a field's arguments, defaults too, by name."""
        key = id(node)
        if key not in self._arguments:
            self._arguments[key] = get_argument_values(kind, node, self.variables)
        return self._arguments[key]


Shape = Callable[[Any, Asked], Any]
"""From a resolver's value to plain JSON-like data, noting of whom it tells personal data; raises Unsure."""


class Shapes:
    """The shapes of one document, made when first asked for; None where graphql-core has to walk."""

    def __init__(self, fragments: Fragments, grant: Grant = UNBOUND) -> None:
        self._grant = grant
        self._fragments = fragments
        self._made: dict[tuple[int, ...], Shape | None] = {}

    def of(self, kind: GraphQLOutputType, nodes: Sequence[FieldNode]) -> Shape | None:
        """How to answer fields of this type with these selections."""
        key = (id(kind), *map(id, nodes))
        if key not in self._made:
            try:
                self._made[key] = self._shape(kind, nodes)
            except Unsure:
                self._made[key] = None
        return self._made[key]

    def _shape(self, kind: GraphQLOutputType, nodes: Sequence[FieldNode]) -> Shape:
        if is_non_null_type(kind):
            return _present(self._shape(kind.of_type, nodes))
        if is_list_type(kind):
            return _each(self._shape(kind.of_type, nodes))
        if is_leaf_type(kind):
            return _leaf(kind)
        if is_object_type(kind):
            return self._object(kind, nodes)
        raise Unsure(kind)

    def _object(self, kind: GraphQLObjectType, nodes: Sequence[FieldNode]) -> Shape:
        selected: dict[str, list[FieldNode]] = {}
        for node in nodes:
            for field in self._fields(kind, node.selection_set.selections if node.selection_set else ()):
                selected.setdefault(field.alias.value if field.alias else field.name.value, []).append(field)
        record = self._record(kind, selected)
        place = PLACES.get(kind.name)
        names = place.names({nodes[0].name.value for nodes in selected.values()}) if place else ()
        return _telling(place, names, record) if place and names else record

    def _record(self, kind: GraphQLObjectType, selected: Mapping[str, list[FieldNode]]) -> Shape:
        """Of an object of the type, or of a domain's value that it would be a copy of."""
        origin = _origin(kind)
        fields = {name: self._field(kind, nodes) for name, nodes in selected.items()}
        written = {origin: [(name, field.read, field.shape) for name, field in fields.items()]}
        taken = [(name, field.taken, field.shape) for name, field in fields.items() if field.taken]
        if len(taken) == len(fields):
            written |= dict.fromkeys(getattr(origin, "FROM", ()), taken)
        return _record(written)

    def _fields(self, kind: GraphQLObjectType, selections: Sequence[SelectionNode]) -> Iterator[FieldNode]:
        """The fields selected, those of fragments in their place; conditions are left to graphql-core."""
        for node in selections:
            if node.directives:
                raise Unsure(node)
            if isinstance(node, FieldNode):
                yield node
                continue
            fragment = self._fragment(node)
            condition = fragment.type_condition
            if fragment.directives or (condition and condition.name.value != kind.name):
                raise Unsure(kind)
            yield from self._fields(kind, fragment.selection_set.selections)

    def _fragment(self, node: SelectionNode) -> FragmentDefinitionNode | InlineFragmentNode:
        if isinstance(node, FragmentSpreadNode):
            return self._fragments[node.name.value]
        if isinstance(node, InlineFragmentNode):
            return node
        raise Unsure(node)

    def _field(self, kind: GraphQLObjectType, nodes: Sequence[FieldNode]) -> "_Field":
        name = nodes[0].name.value
        if name == "__typename":
            return _Field(lambda _: kind.name, _as_it_is, lambda _: kind.name)
        if self._grant.refuses(kind.name, name):
            raise Unsure(name)
        of = kind.fields[name]
        stated = of.extensions.get("strawberry-definition")
        if not isinstance(stated, StrawberryField):
            raise Unsure(name)
        ready, shape = stated.metadata.get(READY), self._shape(of.type, nodes)
        mask = self._grant.masks.get((kind.name, name))
        shape = shape if mask is None else _masked(mask, shape)
        if ready is not None:
            return _Field(_itself, _found(ready, of, nodes[0], shape))
        if not stated.is_basic_field or of.args:
            raise Unsure(name)
        taken = reader(_origin(kind), stated.python_name)
        return _Field(attrgetter(stated.python_name), shape, taken)


class _Field(NamedTuple):
    """How a field is read of an object of its type and written; `taken`: read of a domain's value."""

    read: Callable[[Any], Any]
    shape: Shape
    taken: Callable[[Any], Any] | None = None


def _itself(value: Any) -> Any:
    return value


def _found(ready: Callable[..., Any], of: GraphQLField, node: FieldNode, inner: Shape) -> Shape:
    """Of a value that was read already; what a role may ask by an argument is left to graphql-core."""
    if not all(is_scalar_type(get_named_type(given.type)) for given in of.args.values()):
        raise Unsure(node)
    if not of.args:
        return lambda value, asked: inner(ready(value), asked)
    return lambda value, asked: inner(ready(value, **asked.arguments(of, node)), asked)


def _masked(mask: Mask, inner: Shape) -> Shape:
    return lambda value, asked: inner(mask(value), asked)


def _telling(place: Place, names: tuple[str, ...], inner: Shape) -> Shape:
    def shaped(value: Any, asked: Asked) -> Any:
        found = inner(value, asked)
        if found is not None:
            place.told(value, names, asked.subjects)
        return found

    return shaped


def _as_it_is(value: Any, _: Asked) -> Any:
    return value


def _origin(kind: GraphQLObjectType) -> type:
    stated = kind.extensions.get("strawberry-definition")
    if stated is None:
        raise Unsure(kind)
    origin: type = stated.origin
    return origin


def _present(inner: Shape) -> Shape:
    def shaped(value: Any, asked: Asked) -> Any:
        found = inner(value, asked)
        if found is None:
            raise Unsure
        return found

    return shaped


def _each(inner: Shape) -> Shape:
    def shaped(value: Any, asked: Asked) -> Any:
        if value is None:
            return None
        if (type(value) is not list and type(value) is not tuple) or len(value) > LONG_LIST:
            raise Unsure
        return [inner(item, asked) for item in value]

    return shaped


def _leaf(kind: GraphQLLeafType) -> Shape:
    coerce = kind.coerce_output_value
    plain: type | None = str if kind.name in ("String", "ID") else None

    def shaped(value: Any, _: Asked) -> Any:
        return value if value is None or type(value) is plain else coerce(value)

    return shaped


def _record(written: Mapping[type, Sequence[tuple[str, Callable[[Any], Any], Shape]]]) -> Shape:
    def shaped(value: Any, asked: Asked) -> Any:
        if value is None:
            return None
        parts = written.get(type(value))
        if parts is None:
            raise Unsure
        return {name: inner(read(value), asked) for name, read, inner in parts}

    return shaped
