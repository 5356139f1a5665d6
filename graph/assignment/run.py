"""Assigning what is open: reading it, deciding, and writing each assignment as a dated fact."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import duckdb
import orjson

from cypher import Query, template
from graph.assignment.decide import Assigned, Colleague, Decision, Office, OpenRecord, decide
from graph.assignment.rule import ASKED, LABELS, AssignmentRule, RecordKind
from graph.assignment.standing import standing_rules
from graph.batches import batches
from graph.customer_group.find import found
from graph.derive.facts import Derived, row_of
from graph.derive.groups import look_at_customers
from graph.store import Store

METHOD = "assignment-1"
OPEN: Mapping[RecordKind, str] = {
    "ticket": "n.closed_at IS NULL",
    "lead": "n.closed_at IS NULL AND n.outcome IS NULL",
    "alert": "n.valid_to IS NULL AND coalesce(n.state, 'open') IN ['open', 'acknowledged']"
    " AND EXISTS { MATCH (n)-[:FOR]->(:Customer) }",
}
"""An alert without a customer is of the data as a whole, and nobody's to follow up."""
BATCH = 1000


@dataclass(frozen=True, slots=True)
class Situation:
    """All that assigning looks at: rules, open records the oldest first, our people and their work."""

    rules: tuple[AssignmentRule, ...]
    records: tuple[OpenRecord, ...]
    office: Office
    figures: Mapping[tuple[str, str], str]
    """By rule and customer: the values that answered its condition, as JSON."""


@dataclass(frozen=True, slots=True)
class Assignments:
    """What a run changed, or would."""

    now: datetime
    decisions: tuple[Decision, ...]
    situation: Situation


def assign(
    store: Store, connection: duckdb.DuckDBPyConnection, now: datetime, *, dry: bool = False,
    rules: Sequence[AssignmentRule] | None = None,
) -> Assignments:  # fmt: skip
    """Assign what is open at `now`, by these rules or those that stand, over a history; dry: write nothing.

    What a rule that is off or changed gave is withdrawn: the fact ends, and that it was so stays.
    """
    if rules is None and not store.read("assignment.rules"):
        return Assignments(now, (), Situation((), (), Office({}, {}, {}), {}))
    chosen = standing_rules(store) if rules is None else tuple(rules)
    situation = look(store, connection, now, chosen)
    decisions = tuple(decide(situation.records, chosen, situation.office))
    if not dry and decisions:
        _write(store, decisions, situation, now)
    return Assignments(now, decisions, situation)


def look(
    store: Store, connection: duckdb.DuckDBPyConnection, now: datetime, rules: tuple[AssignmentRule, ...]
) -> Situation:
    """Read what assigning looks at."""
    records = tuple(one for kind in LABELS for one in open_records(store, kind, now))
    look_at_customers(store, connection, now)
    figures = {
        (rule.rule_id, one.customer_id): one.figures
        for rule in rules
        for one in found(connection, rule.condition, now)
    }
    answering: dict[str, set[str]] = {rule.rule_id: set() for rule in rules}
    for rule_id, customer in figures:
        answering[rule_id].add(customer)
    customers = sorted({one.customer_id for one in records if one.customer_id is not None})
    office = Office(
        _staff(store, now), _owners(store, customers, now), answering, _load(records), _last(store)
    )
    return Situation(rules, records, office, figures)


def open_records(store: Store, kind: RecordKind, now: datetime) -> Iterator[OpenRecord]:
    """The open records of a kind, the oldest first."""
    for row in store.read(_statement("assignment.open", kind, open=OPEN[kind]), now=now.isoformat()):
        props, standing = row["props"], row["assigned"]
        assigned = Assigned(**standing[0]) if standing else None
        values = {name: props.get(name) for name in ASKED[kind]}
        yield OpenRecord(kind, row["record_id"], row["customer_id"], values, tuple(row["owners"]), assigned)


