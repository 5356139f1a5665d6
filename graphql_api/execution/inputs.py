"""Input objects made by a plan that is laid out once per type.

Strawberry finds out anew for every field of every input what its type is and how it is called, given or not:
some 10 µs each, more than the statement costs that a small filter goes into. A plan does what its
`convert_argument` does, in the place that Strawberry has for inputs that build themselves (`from_input`).
"""

from collections.abc import Callable, Mapping
from dataclasses import MISSING
from functools import cache
from typing import Any

from strawberry import UNSET, Schema
from strawberry.scalars import is_scalar
from strawberry.schema.name_converter import NameConverter
from strawberry.types.arguments import InputContext
from strawberry.types.base import StrawberryList, StrawberryObjectDefinition, StrawberryOptional
from strawberry.types.enum import StrawberryEnumDefinition

Made = Callable[[Any, InputContext], Any]
"""From a coerced value to that of the field."""
Build = Callable[[type, Mapping[str, Any], InputContext], Any]


class Names(NameConverter):
    """Strawberry's names, each made once."""

    def apply_naming_config(self, name: str) -> str:
        """How a name of Python is called in the schema."""
        return _named(name, camel=self.auto_camel_case)


@cache
def _named(name: str, *, camel: bool) -> str:
    return NameConverter(camel).apply_naming_config(name)


def plan_inputs(schema: Schema) -> None:
    """Have the inputs of a schema made by plans."""
    for found in schema.schema_converter.type_map.values():
        definition = found.definition
        if isinstance(definition, StrawberryObjectDefinition) and definition.is_input:
            definition.from_input = _planned(definition)


def _planned(definition: StrawberryObjectDefinition) -> Build:
    fields: dict[str, tuple[str, Made]] = {}
    empty: dict[str, None] = {}

    def build(kind: type, value: Mapping[str, Any], context: InputContext) -> Any:
        if not fields:  # types may refer to others that are declared later
            fields.update(_fields(definition, context))
            empty.update(_without_default(definition))
        given: dict[str, Any] = dict(empty)
        for name, one in value.items():
            python_name, made = fields[name]
            given[python_name] = one if one is None or one is UNSET else made(one, context)
        return kind(**given)

    return build


def _without_default(definition: StrawberryObjectDefinition) -> dict[str, None]:
    """What may be left out although the class has no default for it."""
    return {
        field.python_name: None
        for field in definition.fields
        if field.default_value is MISSING and field.default_factory is MISSING
    }


def _fields(definition: StrawberryObjectDefinition, context: InputContext) -> dict[str, tuple[str, Made]]:
    """By the name in the schema."""
    names = context.config.name_converter
    return {
        names.from_field(field): (
            field.python_name,
            _made(field.resolve_type(type_definition=definition), names.from_field(field), context),
        )
        for field in definition.fields
    }


def _made(kind: Any, name: str, context: InputContext) -> Made:
    if isinstance(kind, StrawberryOptional):
        return _made(kind.of_type, name, context)
    if _leaf(kind, context):
        return lambda value, _: value
    if isinstance(kind, StrawberryList) and _leaf(kind.of_type, context):
        return lambda value, _: list(value)
    return lambda value, context: context.convert(value, kind, name)


def _leaf(kind: Any, context: InputContext) -> bool:
    """Whether graphql-core has converted its values; ids of the kind `strawberry.relay` are not used."""
    return isinstance(kind, StrawberryEnumDefinition) or is_scalar(kind, context.scalar_registry)
