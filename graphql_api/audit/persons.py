"""Where answers tell personal data, and of whom: the fields of the schema that stand for marked model fields.

`PII` of `graph.model` marks the fields; a test holds this table against the marks and the schema.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

from graph.model import NODES, PersonalData

Subjects = set[str]
"""Typed ids of which personal data were told, such as `Contact:crm:CON-1`."""
Key = Callable[[Any], str | None]
"""The typed id of whom an object of the answer tells; None where it is of nobody."""

PERSONAL_KINDS = frozenset(
    label
    for label, model in NODES.items()
    if any(isinstance(mark, PersonalData) for field in model.model_fields.values() for mark in field.metadata)
)
"""Kinds of records with a field that is marked as personal."""


@dataclass(frozen=True, slots=True)
class Place:
    """A type of the schema that tells of somebody.

    fields: those that hold personal data, as the schema spells them and as Python does.
    """

    fields: Mapping[str, str]
    keys: tuple[Key, ...]

    def told(self, value: object, names: Iterable[str], subjects: Subjects) -> None:
        """Note whom `value` tells of, where one of the attributes `names` holds something."""
        for name in names:
            if getattr(value, name, None) is not None:
                break
        else:
            return
        for key in self.keys:
            found = key(value)
            if found is not None and found.partition(":")[0] in PERSONAL_KINDS:
                subjects.add(found)

    def names(self, selected: Collection[str]) -> tuple[str, ...]:
        """The attributes of the personal fields among those that were selected."""
        return tuple(name for field, name in self.fields.items() if field in selected)


def _of(kind: str, name: str) -> Key:
    """Of the record of this kind whose id is the attribute `name`."""
    read = attrgetter(name)

    def key(value: Any) -> str | None:
        found = read(value)
        return None if found is None else f"{kind}:{found}"

    return key


def _in(kind_name: str, name: str) -> Key:
    """Of the record whose kind is one attribute and whose id is another."""
    return lambda value: f"{getattr(value, kind_name)}:{getattr(value, name)}"


def _reviewed(name: str) -> Key:
    """Of a record that may be the same as another."""
    return lambda value: f"{value.kind.value}:{getattr(value, name)}"


def _evidence(name: str) -> Key:
    """Of the record that an attribute names as evidence does, where it names one."""

    def key(value: Any) -> str | None:
        found = getattr(value, name)
        return None if found is None else str(found.id)

    return key


def _held(value: Any) -> str:
    """Of the employee who was given a record."""
    return f"Employee:{value.employee.employee_id}"


def _place(*keys: Key, **fields: str) -> Place:
    return Place(fields, keys)


PLACES: Mapping[str, Place] = {
    "Contact": _place(
        _of("Contact", "contact_id"), name="name", email="email", phone="phone", mobile="mobile"
    ),
    "Employee": _place(_of("Employee", "employee_id"), name="name", email="email"),
    "StandIn": _place(_of("Employee", "employee_id"), name="name", email="email"),
    "GroupDecider": _place(_of("Contact", "contact_id"), name="name"),
    "GroupOwner": _place(_of("Employee", "employee_id"), name="name"),
    "MeetingAttendee": _place(_of("Contact", "contact_id"), name="name"),
    "StanceStatement": _place(_of("Contact", "contact_id"), name="name"),
    "IntroductionRequest": _place(_of("Contact", "contact_id"), contactName="contact_name", note="note"),
    "Gap": _place(_of("Contact", "contact_id"), message="message"),
    "PathPerson": _place(_in("kind", "person_id"), name="name"),
    "NetworkNode": _place(attrgetter("node_id"), name="name"),
    "SearchHit": _place(_in("label", "node_id"), name="name", detail="detail"),
    "Record": _place(_in("kind", "record_id"), name="name", values="values"),
    "RecordLink": _place(_in("kind", "record_id"), name="name"),
    "TimelineEvent": _place(_in("kind", "record_id"), name="name"),
    "ReasonNode": _place(_in("kind", "record_id"), label="label"),
    "Review": _place(
        _reviewed("one_id"), _reviewed("other_id"),
        oneName="one_name", otherName="other_name", weights="weights",
    ),
    "Attendee": _place(attrgetter("id"), name="name"),
    "Note": _place(attrgetter("id"), subject="subject", note="note", nextStep="next_step"),
    "DayMeeting": _place(attrgetter("id"), subject="subject"),
    "Task": _place(attrgetter("id"), subject="subject"),
    "AccountChange": _place(_evidence("subject"), name="name"),
    "Standing": _place(_evidence("subject"), name="name"),
    "Alert": _place(_evidence("subject"), title="title", message="message"),
    "Assignment": _place(_held, reason="reason"),
    "DayItem": _place(_evidence("contact"), reason="reason", whatToDo="what_to_do"),
}  # fmt: skip
