"""Own values of a record as of a past day, from the versions of its source rows."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from itertools import groupby
from operator import itemgetter
from typing import Any

import orjson
from pydantic import TypeAdapter

from cypher import template
from graph.model.base import Node, Scalar
from graph.service import GraphStore, Row

Values = dict[str, Any]
Names = Mapping[str, str | None]
"""Names of nodes by key."""


@dataclass(frozen=True, slots=True)
class OwnValues:
    """Own values of nodes of one kind as of a past day."""

    kind: type[Node]
    moment: datetime
    versions: Mapping[str, Sequence[Row]]
    """Of their source rows, by node."""

    def of(self, row: Row) -> Values:
        """The row of a node, which holds its key, with the node's own values as they stood then."""
        return values_as_of(self.kind, row, self.versions.get(row[self.kind.key], ()), self.moment)

    def said(self, key: str) -> list[Mapping[str, Any]]:
        """What each source row of a node that was known by the moment said then."""
        return [one.then for one in _records(self.kind, self.versions.get(key, ()), self.moment) if one.known]

    def attributes(self, key: str) -> frozenset[str]:
        """The names of the custom attributes (`x_…`) that any version of a node states."""
        stated = (orjson.loads(version["values"]) for version in self.versions.get(key, ()))
        return frozenset(name for values in stated for name in values if name.startswith("x_"))


async def own_values_as_of(
    store: GraphStore, kind: type[Node], ids: Iterable[str], moment: datetime
) -> OwnValues:
    """The own values of these nodes as they stood at `moment`."""
    wanted = sorted(set(ids))
    query = template("record.versions").render(label=kind.label, key=kind.key)
    rows = await store.read(query, ids=wanted) if wanted else []
    return OwnValues(kind, moment, {key: list(found) for key, found in groupby(rows, key=itemgetter("id"))})


async def names_as_of(
    store: GraphStore, kind: type[Node], today: Names, moment: datetime, field: str = "name"
) -> Names:
    """What these nodes were called at `moment`. today: what each is called (its `field`) today."""
    own = await own_values_as_of(store, kind, today, moment)
    return {key: own.of({kind.key: key, field: name})[field] for key, name in today.items()}


def values_as_of(kind: type[Node], today: Row, versions: Sequence[Row], moment: datetime) -> Values:
    """The fields of `today` as they stood at `moment`.

    versions: rows of `record_id`, `known_from` and `values` (JSON), oldest first. A field that several source
    rows state comes from the row that states today's value, else from the newest row of that day. Fields that
    no version states, and records without versions, are as today.
    """
    records = _records(kind, versions, moment)
    known = [record for record in records if record.known] or records
    stated = {name for record in records for name in record.names}
    return {name: _then(name, value, known) if name in stated else value for name, value in today.items()}


def _records(kind: type[Node], versions: Sequence[Row], moment: datetime) -> list["_Record"]:
    return [_Record(kind, rows, moment) for rows in _by_record(versions)]


def _by_record(versions: Sequence[Row]) -> list[list[Row]]:
    """Versions of one source row each: their ids differ behind the last colon only."""
    ordered = sorted(versions, key=_record)
    return [list(rows) for _, rows in groupby(ordered, key=_record)]


def _record(version: Row) -> str:
    return str(version["record_id"]).rpartition(":")[0]


class _Record:
    """What one source row says today and said then; before its first version, what that one says."""

    def __init__(self, kind: type[Node], versions: Sequence[Row], moment: datetime) -> None:
        stated = [stated_values(kind, version) for version in versions]
        begun = sum(version["known_from"] <= moment for version in versions)
        of_the_day = max(begun - 1, 0)
        self.known = begun > 0
        self.since: datetime = versions[of_the_day]["known_from"]
        self.then, self.today = stated[of_the_day], stated[-1]
        self.names = {name for values in stated for name in values}


def _then(name: str, today: Any, records: Sequence[_Record]) -> Any:
    current = (
        tuple(today) if isinstance(today, list) else today
    )  # the store answers lists, models hold tuples
    source = [record for record in records if record.today.get(name) == current]
    newest = sorted(source or records, key=lambda record: record.since)
    return next((record.then[name] for record in reversed(newest) if name in record.then), None)


def stated_values(kind: type[Node], version: Row) -> Mapping[str, Any]:
    """The `values` (JSON) of a source row's version, as the model types them; `x_…` as stated."""
    types = _types(kind)
    stated = orjson.loads(version["values"])
    return {
        name: types.get(name, _ATTRIBUTE).validate_python(value)
        for name, value in stated.items()
        if name in types or name.startswith("x_")
    }


_ATTRIBUTE: TypeAdapter[Any] = TypeAdapter(Scalar | tuple[Scalar, ...])


@cache
def _types(kind: type[Node]) -> Mapping[str, TypeAdapter[Any]]:
    return {name: TypeAdapter(field.rebuild_annotation()) for name, field in kind.model_fields.items()}
