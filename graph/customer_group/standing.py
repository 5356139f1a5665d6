"""The definitions that stand: those of the catalogue that nobody switched off, and those made here."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import uuid4

from cypher import Query, template
from graph.customer_group.definition import Definition, GroupKind, core, from_node
from graph.errors import NotFound, UsageError
from graph.history.touched import packed
from graph.store import Store

KEYS: dict[GroupKind, tuple[str, str, str]] = {
    "tag": ("Tag", "tag_id", "TAGGED"),
    "segment": ("Segment", "segment_id", "IN_SEGMENT"),
}


def standing(store: Store, kind: GroupKind) -> tuple[Definition, ...]:
    """All definitions by a rule that derive goes by, those of the catalogue first.

    A rule without a version is words that a source gave, in graphs of before; it is no condition.
    """
    nodes = _nodes(store, kind)
    own = {one.group_id: one for one in core(kind)}
    kept = [one for one in own.values() if not nodes.get(one.group_id, {}).get("ended_at")]
    made = [
        from_node(props, kind)
        for group_id, props in nodes.items()
        if group_id not in own and not props.get("ended_at") and props.get("method", "rule") == "rule"
        and props.get("rule_version") is not None
    ]  # fmt: skip
    return (*kept, *made)


def found_by_method(store: Store, kind: GroupKind) -> tuple[dict[str, Any], ...]:
    """The nodes of those that a method found, not a rule."""
    nodes = _nodes(store, kind).values()
    return tuple(one for one in nodes if one.get("method", "rule") != "rule" and not one.get("ended_at"))


def sizes(store: Store, kind: GroupKind, now: datetime) -> dict[str, int]:
    """How many customers each has at `now`."""
    rows = store.read(statement("group.sizes", kind), now=now.isoformat())
    return {row["group_id"]: row["customers"] for row in rows}


def define(
    store: Store, given: tuple[Definition, ...], now: str, loaded_at: datetime
) -> tuple[Definition, ...]:
    """Keep definitions; one whose rule has changed gets the next version. Raises UsageError for a core id.

    now: the company's. loaded_at: the wall clock.
    """
    stated = tuple(_numbered(store, given))
    keep(store, stated, now, loaded_at)
    return stated


def remove(store: Store, kind: GroupKind, group_id: str, now: str, loaded_at: datetime) -> None:
    """Switch a definition off; the next derive ends it at its customers. Raises NotFound."""
    known = {one.group_id: one for one in standing(store, kind)}
    if group_id not in known:
        raise NotFound(KEYS[kind][0], group_id)
    _write(store, (known[group_id],))
    store.write(statement("group.end", kind), id=group_id, now=now)
    log_defined(store, KEYS[kind][0], [group_id], now, loaded_at)


def keep(store: Store, definitions: tuple[Definition, ...], now: str, loaded_at: datetime) -> None:
    """Write the nodes of definitions, and the change by which copies of the graph learn of them."""
    for label, ids in _write(store, definitions).items():
        log_defined(store, label, ids, now, loaded_at)


def log_defined(store: Store, label: str, ids: Sequence[str], now: str, loaded_at: datetime) -> None:
    """Say that these tags or segments were written; every time anew, for a day may see several."""
    change = {
        "at": now, "loaded_at": loaded_at.isoformat(), "actor": "define", "kind": f"define.{label}",
        "count": len(ids), "touched": packed(label, ids),
    }  # fmt: skip
    store.upsert_nodes("Change", [{"id": f"define.{label}:{uuid4().hex}", "props": change}])


def _write(store: Store, definitions: tuple[Definition, ...]) -> dict[str, list[str]]:
    """Write the nodes; their ids by label."""
    written = {}
    for label in sorted({one.label for one in definitions}):
        rows: list[dict[str, Any]] = [
            {"id": one.group_id, "props": one.props()} for one in definitions if one.label == label
        ]
        store.upsert_nodes(label, rows)
        written[label] = [row["id"] for row in rows]
    return written


def statement(name: str, kind: GroupKind) -> Query:
    """A statement of `cypher/group` for tags or segments."""
    label, key, _ = KEYS[kind]
    return template(name).render(label=label, key=key)


def _nodes(store: Store, kind: GroupKind) -> dict[str, dict[str, Any]]:
    """The nodes that have a rule, by id; those that were switched off, too."""
    rows = store.read(statement("group.defined", kind))
    return {row["props"][KEYS[kind][1]]: row["props"] for row in rows}


def _numbered(store: Store, given: tuple[Definition, ...]) -> Iterator[Definition]:
    for kind in KEYS:
        ours = {one.group_id for one in core(kind)}
        nodes = _nodes(store, kind)
        for one in given:
            if one.kind != kind:
                continue
            if one.group_id in ours:
                raise UsageError(f"{one.group_id} is a {kind} of the program; take another id")
            before = nodes.get(one.group_id)
            version = 1 if before is None else (before.get("rule_version") or 1)
            if before is not None and before["rule"] != one.rule:
                version += 1
            yield replace(one, version=version)
