"""Segments that a method found, in the graph: those alike keep their id, their members their day."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import orjson

from graph.customer_group.standing import log_defined, statement
from graph.derive.groups import Member, Standing, reconcile_members, standing_members
from graph.derive.report import Counts
from graph.store import Store

METHOD = "kmeans-1"
ALIKE = 0.5
"""Jaccard index of members from which a segment counts as the one that stood."""


@dataclass(frozen=True, slots=True)
class FoundSegment:
    """A segment with its words, its measures, and the ids of its customers."""

    name: str
    name_zh: str
    description: str
    description_zh: str
    silhouette: float
    stability: float
    customer_ids: frozenset[str]


def keep_found(
    store: Store, found: Sequence[FoundSegment], columns: Sequence[str], now: datetime
) -> tuple[Mapping[str, FoundSegment], Counts]:
    """Make the segments of the method those that were found; gives them with their ids. columns: what by."""
    before = standing_members(store, "segment", now, METHOD)
    named = _named(found, before)
    rule = orjson.dumps({"method": METHOD, "columns": list(columns)}).decode()
    rows = [{"id": key, "props": _props(one, rule)} for key, one in named.items()]
    over = {group for _, group in before.derived} - named.keys()
    _write(store, rows, sorted(over), now)
    member = Member(None, None, METHOD)
    wanted = {(customer, key): member for key, one in named.items() for customer in one.customer_ids}
    return named, reconcile_members(store, "segment", wanted, before, now)


def _named(found: Sequence[FoundSegment], before: Standing) -> dict[str, FoundSegment]:
    """The segments by id: that of the segment before with most members in common, else a new one."""
    members: dict[str, set[str]] = {}
    for customer, group in before.derived:
        members.setdefault(group, set()).add(customer)
    named: dict[str, FoundSegment] = {}
    fresh = (f"found:{number}" for number in range(1, 10_000) if f"found:{number}" not in members)
    for one in found:
        alike = [(_jaccard(one.customer_ids, ids), key) for key, ids in members.items() if key not in named]
        best, key = max(alike, default=(0.0, ""))
        named[key if best >= ALIKE else next(fresh)] = one
    return named


def _jaccard(one: frozenset[str], other: set[str]) -> float:
    return len(one & other) / len(one | other)


def _props(one: FoundSegment, rule: str) -> dict[str, Any]:
    return {
        "name": one.name, "name_zh": one.name_zh, "description": one.description,
        "description_zh": one.description_zh, "rule": rule, "rule_version": None, "method": METHOD,
        "size": len(one.customer_ids), "silhouette": round(one.silhouette, 4),
        "stability": round(one.stability, 4), "ended_at": None,
    }  # fmt: skip


def _write(store: Store, rows: list[dict[str, Any]], over: list[str], now: datetime) -> None:
    """The nodes, the end of those that are over, and the change by which copies of the graph learn of it."""
    store.upsert_nodes("Segment", rows)
    for group in over:
        store.write(statement("group.end", "segment"), id=group, now=now.isoformat())
    ids = [*(row["id"] for row in rows), *over]
    if ids:
        log_defined(store, "Segment", ids, now.isoformat(), datetime.now(UTC))
