"""The kinds of items as the newest mapping declares them, and values of the types that it names."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import orjson

from graph.moment import in_utc
from graph.service import GraphStore

Value = str | int | float | bool | datetime
DATES = frozenset({"date", "datetime"})
_BEHIND = "|"
"""Between a label and a source whose mapping declares attributes of it."""


@dataclass(frozen=True, slots=True)
class FieldOf:
    """A field of a kind: `type` is that of the mapping's values."""

    name: str
    type: str = "text"
    name_en: str | None = None
    name_zh: str | None = None
    unit: str | None = None
    pii: bool = False
    """Identifies or describes a natural person."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind by its id, with its fields by theirs."""

    kind: str
    name: str
    name_zh: str
    fields: Mapping[str, FieldOf]
    source: str | None = None
    """Whose mapping declared it first."""

    def field(self, name: str) -> FieldOf:
        """What is declared of a field. One that is not, or no longer, is told as one of a person."""
        return self.fields.get(name) or FieldOf(name, pii=True)


async def declared_kinds(store: GraphStore) -> Mapping[str, Kind]:
    """Every kind of items that the graph knows."""
    rows = await store.read("item.kinds")
    return {row["kind"]: _kind(**row) for row in rows if _BEHIND not in row["kind"]}


async def attributes_of(store: GraphStore, label: str) -> Mapping[str, FieldOf]:
    """What mappings declare of the custom attributes of a label, by name.

    Where sources differ, an attribute describes a person as soon as one of them says so.
    """
    found: dict[str, FieldOf] = {}
    for row in await store.read("item.kinds"):
        if row["kind"].startswith(attributes_id(label, "")):
            for name, one in _kind(**row).fields.items():
                before = found.get(name, one)
                found[name] = replace(one, pii=one.pii or before.pii)
    return found


def attributes_id(label: str, source: str) -> str:
    """The id by which a source's attributes of a label are kept among the kinds; no kind has such a one."""
    return f"{label}{_BEHIND}{source}"


def kind_of(kinds: Mapping[str, Kind], word: str) -> Kind:
    """The kind of this id; one that nothing declares has its id for a name, and no fields."""
    return kinds.get(word) or Kind(word, word, word, {})


def typed(value: Any, field: FieldOf | None) -> Value:
    """A stored value as declared: days and moments are stored as ISO text, lists told in one text.

    A text of before the field was declared a day stays a text.
    """
    if isinstance(value, list | tuple):
        return ", ".join(map(str, value))
    if field is None or field.type not in DATES or not isinstance(value, str):
        found: Value = value
        return found
    try:
        return in_utc(datetime.fromisoformat(value))
    except ValueError:
        return value


def _kind(kind: str, name: str, name_zh: str, fields: str, source: str | None) -> Kind:
    return Kind(kind, name, name_zh, {one["name"]: FieldOf(**one) for one in orjson.loads(fields)}, source)
