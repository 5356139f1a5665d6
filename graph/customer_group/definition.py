"""What a tag or a segment is: names, descriptions and the condition that its customers answer to."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from importlib.resources import files
from typing import Any, Literal

import orjson

from graph.customer_filter import Condition, FilterRefused, plain, read
from graph.customer_filter.read import Path
from graph.customer_filter.yaml import Document, document
from graph.errors import UsageError
from graph.moment import in_utc

GroupKind = Literal["tag", "segment"]
_WORDS = ("name", "name_zh", "description", "description_zh", "dimension")
_KNOWN = {"id", "when", "version", *_WORDS}
_TAGS_ALONE = {"from", "until", "weight"}
HEAVIEST = 10.0
_LONGEST = 300


@dataclass(frozen=True, slots=True)
class Definition:
    """A tag or a segment by its rule; `version` grows with every change of the rule."""

    kind: GroupKind
    group_id: str
    name: str
    name_zh: str | None
    description: str | None
    description_zh: str | None
    dimension: str
    condition: Condition
    version: int = 1
    core: bool = False
    """Whether it is one of the catalogue that comes with the program."""
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    """Between these moments the rule holds; None: it holds without that bound."""
    weight: float = 1.0
    """How much the tag matters beside others, 0…10: heavier ones are told first."""

    @property
    def rule(self) -> str:
        """The condition as JSON."""
        return orjson.dumps(plain(self.condition)).decode()

    @property
    def label(self) -> str:
        """Of its node."""
        return "Tag" if self.kind == "tag" else "Segment"

    @property
    def type(self) -> str:
        """Of the relationships of its customers."""
        return "TAGGED" if self.kind == "tag" else "IN_SEGMENT"

    def holds_at(self, now: datetime) -> bool:
        """Whether the rule is in force at a moment."""
        return (self.starts_at is None or self.starts_at <= now) and (
            self.ends_at is None or now < self.ends_at
        )

    def props(self) -> dict[str, Any]:
        """Its node's properties."""
        stated: dict[str, Any] = {
            "name": self.name, "name_zh": self.name_zh, "description": self.description,
            "description_zh": self.description_zh, "rule": self.rule, "rule_version": self.version,
            "ended_at": None,
        }  # fmt: skip
        if self.kind == "tag":
            bounds = {"starts_at": self.starts_at, "ends_at": self.ends_at}
            told = {name: at and at.isoformat() for name, at in bounds.items()}
            return stated | told | {"dimension": self.dimension, "weight": self.weight}
        return stated | {"method": "rule"}


def core(kind: GroupKind) -> tuple[Definition, ...]:
    """Those of the catalogue that comes with the program (`tags.yml`, `segments.yml`)."""
    return _core(kind)


@lru_cache(maxsize=2)
def _core(kind: GroupKind) -> tuple[Definition, ...]:
    name = f"{kind}s.yml"
    text = files("graph.customer_group").joinpath(name).read_text(encoding="utf-8")
    return definitions(document(text, name), kind, core=True)


def definitions(given: Document, kind: GroupKind, *, core: bool = False) -> tuple[Definition, ...]:
    """The definitions of a file: one, or a list below `tags:` or `segments:`.

    Raises FilterRefused with all that is wrong, and where.
    """
    listed, at = _listed(given.values, kind)
    faults: list[str] = []
    found: list[Definition] = []
    for place, one in enumerate(listed):
        here: Path = (*at, place) if at else ()
        try:
            found.append(_definition(one, given, here, kind, core=core))
        except FilterRefused as refused:
            faults += refused.faults
    twice = sorted(one for one, count in Counter(one.group_id for one in found).items() if count > 1)
    faults += [f"{given.name}: the id `{one}` stands twice" for one in twice]
    if faults:
        raise FilterRefused(faults)
    return tuple(found)


