"""Nothing is asked, stated or read past the rules of access: what no rule names is found here."""

import re
from datetime import UTC, datetime
from typing import get_args

import pytest
from graphql import GraphQLEnumType, GraphQLInputObjectType, GraphQLObjectType
from strawberry.utils.str_converters import to_camel_case

import cypher
from cypher.macros import expand
from graph import forecast as domain
from graph.record.read import EVERYBODYS, KINDS
from graphql_api.access.grant import grant_of
from graphql_api.access.rules import read, rules
from graphql_api.features.forecast import Forecast
from graphql_api.schema import schema
from graphql_api.security import ROLES
from relgraph.commands import token
from tests.architecture.test_visibility import FOLDER

SCHEMA = schema._schema
OPEN_KINDS = {
    "Customer",
    "Employee",
    "Product",
    "Campaign",
    "Lead",
    "Opportunity",
    "Model",
    "Run",
    "SourceRecord",
}
"""Records that every role may read, of customers among its rows."""
OF_CUSTOMERS = (
    "Customer", "Contact", "Opportunity", "Order", "Invoice", "Ticket", "Interaction", "Quote", "Contract",
    "Payment", "Task", "Lead", "Alert", "Recommendation", "RiskScore", "Introduction",
)  # fmt: skip
WITHOUT_ROWS = {
    **dict.fromkeys(
        ("path.ties", "path.evidence", "path.describe", "path.jobs", "path.unreachable", "path.unwilling",
         "introduction.links"),
        "a path leads to a contact among the rows over anybody's people (decision 0065)",
    ),
    **dict.fromkeys(
        ("record.of", "record.versions", "record.origins"), "of a record that was read by its rows before"
    ),
    **dict.fromkeys(
        ("reporting_line.employers", "reporting_line.jobs", "reporting_line.stated", "tie.of_people",
         "reporting_line.dismissed",
         "chain.targets", "chain.put_gaps", "alert.close", "derive.questioned_jobs"),
        "computes what a later statement shows by its rows; tells nobody",
    ),
    **dict.fromkeys(
        ("derive.clock", "page.name_window", "record_list.window", "order_window.derived"),
        "a moment, or the width of a window",
    ),
    **dict.fromkeys(
        ("order_window.risk", "order_window.silence", "order_window.value"), "ids that are read again by rows"
    ),
    "edge.statements": "of people of a chain that was read by its rows just before",
    "writing.superiors": "of a contact that was named by its rows; tells nobody",
    "alias.resolve_each": "what it finds is read again by its rows",
    "employee.accounts": "finds the rows themselves",
    "quality.alerts": "about the data as a whole and no customer, for whoever sees all rows",
    "day.people": "of people of a deal that was read by its rows just before",
    "day.meetings": "the viewer's own meetings (decision 0065)",
    "day.tasks": "the viewer's own tasks (decision 0065)",
}  # fmt: skip
BRANCHES_WITHOUT_ROWS = {
    ("offer.popular", 0): "says only whether any model has recommended anything",
    ("record.jobs", 0): "where a person works who was read by rows is told by name (decision 0065)",
    ("record.links", 2): "who of us owns a record that was read by its rows just before",
}
"""Branches of a statement, counted from 0."""


def fields(name: str) -> set[str]:
    found = SCHEMA.type_map[name]
    assert isinstance(found, GraphQLObjectType)
    return set(found.fields)


def test_every_question_and_statement_has_a_rule() -> None:
    """A new one gets a line in `graphql_api/access/rules.yml`: which groups it tells of, or a write."""
    held = rules()
    assert set(held.questions) == fields("Query") | fields("Subscription")
    assert set(held.writes) == fields("Mutation")


def test_every_kind_of_record_belongs_to_a_group_or_is_open() -> None:
    grouped = {kind for group in rules().groups.values() for kind in group.kinds}
    assert grouped.isdisjoint(OPEN_KINDS)
    assert grouped | OPEN_KINDS == set(KINDS)


def test_the_rules_name_what_the_schema_has() -> None:
    for name, group in rules().groups.items():
        for place in (*group.fields, *group.mail, *group.phone):
            kind, _, field = place.partition(".")
            assert field in fields(kind), f"{name}: {place}"
        for place in group.asked:
            assert asked_for(place), f"{name}: {place}"


def asked_for(place: str) -> bool:
    kind, _, name = place.partition(".")
    found = SCHEMA.type_map[kind]
    if isinstance(found, GraphQLEnumType):
        return name in found.values
    return isinstance(found, GraphQLInputObjectType) and name in found.fields


