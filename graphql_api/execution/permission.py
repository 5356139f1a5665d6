"""Whether a field may be answered to whoever asks: by its place, and by what its filters and orders hold."""

from collections.abc import Mapping
from enum import Enum
from typing import Any

from graphql import (
    FieldNode,
    GraphQLEnumType,
    GraphQLField,
    GraphQLInputObjectType,
    GraphQLInputType,
    GraphQLObjectType,
    Undefined,
    get_named_type,
    is_list_type,
    is_non_null_type,
    value_from_ast,
)

from graphql_api import problem
from graphql_api.access.grant import Grant
from graphql_api.errors import FieldRefused

_HOW = "ask for a token of a role that does (docs/access.md)"


def refused(
    grant: Grant,
    parent: GraphQLObjectType,
    node: FieldNode,
    field: GraphQLField,
    variables: Mapping[str, Any],
) -> FieldRefused | problem.Forbidden | None:
    """Why the field is not answered: an error, or of a mutation the member of its union; None where it is."""
    name = node.name.value
    if parent.name == "Mutation":
        return None if grant.may_state(name) else problem.Forbidden(message=no_statement(grant, name))
    if grant.everything:
        return None
    if grant.refuses(parent.name, name):
        return FieldRefused(grant.role, f"{parent.name}.{name}")
    found = _asked(grant, node, field, variables) if grant.asked and field.args else None
    return None if found is None else FieldRefused(grant.role, f"what {found} asks about")


def no_statement(grant: Grant, name: str) -> str:
    """Why the role may not make the statement."""
    return f"role {grant.role} does not make the statement {name}; {_HOW}"


def _asked(grant: Grant, node: FieldNode, field: GraphQLField, variables: Mapping[str, Any]) -> str | None:
    """What of the arguments asks about something that the role does not see."""
    given = {argument.name.value: argument.value for argument in node.arguments or ()}
    for name, argument in field.args.items():
        if name in given:
            value = value_from_ast(given[name], argument.type, dict(variables))
            if (found := _within(grant, argument.type, value)) is not None:
                return found
    return None


def _within(grant: Grant, kind: GraphQLInputType, value: Any) -> str | None:
    if value is None or value is Undefined:  # of an optional variable that was not sent
        return None
    if is_non_null_type(kind):
        return _within(grant, kind.of_type, value)
    if is_list_type(kind):
        return next((one for item in value if (one := _within(grant, kind.of_type, item))), None)
    named = get_named_type(kind)
    if isinstance(named, GraphQLEnumType):
        name = f"{named.name}.{value.name if isinstance(value, Enum) else value}"
        return name if name in grant.asked else None
    return _in_object(grant, named, value) if isinstance(named, GraphQLInputObjectType) else None


def _in_object(grant: Grant, kind: GraphQLInputObjectType, value: Mapping[str, Any]) -> str | None:
    for name, field in kind.fields.items():
        inner = value.get(field.out_name or name, value.get(name))
        if inner is None:
            continue
        if f"{kind.name}.{name}" in grant.asked:
            return f"{kind.name}.{name}"
        if (found := _within(grant, field.type, inner)) is not None:
            return found
    return None
