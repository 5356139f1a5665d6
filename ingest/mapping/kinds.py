"""Kinds of items as a mapping declares them, and what of them the rules of its datasets say."""

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import orjson
from pydantic import Field, model_validator
from pydantic.json_schema import SkipJsonSchema

from graph.item import attributes_id
from ingest.errors import KindDeclaredOtherwise
from ingest.mapping.value import Strict, Value, ValueType

if TYPE_CHECKING:
    from ingest.mapping.rules import NodeRule

ITEM = "Item"
NAMED = r"^[a-z][a-z0-9_]*$"


class Attribute(Strict):
    """A custom attribute of a label or kind; loads as the property `x_<name>`."""

    name_en: str | None = None
    name_zh: str | None = None
    type: ValueType = "text"
    unit: str | None = None
    pii: bool = False
    """Identifies or describes a natural person."""


class ItemKind(Strict):
    """A kind of objects of the company's own, such as its machines in the field."""

    name: str | None = None
    name_zh: str | None = None
    fields: dict[str, Attribute] = Field(default_factory=dict)
    """What an item of the kind has beside its name and when it began."""
    source: SkipJsonSchema[str | None] = None
    """Whose mapping declared it first; a load finds it in the graph."""

    @model_validator(mode="before")
    @classmethod
    def _bare_fields(cls, data: Any) -> Any:
        if isinstance(data, dict) and "fields" in data:
            return {**data, "fields": filled(data["fields"])}
        return data


def filled(attributes: Any) -> Any:
    """Attributes with `name:` (nothing behind it) and `name: type` written out."""
    if not isinstance(attributes, dict):
        return attributes
    return {
        name: {} if value is None else {"type": value} if isinstance(value, str) else value
        for name, value in attributes.items()
    }


def constant_kind(rule: "NodeRule") -> str | None:
    """The one kind of the items that a rule makes; None where a column says it."""
    stated = rule.fields.get("kind")
    return stated.constant if stated is not None and stated.constant else None


def possible_kinds(kinds: Mapping[str, ItemKind], rule: "NodeRule") -> Sequence[str]:
    """The declared kinds that the items of a rule may have."""
    one = constant_kind(rule)
    return [kind for kind in kinds if one is None or kind == one]


def read_as(kinds: Mapping[str, ItemKind], value: Value) -> Value:
    """The value of `kind` that also takes the names of the kinds, in English and Chinese."""
    names = {word: kind for kind, said in kinds.items() for word in (said.name, said.name_zh) if word}
    return value.model_copy(update={"map": {**names, **value.map}})


def having(kinds: Mapping[str, ItemKind], rule: "NodeRule", name: str) -> list[str]:
    """Of the kinds that a rule's items may have those that declare the field."""
    return [kind for kind in possible_kinds(kinds, rule) if name in kinds[kind].fields]


def with_owners(
    kinds: Mapping[str, ItemKind], source: str, standing: Mapping[str, Mapping[str, Any]]
) -> dict[str, ItemKind]:
    """The kinds with the source whose each is: a kind that stands stays its source's.

    standing: the kinds of the graph by their ids. Raises KindDeclaredOtherwise.
    """
    found = {
        kind: said.model_copy(update={"source": standing.get(kind, {}).get("source") or source})
        for kind, said in kinds.items()
    }
    for props in declared(found, source):
        known = standing.get(props["kind"])
        differing = [name for name in ("name", "name_zh", "fields") if known and known[name] != props[name]]
        if differing and props["source"] != source:
            raise KindDeclaredOtherwise(props["kind"], source, props["source"], differing)
    return found


def declared(kinds: Mapping[str, ItemKind], source: str) -> Iterator[dict[str, str]]:
    """Every kind as the properties of its node; one without an owner is the source's."""
    for kind, said in kinds.items():
        name = said.name or kind
        yield {
            "kind": kind, "name": name, "name_zh": said.name_zh or name, "fields": _fields(said.fields),
            "source": said.source or source,
        }  # fmt: skip


def declared_attributes(
    attributes: Mapping[str, Mapping[str, Attribute]], source: str
) -> Iterator[dict[str, str]]:
    """The attributes that a source's mapping declares of each label, kept as kinds are."""
    for label, fields in attributes.items():
        yield {
            "kind": attributes_id(label, source), "name": label, "name_zh": label, "fields": _fields(fields),
        }  # fmt: skip


def _fields(declared: Mapping[str, Attribute]) -> str:
    fields = [
        {"name": name, **one.model_dump(exclude_none=True, exclude=set() if one.pii else {"pii"})}
        for name, one in declared.items()
    ]
    return orjson.dumps(fields, option=orjson.OPT_SORT_KEYS).decode()
