"""Conditions over the items of a customer: how many of a kind answer to tests of their own fields."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Protocol

from graph.customer_filter.condition import Comparison, Items
from graph.customer_filter.field import Field
from graph.sentences import suggestion

Path = tuple[str | int, ...]
AT_LEAST_ONE = Comparison("count", "at_least", (1.0,))
_KEYS = ("kind", "relation", "where", "count")
_DAYS = ("days_since", "days_until")

COUNT = Field("count", "count", "", "", "number of items", "数量")
FIELDS = MappingProxyType(
    {
        "name": Field("name", "text", "name", "name", "name of the item", "名称"),
        "own": Field("own", "own", "attributes", "", "field of the item", "自有字段"),
        "days_since": Field(
            "days_since", "days_since", "attributes", "", "days since a day of the item", "天数"
        ),
        "days_until": Field(
            "days_until", "days_until", "attributes", "", "days until a day of the item", "天数"
        ),
    }
)
"""What can be asked of an item: its name, a field of its kind, or the days since or until one."""


class Reader(Protocol):
    """What reads tests and keeps faults."""

    def fault(self, at: Path, says: str) -> None:
        """Keep what is wrong."""

    def tested(self, field: Field, of: str | None, value: object, at: Path) -> Iterator[Comparison]:
        """The tests that are written of one field."""


def read_items(reader: Reader, given: object, at: Path) -> Iterator[Items]:
    """The condition that is written below `items`."""
    if not isinstance(given, Mapping):
        reader.fault(
            at, "`items` is written as `{kind: machine, where: {hours: {above: 1000}}, count: {at_least: 2}}`"
        )
        return
    for name in given.keys() - set(_KEYS):
        hint = suggestion(str(name), _KEYS) or f"; it has {', '.join(f'`{one}`' for one in _KEYS)}"
        reader.fault((*at, str(name)), f"`items` has no `{name}`{hint}")
    words = {name: given.get(name) for name in ("kind", "relation")}
    for name, word in words.items():
        if (word is not None or name == "kind") and not (isinstance(word, str) and word.strip()):
            reader.fault((*at, name), f"`{name}` names {_MEANT[name]}, such as {_SUCH[name]}")
    where = tuple(_where(reader, given.get("where", {}), (*at, "where")))
    count: tuple[Comparison, ...] = (AT_LEAST_ONE,)
    if "count" in given:
        count = tuple(reader.tested(COUNT, None, given["count"], (*at, "count")))
    yield Items(
        str(words["kind"]), None if words["relation"] is None else str(words["relation"]), where, count
    )


_MEANT = {"kind": "the kind of the items", "relation": "how they are linked to the customer"}
_SUCH = {"kind": "machine", "relation": "installed_at"}


def _where(reader: Reader, given: object, at: Path) -> Iterator[Comparison]:
    if not isinstance(given, Mapping):
        reader.fault(at, "`where` is written as `field: value`, for all fields that must hold")
        return
    for name, value in given.items():
        field, of = _field(str(name))
        yield from reader.tested(field, of, value, (*at, str(name)))


def _field(name: str) -> tuple[Field, str | None]:
    """What a name below `where` asks for, and of which field of the kind."""
    before, dot, of = name.partition(".")
    if dot and of and before in _DAYS:
        return FIELDS[before], of
    return (FIELDS["name"], None) if name == "name" else (FIELDS["own"], name)
