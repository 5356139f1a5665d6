"""The table of places that tell personal data, against the schema and the marks of the model."""

import re
from datetime import UTC, datetime

import pytest
from graphql import GraphQLObjectType
from strawberry import ID

from graph.model import NODES, PersonalData
from graphql_api.audit.persons import PERSONAL_KINDS, PLACES, Subjects
from graphql_api.features.assignment import Assignment
from graphql_api.features.people import Employee
from graphql_api.schema import schema

TYPES = {
    name: set(kind.fields)
    for name, kind in schema._schema.type_map.items()
    if isinstance(kind, GraphQLObjectType) and not name.startswith("__")
}
OPEN = {
    "Viewer": "the name of whoever asks",
    "Cover": "its employee is an Employee",
    "EdgeStatement": "an id, no name",
    "EdgeAnswer": "an id, no name",
    "WhatIf": "an id, no name",
    "ListedContact": "its contact is a Contact",
    "Written": "its records are Records",
    "LevelStatement": "why an employee judged an account so",
}
"""Types that name a person by id and hold a text, but tell nothing personal of their own."""


def test_the_kinds_are_those_with_marks() -> None:
    assert {"Contact", "Employee", "Interaction", "Task"} <= PERSONAL_KINDS
    assert "Customer" not in PERSONAL_KINDS


@pytest.mark.parametrize("name", PLACES)
def test_a_place_names_what_the_schema_has(name: str) -> None:
    assert set(PLACES[name].fields) <= TYPES[name]


def test_the_reason_of_an_assignment_tells_of_whom_it_names() -> None:
    told: Subjects = set()
    eva = Employee(employee_id=ID("crm:E-1"), name="Eva", email=None, team=None, role=None)
    given = Assignment(
        record=ID("Ticket:t1"), employee=eva, rule_id=ID("vip"), rule_version=1, queue=None,
        since=datetime(2026, 3, 5, tzinfo=UTC), reason="Rule “VIP”: it names Eva.",
    )  # fmt: skip
    place = PLACES["Assignment"]
    place.told(given, place.names({"reason", "since"}), told)
    assert told == {"Employee:crm:E-1"}


@pytest.mark.parametrize("label", ["Contact", "Employee"])
def test_every_marked_field_that_the_schema_shows_is_a_place(label: str) -> None:
    fields = NODES[label].model_fields.items()
    marked = {name for name, field in fields if any(isinstance(one, PersonalData) for one in field.metadata)}
    assert marked & TYPES[label] == set(PLACES[label].fields)


def test_every_type_that_names_a_person_is_a_place_or_says_why_not() -> None:
    """A type with an id of a person and a name, message or note tells of somebody."""
    person = re.compile(r"contactId|employeeId|personId|attendees|raisedBy")
    text = {"name", "message", "note", "title", "contactName", "label", "why"}
    naming = {name for name, fields in TYPES.items() if text & fields and any(map(person.fullmatch, fields))}
    assert naming - PLACES.keys() - OPEN.keys() == set()
