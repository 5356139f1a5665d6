"""A rule of assignment: which records of which customers, and to whom; written in YAML."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, get_args

import orjson

from graph.customer_filter import All, Condition, FilterRefused, plain, read
from graph.customer_filter.read import Path
from graph.customer_filter.yaml import Document
from graph.errors import UsageError
from graph.sentences import suggestion

RecordKind = Literal["ticket", "lead", "alert"]
Choice = Literal["least_loaded", "round_robin"]
ASKED: Mapping[RecordKind, tuple[str, ...]] = {
    "ticket": ("kind", "category", "priority", "status"),
    "lead": ("stage", "channel"),
    "alert": ("kind", "severity"),
}
"""What of a record itself a rule can ask about."""
LABELS: Mapping[RecordKind, tuple[str, str]] = {
    "ticket": ("Ticket", "ticket_id"),
    "lead": ("Lead", "lead_id"),
    "alert": ("Alert", "alert_id"),
}
"""Label and key of the records."""
EVERYBODY = All(())
_KNOWN = {"id", "name", "name_zh", "for", "record", "when", "to"}
_TARGETS = ("owner", "employee", "team", "queue")


@dataclass(frozen=True, slots=True)
class Target:
    """To whom: the account's owner, one employee, somebody of a team, or of the members of a queue."""

    owner: bool = False
    employee: str | None = None
    team: str | None = None
    queue: str | None = None
    members: tuple[str, ...] = ()
    by: Choice = "least_loaded"


@dataclass(frozen=True, slots=True)
class AssignmentRule:
    """Rules are asked in their order, and the first that fits wins; `version` grows with every change."""

    rule_id: str
    name: str
    name_zh: str
    kind: RecordKind
    record: Mapping[str, tuple[str, ...]]
    """Values of the record of which one must be there, by field."""
    condition: Condition
    """Of its customer."""
    target: Target
    version: int = 1

    @property
    def written(self) -> str:
        """All that decides, as JSON."""
        to = {name: getattr(self.target, name) for name in (*_TARGETS, "members", "by")}
        told: dict[str, Any] = {"for": self.kind, "record": self.record, "when": None, "to": to}
        if self.condition != EVERYBODY:
            told["when"] = plain(self.condition)
        return orjson.dumps(told, option=orjson.OPT_SORT_KEYS).decode()

    @classmethod
    def kept(cls, props: Mapping[str, Any]) -> "AssignmentRule":
        """The rule that a node keeps."""
        told = orjson.loads(props["rule"])
        to = told["to"] | {"members": tuple(told["to"]["members"])}
        return cls(
            props["rule_id"], props["name"], props["name_zh"], told["for"],
            {name: tuple(values) for name, values in told["record"].items()},
            EVERYBODY if told["when"] is None else read(told["when"]),
            Target(**to), props["rule_version"],
        )  # fmt: skip


def rules_of(given: Document) -> tuple[AssignmentRule, ...]:
    """The rules below `rules:`. Raises FilterRefused with every fault and its place."""
    listed = given.values.get("rules") if isinstance(given.values, Mapping) else None
    if not isinstance(listed, list) or not listed:
        raise UsageError("the file has no rules: write a list of them below `rules:`")
    faults: list[str] = []
    found = [
        rule
        for place, one in enumerate(listed)
        if (rule := _Reader(given, ("rules", place), faults).rule(one)) is not None
    ]
    ids = [one.rule_id for one in found]
    faults += [
        f"{given.name}: the id `{one}` stands twice" for one in sorted({i for i in ids if ids.count(i) > 1})
    ]
    if faults:
        raise FilterRefused(faults)
    return tuple(found)


class _Reader:
    """Reads one rule; what is wrong is kept among the faults."""

    def __init__(self, written: Document, at: Path, faults: list[str]) -> None:
        self.written, self.at, self.faults = written, at, faults

    def rule(self, given: object) -> AssignmentRule | None:
        """The rule; None where something is wrong with it."""
        values, before = given if isinstance(given, Mapping) else {}, len(self.faults)
        for name in values.keys() - _KNOWN:
            self._fault((str(name),), f"a rule has no `{name}`{suggestion(str(name), _KNOWN)}")
        words = {name: self._text(values, name) for name in ("id", "name", "name_zh")}
        kind = next((one for one in get_args(RecordKind) if one == values.get("for")), None)
        if kind is None:
            self._fault(("for",), "`for` is ticket, lead or alert")
        record = self._record(kind, values.get("record", {})) if kind else {}
        condition = self._condition(values.get("when"))
        target = self._target(values.get("to"))
        if len(self.faults) > before or kind is None:
            return None
        return AssignmentRule(words["id"], words["name"], words["name_zh"], kind, record, condition, target)

    def _fault(self, path: Path, says: str) -> None:
        self.faults.append(f"{self.written.place((*self.at, *path))}: {says}")

    def _text(self, values: Mapping[str, Any], name: str) -> str:
        text = values.get(name)
        if not isinstance(text, str) or not text.strip():
            self._fault((name,), f"`{name}` is missing")
        return str(text)

    def _record(self, kind: RecordKind, given: object) -> dict[str, tuple[str, ...]]:
        if not isinstance(given, Mapping):
            self._fault(("record",), f"`record` is written as `field: value` of {', '.join(ASKED[kind])}")
            return {}
        for name in given.keys() - set(ASKED[kind]):
            self._fault(
                ("record", str(name)), f"a {kind} has no `{name}`{suggestion(str(name), ASKED[kind])}"
            )
        listed = {str(name): one if isinstance(one, list) else [one] for name, one in given.items()}
        return {name: tuple(map(str, values)) for name, values in listed.items()}

    def _condition(self, given: object) -> Condition:
        """Of every customer where nothing is said."""
        if given is None:
            return EVERYBODY
        try:
            return read(given, self.written.place, (*self.at, "when"))
        except FilterRefused as refused:
            self.faults += refused.faults
            return All(())

    def _target(self, given: object) -> Target:
        to = dict(given) if isinstance(given, Mapping) else {}
        named = [name for name in _TARGETS if to.get(name)]
        by = to.get("by", "least_loaded")
        members = to.get("members", [])
        if len(named) != 1 or to.keys() - {*_TARGETS, "by", "members"}:
            self._fault(("to",), "`to` names one of owner: true, employee: ID, team: NAME, queue: NAME")
        elif by not in get_args(Choice):
            self._fault(("to", "by"), f"`by` is least_loaded or round_robin, not `{by}`")
        elif not isinstance(members, list) or ("queue" in named) != bool(members):
            self._fault(("to",), "a queue has `members`, a list of employees, and nothing else has")
        else:
            rest = {name: str(to[name]) for name in named if name != "owner"}
            return Target(owner="owner" in named, members=tuple(map(str, members)), by=by, **rest)
        return Target()
