"""Who gets what: over records, rules and our people as plain values, so that it needs no graph."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from graph.assignment.rule import EVERYBODY, AssignmentRule, RecordKind

Why = Literal["fits", "record", "customer", "nobody"]
"""A rule fits; or the record's values, its customer, or the absence of everybody named speak against it."""


@dataclass(frozen=True, slots=True)
class Assigned:
    """What stands: who was given the record, by which rule."""

    fact_id: str
    employee_id: str
    rule_id: str
    rule_version: int


@dataclass(frozen=True, slots=True)
class OpenRecord:
    """A record that somebody must look after; `owners` are those that people or sources named.

    customer_id: None where none is known, as of a lead from outside; only rules for every customer fit then.
    """

    kind: RecordKind
    record_id: str
    customer_id: str | None
    values: Mapping[str, Any]
    owners: tuple[str, ...] = ()
    assigned: Assigned | None = None


@dataclass(frozen=True, slots=True)
class Colleague:
    """One of us; `away`: has left, or is on leave."""

    employee_id: str
    name: str | None
    team: str | None
    away: bool


@dataclass(frozen=True, slots=True)
class Answer:
    """What a rule says of a record; `load`: what the chosen one had to look after then."""

    rule: AssignmentRule
    why: Why
    employee_id: str | None = None
    load: int | None = None
    turn: int | None = None
    """Which assignment of the rule this is, counted from 1."""


@dataclass(slots=True)
class Office:
    """Our people, what each looks after, and who was last in turn, as assigning goes on."""

    staff: Mapping[str, Colleague]
    account_owners: Mapping[str, Sequence[str]]
    """By customer."""
    answering: Mapping[str, Collection[str]]
    """By rule: the customers that answer to its condition."""
    load: Counter[str] = field(default_factory=Counter)
    last: dict[str, tuple[int, str]] = field(default_factory=dict)
    """By rule: how many records it has given, and to whom the last."""

    def answer(self, rule: AssignmentRule, record: OpenRecord) -> Answer:
        """Whether a rule fits a record, and whom it chooses."""
        if any(str(record.values.get(name)) not in wanted for name, wanted in rule.record.items()):
            return Answer(rule, "record")
        if not self._asked_for(rule, record.customer_id):
            return Answer(rule, "customer")
        present = sorted(one for one in self._named(rule, record) if self._present(one))
        if not present:
            return Answer(rule, "nobody")
        chosen = self._chosen(rule, present)
        return Answer(rule, "fits", chosen, self.load[chosen], self._last(rule)[0] + 1)

    def take(self, answer: Answer) -> None:
        """The record is given: loads and turns move on."""
        if answer.employee_id is not None and answer.turn is not None:
            self.load[answer.employee_id] += 1
            self.last[answer.rule.rule_id] = answer.turn, answer.employee_id

    def release(self, over: Iterable[Assigned]) -> None:
        """These look after one record less."""
        self.load.subtract(one.employee_id for one in over)

    def _asked_for(self, rule: AssignmentRule, customer_id: str | None) -> bool:
        if customer_id is None:
            return rule.condition == EVERYBODY
        return customer_id in self.answering[rule.rule_id]

    def _last(self, rule: AssignmentRule) -> tuple[int, str]:
        return self.last.get(rule.rule_id, (0, ""))

    def stands(self, assigned: Assigned, rules: Mapping[str, AssignmentRule]) -> bool:
        """Whether an assignment goes on: its rule is as it was, and whoever has it is there."""
        rule = rules.get(assigned.rule_id)
        return (
            rule is not None and rule.version == assigned.rule_version and self._present(assigned.employee_id)
        )

    def _present(self, employee_id: str) -> bool:
        return employee_id in self.staff and not self.staff[employee_id].away

    def _named(self, rule: AssignmentRule, record: OpenRecord) -> Sequence[str]:
        to = rule.target
        if to.owner:
            return self.account_owners.get(record.customer_id, ()) if record.customer_id else ()
        if to.team is not None:
            return [one.employee_id for one in self.staff.values() if one.team == to.team]
        return to.members if to.employee is None else (to.employee,)

    def _chosen(self, rule: AssignmentRule, present: Sequence[str]) -> str:
        """By load the one with least, of equals the first by id; in turn the next after the last one."""
        if rule.target.by == "round_robin":
            _, last = self._last(rule)
            return next((one for one in present if one > last), present[0])
        return min(present, key=lambda one: (self.load[one], one))


@dataclass(frozen=True, slots=True)
class Decision:
    """What becomes of a record: `end` is over, `answer` begins; with neither it stays as it is."""

    record: OpenRecord
    end: Assigned | None = None
    answer: Answer | None = None


def decide(
    records: Sequence[OpenRecord], rules: Sequence[AssignmentRule], office: Office
) -> Iterator[Decision]:
    """What changes, record by record in their order. A person's or a source's own assignment always wins.

    Whoever loses a record has less to look after before anybody is given one.
    """
    by_id = {one.rule_id: one for one in rules}
    over = {
        one.assigned.fact_id: one.assigned
        for one in records
        if one.assigned is not None and not one.owners and not office.stands(one.assigned, by_id)
    }
    office.release(over.values())
    for record in records:
        standing = record.assigned
        if record.owners:
            if standing is not None:
                yield Decision(record, end=standing)
        elif standing is None or standing.fact_id in over:
            answer = next((one for one in answers(rules, record, office) if one.why == "fits"), None)
            if answer is not None:
                office.take(answer)
            if answer is not None or standing is not None:
                yield Decision(record, end=standing, answer=answer)


def answers(rules: Sequence[AssignmentRule], record: OpenRecord, office: Office) -> Iterator[Answer]:
    """What each rule for records of the kind says, in their order."""
    for rule in rules:
        if rule.kind == record.kind:
            yield office.answer(rule, record)
