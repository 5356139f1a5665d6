"""Engine values as plain Python values: every moment an aware UTC datetime, on both engines."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from neo4j import Record
from neo4j.graph import Node, Path, Relationship
from neo4j.time import Date, DateTime, Duration, Time

from graph.moment import in_utc


def row(record: Record) -> dict[str, Any]:
    """One record as a dictionary of plain values."""
    return {key: value(item) for key, item in record.items()}  # type: ignore[no-untyped-call] # driver


def value(item: Any) -> Any:
    """One value: nodes and relationships become their properties, a path its nodes and relationships."""
    kind = type(item)
    if kind in _PLAIN:
        return item
    convert = _CONVERT.get(kind)
    if convert is not None:
        return convert(item)
    return properties(item) if isinstance(item, Relationship) else item


def moment(item: DateTime | datetime) -> datetime:
    """An aware UTC datetime; the embedded engine returns UTC without saying so."""
    return in_utc(item.to_native() if isinstance(item, DateTime) else item)


def properties(item: Node | Relationship) -> dict[str, Any]:
    """The properties of a node or relationship."""
    return {key: value(inner) for key, inner in item.items()}


def _path(item: Path) -> dict[str, Any]:
    return {
        "nodes": [properties(node) for node in item.nodes],
        "relationships": [properties(edge) for edge in item.relationships],
    }


def _list(items: list[Any]) -> list[Any]:
    """The list itself, which the driver made for us alone."""
    for place, item in enumerate(items):
        if type(item) not in _PLAIN:
            items[place] = value(item)
    return items


def _map(items: dict[str, Any]) -> dict[str, Any]:
    """The map itself, as a list."""
    for key, item in items.items():
        if type(item) not in _PLAIN:
            items[key] = value(item)
    return items


_PLAIN = frozenset({str, int, float, bool, bytes, type(None)})
"""Most of what is read, and nothing to convert."""
_CONVERT: dict[type, Callable[[Any], Any]] = {
    DateTime: moment,
    datetime: moment,
    Date: Date.to_native,
    Time: Time.to_native,
    Duration: Duration.iso_format,
    Node: properties,
    Path: _path,
    list: _list,
    dict: _map,
}
