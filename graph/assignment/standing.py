"""The rules that stand, in their order: defining them, and switching one off."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import uuid4

from graph.assignment.rule import AssignmentRule, Target
from graph.errors import NotFound, UsageError
from graph.history.touched import packed
from graph.resolve_id import resolve
from graph.service import run_sync
from graph.store import Store

LABEL = "AssignmentRule"


def standing_rules(store: Store) -> tuple[AssignmentRule, ...]:
    """Those that are on, the first to be asked first."""
    return tuple(AssignmentRule.kept(props) for props in _nodes(store).values() if not props.get("ended_at"))


def with_our_ids(store: Store, given: Sequence[AssignmentRule]) -> tuple[AssignmentRule, ...]:
    """The rules with employees by our ids. Raises NotFound for an employee, UsageError for a team."""
    return tuple(replace(one, target=_resolved(store, one.target)) for one in given)


def numbered(store: Store, given: Sequence[AssignmentRule]) -> tuple[AssignmentRule, ...]:
    """The rules with their versions: one that is not as it stands, or stood, gets the next."""
    nodes = _nodes(store)
    return tuple(replace(one, version=_version(one, nodes.get(one.rule_id))) for one in given)


def standing_with(store: Store, given: Sequence[AssignmentRule]) -> tuple[AssignmentRule, ...]:
    """The rules that would stand, in their order, if these were defined."""
    new = {one.rule_id: one for one in given}
    kept = [
        new.pop(rule_id) if rule_id in new else AssignmentRule.kept(props)
        for rule_id, props in _nodes(store).items()
        if rule_id in new or not props.get("ended_at")
    ]
    return (*kept, *new.values())


def define_rules(
    store: Store, given: Sequence[AssignmentRule], now: str, loaded_at: datetime
) -> tuple[AssignmentRule, ...]:
    """Keep the rules of a file, in their order behind those that stand; one that changed gets a version."""
    nodes, stated = _nodes(store), numbered(store, given)
    place = max((props["position"] for props in nodes.values()), default=0)
    rows: list[dict[str, Any]] = []
    for one in stated:
        before = nodes.get(one.rule_id)
        place += before is None
        position = place if before is None else before["position"]
        props = {
            "name": one.name, "name_zh": one.name_zh, "rule": one.written, "rule_version": one.version,
            "position": position, "ended_at": None,
        }  # fmt: skip
        rows.append({"id": one.rule_id, "props": props})
    store.upsert_nodes(LABEL, rows)
    log_rules(store, [one.rule_id for one in given], now, loaded_at)
    return stated


def remove_rule(store: Store, rule_id: str, now: str, loaded_at: datetime) -> None:
    """Switch a rule off: the next run withdraws what it gave. Raises NotFound."""
    if rule_id not in {one.rule_id for one in standing_rules(store)}:
        raise NotFound(LABEL, rule_id)
    store.upsert_nodes(LABEL, [{"id": rule_id, "props": {"ended_at": now}}])
    log_rules(store, [rule_id], now, loaded_at)


def log_rules(store: Store, ids: Sequence[str], now: str, loaded_at: datetime) -> None:
    """Say that these rules were written."""
    change = {
        "at": now, "loaded_at": loaded_at.isoformat(), "actor": "define", "kind": "define.AssignmentRule",
        "count": len(ids), "touched": packed(LABEL, ids),
    }  # fmt: skip
    store.upsert_nodes("Change", [{"id": f"define.{LABEL}:{uuid4().hex}", "props": change}])


def _version(rule: AssignmentRule, before: dict[str, Any] | None) -> int:
    return 1 if before is None else int(before["rule_version"] + (before["rule"] != rule.written))


def _resolved(store: Store, to: Target) -> Target:
    if to.team is not None:
        teams = {row["team"] for row in store.read("assignment.staff") if row["team"]}
        if to.team not in teams:
            raise UsageError(f"there is no team {to.team!r}; there are {', '.join(sorted(teams)) or 'none'}")
    employee = None if to.employee is None else run_sync(store, resolve, "Employee", to.employee)
    members = tuple(run_sync(store, resolve, "Employee", one) for one in to.members)
    return replace(to, employee=employee, members=members)


def _nodes(store: Store) -> dict[str, dict[str, Any]]:
    """By id, in the order of their places."""
    return {row["props"]["rule_id"]: row["props"] for row in store.read("assignment.rules")}
