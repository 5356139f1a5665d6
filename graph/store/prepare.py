"""The shared, pure parts of every call: look the query up, check what it is given, read what it changed."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cache
from typing import Any

from neo4j import SummaryCounters

from cypher import Access, Query, query
from graph.store.errors import QueryFailed

_PARAMETER = re.compile(r"\$(\w+)")
_ASIDE = re.compile(r"^\s*//.*\n?|^[ \t]+", re.M)
"""Lines of comments, and what a line is indented by."""
_PLAIN = (str, int, float, bool, type(None))


Statement = tuple[Query, Mapping[str, Any]]
"""A write query with its parameters."""


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


def named(name_or_query: str | Query, access: Access) -> Query:
    """The query of this name, of this access; raises QueryFailed for one of another."""
    found = name_or_query if isinstance(name_or_query, Query) else query(name_or_query)
    if found.access != access:
        raise QueryFailed(found.name, f"it is a {found.access} query; call Store.{found.access} for it")
    return found


def check(asked: Query, params: Mapping[str, Any]) -> None:
    """Raises QueryFailed where parameters are missing or too many, or a value is not JSON-like."""
    if params.keys() != asked.params:
        raise QueryFailed(asked.name, f"it takes {sorted(asked.params)}, got {sorted(params)}")
    for name, item in params.items():
        _check_plain(asked.name, name, item)


class Sent(str):
    """The text of a statement on its way; the driver tells each to its log by `repr`, 80 µs of a long one."""

    __slots__ = ()

    def __repr__(self) -> str:
        return f"{self[:60]!s}…"


@cache
def sent(text: str) -> Sent:
    """The statement without its comments and indents."""
    return Sent(_ASIDE.sub("", text))


@cache
def with_one_parameter(text: str) -> Sent:
    """The same with its parameters as the entries of one map, `$given`.

    Neo4j plans a statement anew for texts and lists of another length, but not for another map.
    """
    return Sent(_PARAMETER.sub(r"$given.\1", sent(text)))


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