def from_node(props: Mapping[str, Any], kind: GroupKind) -> Definition:
    """The definition that a Tag or Segment node keeps; raises FilterRefused."""
    return Definition(
        kind=kind,
        group_id=props["tag_id" if kind == "tag" else "segment_id"],
        name=props["name"],
        name_zh=props.get("name_zh"),
        description=props.get("description"),
        description_zh=props.get("description_zh"),
        dimension=props.get("dimension") or "custom",
        condition=read(orjson.loads(props["rule"])),
        version=props.get("rule_version") or 1,
        starts_at=props.get("starts_at"),
        ends_at=props.get("ends_at"),
        weight=props.get("weight", 1.0),
    )


def _listed(values: object, kind: GroupKind) -> tuple[list[object], Path]:
    if isinstance(values, Mapping) and isinstance(values.get(f"{kind}s"), list):
        return list(values[f"{kind}s"]), (f"{kind}s",)
    if isinstance(values, Mapping) and "when" in values:
        return [values], ()
    raise UsageError(
        f"the file defines no {kind}: write `id`, `name` and `when`, or a list of them below `{kind}s:`"
    )


def _definition(given: object, written: Document, at: Path, kind: GroupKind, *, core: bool) -> Definition:
    faults: list[str] = []
    values = given if isinstance(given, Mapping) else {}
    known = _KNOWN | _TAGS_ALONE if kind == "tag" else _KNOWN
    faults += [
        f"{written.place((*at, str(name)))}: a {kind} has no `{name}`; it has {', '.join(sorted(known))}"
        for name in values.keys() - known
    ]
    bounds = [_bound(values, name, written, at, faults) for name in ("from", "until")]
    weight = _weight(values, written, at, faults)
    for name in ("id", "name"):
        if not _worded(values.get(name)):
            faults.append(
                f"{written.place((*at, name))}: `{name}` is missing, or is no text of 1 to {_LONGEST} letters"
            )
    try:
        condition = _condition(values.get("when"), written, (*at, "when"))
    except FilterRefused as refused:
        faults += refused.faults
    if faults:
        raise FilterRefused(faults)
    words = {name: values.get(name) if _worded(values.get(name)) else None for name in _WORDS}
    version = values.get("version", 1)
    return Definition(
        kind=kind, group_id=str(values["id"]), name=str(words["name"]), name_zh=words["name_zh"],
        description=words["description"], description_zh=words["description_zh"],
        dimension=words["dimension"] or "custom", condition=condition,
        version=version if isinstance(version, int) else 1, core=core,
        starts_at=bounds[0], ends_at=bounds[1], weight=weight,
    )  # fmt: skip


def _condition(given: object, written: Document, at: Path) -> Condition:
    """The condition, if it can be read as it is kept, too: there, fields side by side stand one deeper."""
    condition = read(given, written.place, at)
    read(plain(condition), lambda _: written.place(at))
    return condition


def _bound(
    values: Mapping[str, Any], name: str, written: Document, at: Path, faults: list[str]
) -> datetime | None:
    """The midnight (UTC) of the day that is named; `until` is the first day on which the rule is over."""
    given = values.get(name)
    if given is None or isinstance(given, datetime):
        return None if given is None else in_utc(given)
    if isinstance(given, date):
        return in_utc(datetime(given.year, given.month, given.day))  # noqa: DTZ001 - in_utc makes it UTC
    faults.append(f"{written.place((*at, name))}: `{name}` is a day such as 2026-01-31, not `{given}`")
    return None


def _weight(values: Mapping[str, Any], written: Document, at: Path, faults: list[str]) -> float:
    given = values.get("weight", 1.0)
    if isinstance(given, int | float) and not isinstance(given, bool) and 0 <= given <= HEAVIEST:
        return float(given)
    faults.append(
        f"{written.place((*at, 'weight'))}: `weight` is a number from 0 to {HEAVIEST:g}, not `{given}`"
    )
    return 1.0


def _worded(text: object) -> bool:
    return isinstance(text, str) and 0 < len(text.strip()) <= _LONGEST
