"""The shared, pure parts of every call: look the query up, check what it is given, read what it changed."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from neo4j import SummaryCounters

from cypher import Access, Query, query
from graph.store.errors import QueryFailed

_PLAIN = (str, int, float, bool, type(None))


@dataclass(frozen=True, slots=True)
class Counters:
    """What a write changed."""

    nodes_created: int = 0
    nodes_deleted: int = 0
    relationships_created: int = 0
    relationships_deleted: int = 0
    properties_set: int = 0


@dataclass(frozen=True, slots=True)
class Written:
    """Rows and counters of a write."""

    rows: list[dict[str, Any]]
    counters: Counters


def named(name_or_query: str | Query, access: Access, params: Mapping[str, Any]) -> Query:
    """The query to run, checked: its access, its parameter names, and that all values are JSON-like."""
    checked = name_or_query if isinstance(name_or_query, Query) else query(name_or_query)
    if checked.access != access:
        raise QueryFailed(checked.name, f"it is a {checked.access} query; call Store.{checked.access} for it")
    if params.keys() != checked.params:
        raise QueryFailed(checked.name, f"it takes {sorted(checked.params)}, got {sorted(params)}")
    for name, item in params.items():
        _check_plain(checked.name, name, item)
    return checked


def counters(summary: SummaryCounters) -> Counters:
    """The driver's counters that both engines report."""
    return Counters(**{item.name: getattr(summary, item.name) for item in fields(Counters)})


def _check_plain(name: str, param: str, item: Any) -> None:
    """Refuse driver and Python datetimes and the like: the engines store them differently."""
    if isinstance(item, list | tuple):
        if item and not isinstance(item[0], dict | list):
            _check_plain(name, param, item[0])
    elif not isinstance(item, (*_PLAIN, dict)):
        kind = type(item).__name__
        raise QueryFailed(name, f"parameter {param} is a {kind}; pass plain values, moments as ISO text")
