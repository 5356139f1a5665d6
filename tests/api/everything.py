"""Documents that ask for every field of the schema, and what a role must not find in the answers."""

from collections.abc import Iterator
from typing import Any

from graphql import (
    GraphQLField,
    GraphQLObjectType,
    GraphQLOutputType,
    GraphQLSchema,
    get_named_type,
    get_nullable_type,
    is_leaf_type,
    is_list_type,
    is_non_null_type,
    is_object_type,
)

from graphql_api.access.rules import rules
from graphql_api.schema import schema

SCHEMA: GraphQLSchema = schema._schema
DEEP = 6
"""Levels of a document; the same type does not stand within itself."""


def everything(kind: GraphQLOutputType, above: tuple[str, ...] = ()) -> str:
    """A selection of every field that needs no argument."""
    named = get_named_type(kind)
    if is_leaf_type(named):
        return ""
    if not is_object_type(named):
        return "{ __typename }"
    inside = (*above, named.name)
    fields = [
        f"{name} {everything(field.type, inside)}"
        for name, field in named.fields.items()
        if _free(field) and _fits(field, inside)
    ]
    return "{ __typename " + " ".join(fields) + " }"


def _free(field: GraphQLField) -> bool:
    return not any(
        is_non_null_type(one.type) and one.default_value in (None, ...) and not one.default
        for one in field.args.values()
    )


def _fits(field: GraphQLField, above: tuple[str, ...]) -> bool:
    named = get_named_type(field.type)
    return is_leaf_type(named) or (named.name not in above and len(above) < DEEP)


def question(root: str, arguments: str) -> str:
    """A document that asks for everything of a field of Query."""
    kind = SCHEMA.query_type
    assert kind is not None
    return "{ " + root + arguments + everything(kind.fields[root].type, ("Query",)) + " }"


def refused_places(role: str) -> frozenset[tuple[str, str]]:
    """The fields that the rules keep back from a role, read from the rules anew."""
    held = rules()
    shown = held.roles[role].fields
    if shown == "all":
        return frozenset()
    names = {
        name
        for key, group in held.groups.items()
        if key not in shown
        for name in (*group.fields, *group.mail, *group.phone)
    }
    return frozenset((kind, field) for kind, _, field in (name.partition(".") for name in names))


def told(
    kind: GraphQLOutputType, value: Any, places: frozenset[tuple[str, str]], at: str = ""
) -> Iterator[str]:
    """Where an answer to `everything` tells one of these fields."""
    bare = get_nullable_type(kind)
    if value is None:
        return
    if is_list_type(bare):
        for item in value:
            yield from told(bare.of_type, item, places, at)
    elif isinstance(bare, GraphQLObjectType):
        for name, inner in value.items():
            if name == "__typename":
                continue
            if (bare.name, name) in places and inner is not None:
                yield f"{at}.{name} of {bare.name}"
            yield from told(bare.fields[name].type, inner, places, f"{at}.{name}")