def test_roles_are_the_same_everywhere() -> None:
    assert set(ROLES) == set(rules().roles) == set(get_args(token.TokenRole))


def test_the_roles_of_before_are_bound_by_nothing_new() -> None:
    for role in ("reader", "editor", "admin"):
        grant = grant_of(role)
        assert (grant.rows, grant.everything) == ("all", True)
    assert [grant_of(role).may_state_anything for role in ("reader", "editor", "admin")] == [
        False,
        True,
        True,
    ]


def test_whoever_is_told_why_may_see_all_that_a_condition_asks_about() -> None:
    """Reasons of tags, segments and assignments quote figures of any condition."""
    groups = rules().groups
    asked = {name for name, group in groups.items() if any("CustomerField." in one for one in group.asked)}
    asked |= {name for name, group in groups.items() if "CustomerCondition.items" in group.asked}
    assert asked <= set(groups["findings"].quotes)
    assert all("findings" in rules().questions[one] for one in ("assignments", "alerts", "whatIf"))


@pytest.mark.parametrize("role", ["marketing", "product"])
def test_who_sees_no_money_is_not_told_when_an_order_is_due(role: str) -> None:
    grant = grant_of(role)
    assert not grant.refuses("Query", "forecasts")
    assert grant.refuses("CustomerProfile", "dueOn")
    at = datetime(2025, 1, 1, tzinfo=UTC)
    days = domain.Forecast("Customer:a", "f", "next-order", "days", 12.0, 5.0, 30.0, 90, at, at, "m", None)
    numbers = {to_camel_case(name) for name, value in vars(Forecast.of(days)).items() if type(value) is float}
    assert numbers == {"days", "daysLow", "daysHigh"}
    assert all(grant.refuses("Forecast", name) for name in numbers)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ("roles: {a: {rows: all, fields: {nothing: shown}, writes: none}}", "which no rule declares"),
        ("roles: {a: {rows: all, fields: {money: masked}, writes: none}}", "without a mask"),
        ("roles: {a: {rows: all, fields: {told: shown}, writes: none}}", "quotes money"),
        ("roles: {a: {rows: all, fields: all, writes: [b]}}", "which no rule declares"),
        ("roles: {a: {rows: some, fields: all, writes: none}}", "rows"),
        ("roles: {a: {rows: all, fields: all, writes: none, more: 1}}", "more"),
    ],
)
def test_rules_that_contradict_themselves_are_refused(change: str, says: str) -> None:
    rest = "groups: {money: {fields: [A.b]}, told: {quotes: [money]}}\nquestions: {}\nwrites: []\n"
    with pytest.raises(ValueError, match=says):
        read(f"{change}\n{rest}")


def branches(name: str) -> list[str]:
    """The parts of a statement that are united, each with its macros expanded."""
    text = re.sub(r"//[^\n]*", "", (FOLDER / f"{name.replace('.', '/')}.cypher").read_text("utf-8"))
    found, depth = [""], 0
    for piece in re.split(r"([{}]|\bUNION\b(?: ALL\b)?)", text):
        depth += {"{": 1, "}": -1}.get(piece, 0)
        if piece.startswith("UNION") and depth == 0:
            found.append("")
        else:
            found[-1] += piece
    return [expand(one)[0] for one in found]


def past_rows(name: str) -> list[tuple[str, int]]:
    """Branches that read what belongs to customers, of any or of a drawn kind, and keep to no rows."""
    labels = re.compile(rf":(?:\w+\|)*(?:{'|'.join(OF_CUSTOMERS)}|\{{\{{label\}}\}})")
    return [
        (name, number) for number, text in enumerate(branches(name))
        if labels.search(text) and "IN $scope.customers" not in text
    ]  # fmt: skip


def test_what_reads_customers_for_viewers_keeps_to_their_rows() -> None:
    """In each branch, by `in_scope` or another macro that holds it; what need not says why."""
    queries = [cypher.query(name) for name in cypher.names()]
    templates = [cypher.template(name) for name in cypher.templates()]
    asked = [one.name for one in queries if one.sees == "viewer" and one.access == "read"]
    asked += [one.name for one in templates if one.sees == "viewer" and one.access == "read"]
    free = [found for name in asked if name not in WITHOUT_ROWS for found in past_rows(name)]
    assert set(free) == BRANCHES_WITHOUT_ROWS.keys()
    assert OPEN_KINDS | {"Tag", "Segment"} >= EVERYBODYS
