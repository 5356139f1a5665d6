"""Tags and segments by rule: who answers to a condition carries it from then on, until they no longer do."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from operator import itemgetter
from typing import Any, NamedTuple

import duckdb
import pyarrow as pa

from graph.batches import batches
from graph.customer_group.definition import Definition, GroupKind
from graph.customer_group.find import found
from graph.customer_group.standing import KEYS, keep, standing, statement
from graph.customer_profile import group_rows, make_profiles, regroup
from graph.derive.facts import Derived, row_of
from graph.derive.profiles import derive_profiles
from graph.derive.report import Counts
from graph.store import Store

GROUPS: tuple[tuple[str, GroupKind], ...] = (("tags", "tag"), ("segments", "segment"))
"""In this order: a segment may ask for tags."""
METHOD = "rule-1"
CLOSED = 2000


class Member(NamedTuple):
    """A customer that a rule finds: version of the rule, and the values that fulfilled it."""

    version: int | None
    figures: str | None
    method: str = METHOD


Members = Mapping[tuple[str, str], Member]
"""By customer and group."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Who belongs to what now: what derive wrote (with its row), and what people or sources stated."""

    derived: Mapping[tuple[str, str], dict[str, Any]]
    stated: frozenset[tuple[str, str]]
    doubled: Sequence[dict[str, Any]] = ()
    """Rows that say again what a derived one says, since two customers have become one."""


def profile_customers(store: Store, connection: duckdb.DuckDBPyConnection, now: datetime) -> Counts:
    """Make the table `customer_profile`, yet without groups, of which no figure tells, and the Profiles."""
    make_profiles(connection, now, group_rows(()))
    return derive_profiles(store, connection)


def derive_tags_and_segments(
    store: Store, connection: duckdb.DuckDBPyConnection, now: datetime
) -> dict[str, Counts]:
    """Profiles, tags and segments by rule alone, over the views of a history."""
    counts = {"profiles": profile_customers(store, connection, now)}
    for name, kind in GROUPS:
        counts[name] = derive_groups(store, connection, kind, now)
    return counts


def look_at_customers(store: Store, connection: duckdb.DuckDBPyConnection, now: datetime) -> None:
    """Make the table `customer_profile` alone, which conditions are asked of; the graph is left as it is."""
    groups = [("tag", one) for one in _all(standing_members(store, "tag", now))]
    groups += [("segment", one) for one in _all(standing_members(store, "segment", now))]
    make_profiles(connection, now, _groups(store, groups, now))


def derive_groups(
    store: Store, connection: duckdb.DuckDBPyConnection, kind: GroupKind, now: datetime
) -> Counts:
    """Make derived tags or segments those that the rules find at `now`; `customer_profile` must stand.

    A rule of tags that asks for tags sees those that people and sources stated; one of segments sees all.
    """
    before = standing_members(store, kind, now)
    other = standing_members(store, "segment" if kind == "tag" else "tag", now)
    seen = [(kind, one) for one in before.stated]
    seen += [("segment" if kind == "tag" else "tag", one) for one in _all(other)]
    regroup(connection, now, _groups(store, seen, now))
    definitions = standing(store, kind)
    return reconcile_members(store, kind, members(connection, definitions, now), before, now, definitions)


def members(
    connection: duckdb.DuckDBPyConnection, definitions: Iterable[Definition], now: datetime
) -> dict[tuple[str, str], Member]:
    """Everybody whom the rules find that are in force."""
    return {
        (one.customer_id, definition.group_id): Member(definition.version, one.figures)
        for definition in definitions
        if definition.holds_at(now)
        for one in found(connection, definition.condition, now)
    }


def standing_members(store: Store, kind: GroupKind, now: datetime, method: str = METHOD) -> Standing:
    """Who carries which tag, or belongs to which segment, at `now`; derived are those of the method.

    Of doubled ones that of the lowest `fact_id` counts.
    """
    derived: dict[tuple[str, str], dict[str, Any]] = {}
    stated, doubled = set(), []
    for row in store.stream(statement("group.standing", kind), now=now.isoformat()):
        key = row["customer_id"], row["group_id"]
        if not (row["derived"] and row["method"] == method):
            stated.add(key)
        elif key not in derived:
            derived[key] = row
        else:
            derived[key], other = sorted((derived[key], row), key=itemgetter("fact_id"))
            doubled.append(other)
    return Standing(derived, frozenset(stated), doubled)


def reconcile_members(
    store: Store, kind: GroupKind, wanted: Members, before: Standing, now: datetime,
    definitions: Sequence[Definition] = (),
) -> Counts:  # fmt: skip
    """Begin what is new, end what is over; what goes on keeps its day and the values that it began with."""
    label, _, type_ = KEYS[kind]
    changed = {
        pair: member
        for pair, member in wanted.items()
        if pair not in before.derived or before.derived[pair]["rule_version"] != member.version
    }
    gone = [row for pair, row in before.derived.items() if pair not in wanted or pair in changed]
    over = [
        {"customer_id": row["customer_id"], "fact_id": row["fact_id"]} for row in (*gone, *before.doubled)
    ]
    _keep_new(store, kind, definitions, now)
    for batch in batches(over, CLOSED):
        store.write("group.close", rows=batch, now=now.isoformat())
    store.upsert_facts(
        type_, "Customer", label, (row_of(_fact(type_, label, *one, now)) for one in changed.items())
    )
    return Counts(len(wanted), len(changed), len(over))


def _fact(type_: str, label: str, pair: tuple[str, str], member: Member, now: datetime) -> Derived:
    props = {
        "valid_from": now, "known_from": now, "valid_to": None, "method": member.method, "confidence": 1.0,
        "rule_version": member.version, "figures": member.figures,
    }  # fmt: skip
    return Derived(type_, ("Customer", pair[0]), (label, pair[1]), f"{member.method}:{member.version}", props)


def _keep_new(store: Store, kind: GroupKind, definitions: Sequence[Definition], now: datetime) -> None:
    """Nodes of the catalogue that are not there yet, or of another version."""
    rows = store.read(statement("group.defined", kind))
    there = {row["props"][KEYS[kind][1]]: row["props"].get("rule_version") for row in rows}
    new = tuple(one for one in definitions if one.core and there.get(one.group_id) != one.version)
    if new:
        keep(store, new, now.isoformat(), datetime.now(UTC))


def _all(members: Standing) -> list[tuple[str, str]]:
    return sorted({*members.derived, *members.stated})


def _groups(store: Store, groups: Iterable[tuple[str, tuple[str, str]]], now: datetime) -> pa.Table:
    bands = {
        row["customer_id"]: row["band"] for row in store.read("profile_figures.bands", now=now.isoformat())
    }
    belongs = [(customer, kind, group) for kind, (customer, group) in groups]
    return group_rows([*belongs, *((customer, "band", band) for customer, band in bands.items())])