def figures_of(decision: Decision, situation: Situation) -> dict[str, Any]:
    """Why somebody is given a record, as the fact keeps it; a decision with an answer."""
    if decision.answer is None:
        return {}
    rule, to = decision.answer.rule, decision.answer.rule.target
    by = next(name for name in ("owner", "employee", "team", "queue") if getattr(to, name))
    told: dict[str, Any] = {"name": rule.name, "name_zh": rule.name_zh, "by": by}
    customer = decision.record.customer_id
    told["customer"] = {} if customer is None else orjson.loads(situation.figures[rule.rule_id, customer])
    if by in {"team", "queue"}:
        told |= {"group": to.team or to.queue, "choice": to.by, "load": decision.answer.load}
    return told


def _write(store: Store, decisions: Sequence[Decision], situation: Situation, now: datetime) -> None:
    """End first, so that nobody has a record twice."""
    for kind, (label, _) in LABELS.items():
        own = [one for one in decisions if one.record.kind == kind]
        over = [{"record_id": one.record.record_id, "fact_id": one.end.fact_id} for one in own if one.end]
        for batch in batches(over, BATCH):
            store.write(_statement("assignment.close", kind), rows=batch, now=now.isoformat())
        new = (_fact(one, situation, label, now) for one in own if one.answer)
        store.upsert_facts("ASSIGNED", "Employee", label, (row_of(fact) for fact in new))
    change = {
        "at": now.isoformat(), "loaded_at": datetime.now(UTC).isoformat(), "actor": "assign",
        "kind": "assign", "count": len(decisions),
    }  # fmt: skip
    store.upsert_nodes("Change", [{"id": f"assign:{uuid4().hex}", "props": change}])


def _fact(decision: Decision, situation: Situation, label: str, now: datetime) -> Derived:
    answer = decision.answer
    if answer is None or answer.employee_id is None:
        raise ValueError("a decision without anybody to give the record to")
    props = {
        "valid_from": now, "known_from": now, "valid_to": None, "method": METHOD, "confidence": 1.0,
        "rule_id": answer.rule.rule_id, "rule_version": answer.rule.version,
        "queue": answer.rule.target.queue, "turn": answer.turn,
        "figures": orjson.dumps(figures_of(decision, situation)).decode(),
    }  # fmt: skip
    key = f"{answer.rule.rule_id}:{answer.rule.version}"
    return Derived(
        "ASSIGNED", ("Employee", answer.employee_id), (label, decision.record.record_id), key, props
    )


def _statement(name: str, kind: RecordKind, **slots: str) -> Query:
    label, key = LABELS[kind]
    return template(name).render(label=label, key=key, **slots)


def _staff(store: Store, now: datetime) -> dict[str, Colleague]:
    """Away: left, or the custom attribute `away_until` names today or a later day."""
    return {
        row["employee_id"]: Colleague(row["employee_id"], row["name"], row["team"], _away(row, now))
        for row in store.read("assignment.staff")
    }


def _away(row: Mapping[str, Any], now: datetime) -> bool:
    until = str(row["away_until"] or "")[:10]
    return bool(row["gone"]) or until >= f"{now:%Y-%m-%d}"


def _owners(store: Store, customer_ids: Sequence[str], now: datetime) -> dict[str, list[str]]:
    return {
        row["customer_id"]: row["owners"]
        for batch in batches(customer_ids, BATCH)
        for row in store.read("assignment.owners", customer_ids=batch, now=now.isoformat())
    }


def _load(records: Sequence[OpenRecord]) -> Counter[str]:
    """How many open records each of us looks after, by whomever they were given."""
    held: Counter[str] = Counter()
    for one in records:
        held.update(one.owners or ([one.assigned.employee_id] if one.assigned else []))
    return held


def _last(store: Store) -> dict[str, tuple[int, str]]:
    """By rule: how many records it has given, and to whom the last."""
    newest: dict[str, tuple[int, str]] = {}
    for row in store.read("assignment.turns"):
        turn = row["turn"], row["employee_id"]
        newest[row["rule_id"]] = max(turn, newest.get(row["rule_id"], turn))
    return newest
