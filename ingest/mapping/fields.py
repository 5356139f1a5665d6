"""The model's fields as a mapping sees them: which there are and how their text is read."""

import types
from functools import cache
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from graph.model import FACTS, NODES, PARTS
from graph.model.base import Fact, Instant, Node, Part
from ingest.mapping.value import ValueType

RESERVED = frozenset({
    "RECORD_OF", "ALIAS_OF", "SCORED", "FORECAST", "BOUGHT", "BOUGHT_WITH", "KNOWS", "TAGGED", "IN_SEGMENT",
    "MAY_BE_SAME_AS", "ASSIGNED",
})  # fmt: skip
"""Relationships that the system writes itself."""

STATED = frozenset({"confidence", "method", "visibility", "owner_id", "reason"})
"""Fields of every fact that a mapping may set beside the fact's own."""


_OURS = {
    "attributes", "ended_at", "embedding_model_id", "rule", "rule_version", "valid_days", "size",
    "silhouette", "stability",
}  # fmt: skip
"""Fields of nodes that the system writes itself."""


@cache
def field_names(label: str) -> frozenset[str]:
    """The fields of a node that a mapping may set (the key is set by `key:`)."""
    node = NODES[label]
    return frozenset(node.model_fields) - {node.key, *_OURS}


@cache
def link_fields(kind: str) -> frozenset[str]:
    """The fields of a relationship that a mapping may set."""
    if kind in PARTS:
        return frozenset(PARTS[kind].model_fields) - frozenset(Part.model_fields)
    return (frozenset(FACTS[kind].model_fields) - frozenset(Fact.model_fields)) | STATED


def model_of(kind: str) -> type[Node] | type[Fact] | type[Part]:
    """The class of a label or relationship type."""
    return NODES.get(kind) or FACTS.get(kind) or PARTS[kind]


@cache
def type_of(kind: str, name: str) -> ValueType:
    """How the text of a field is read, from the model's annotation."""
    return _read_as(model_of(kind).model_fields[name].annotation)


@cache
def required_fields(kind: str) -> frozenset[str]:
    """The fields that the model does not allow to be empty."""
    return frozenset(name for name, field in model_of(kind).model_fields.items() if field.is_required())


@cache
def choices_of(kind: str, name: str) -> tuple[str, ...]:
    """The values a field is limited to; empty when any value goes."""
    for item in _parts(model_of(kind).model_fields[name].annotation):
        if get_origin(item) is Literal:
            return tuple(get_args(item))
    return ()


_TYPES: dict[Any, ValueType] = {bool: "boolean", int: "integer", float: "number", str: "text"}


def _read_as(annotation: Any) -> ValueType:
    for item in _parts(annotation):
        if item is get_args(Instant)[0]:
            return "datetime"
        if get_origin(item) is tuple:
            return "list"
        if item in _TYPES:
            return _TYPES[item]
    return "text"


def _parts(annotation: Any) -> list[Any]:
    """The members of an annotation without None and without marks."""
    origin = get_origin(annotation)
    if origin is Annotated:
        return _parts(get_args(annotation)[0])
    if origin in (Union, types.UnionType):
        return [part for item in get_args(annotation) if item is not type(None) for part in _parts(item)]
    return [annotation]
