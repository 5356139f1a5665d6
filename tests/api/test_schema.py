"""The committed schema is the code's, and the code's sets of values are the domain's."""

import difflib
from enum import Enum
from typing import Any, get_args

import pytest

from graph.alert import model as alert
from graph.alert.playbook import Language, kinds
from graph.day import model as day
from graph.decision_chain import model as chain
from graph.merge.verdict import Judgement
from graph.model import Basis, Role
from graph.packaged import packaged_yaml
from graph.profile import model as profile
from graph.score_view.model import Band
from graphql_api.config import Limits
from graphql_api.described import undescribed
from graphql_api.execution.schema import BoundedSchema
from graphql_api.features import customers, enums, my_day
from graphql_api.schema import Mutation, Query, Subscription, schema
from tests.paths import REPO

COMMITTED = REPO / "graphql_api" / "schema.graphql"


def test_the_committed_schema_is_that_of_the_code() -> None:
    committed, code = COMMITTED.read_text("utf-8"), schema.as_str() + "\n"
    diff = difflib.unified_diff(committed.splitlines(), code.splitlines(), "committed", "code", lineterm="")
    assert committed == code, "run `relgraph serve --export-schema graphql_api/schema.graphql`\n" + "\n".join(
        diff
    )


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        (enums.DecisionRole, Role),
        (enums.Basis, Basis),
        (enums.Band, Band),
        (enums.Judgement, Judgement),
        (enums.AlertSeverity, alert.Severity),
        (enums.AlertState, alert.State),
        (my_day.DayItemKind, day.ItemKind),
        (enums.Locale, Language),
        (enums.GapKind, chain.GapKind),
        (enums.RoleScope, chain.Member.__annotations__["scope"]),
        (enums.Trend, profile.Health.__annotations__["trend"]),
        (enums.MatchedBy, profile.MatchBy),
        (customers.CustomerOrder, profile.Order),
    ],
)
def test_enums_hold_the_domains_values(ours: type[Enum], theirs: Any) -> None:
    assert [one.value for one in ours] == _values(theirs)


def test_every_kind_of_alert_has_a_value() -> None:
    assert [one.value for one in enums.AlertKind] == list(kinds())


def _values(literal: Any) -> list[str]:
    found: list[str] = []
    for one in get_args(literal):
        found += [one] if isinstance(one, str) else _values(one)
    return found


def test_every_question_is_described() -> None:
    query = schema._schema.type_map["Query"]
    described = [name for name, field in query.fields.items() if not field.description]  # type: ignore[attr-defined]  # an object type
    assert described == []


def test_every_field_is_described_once() -> None:
    """In code, or by its name in `fields.yml`, whose entries are all needed."""
    assert list(undescribed(schema._schema)) == []
    plain = BoundedSchema(Query, Mutation, Subscription, limits=Limits())
    left = [place for place, _ in undescribed(plain._schema)]
    texts = packaged_yaml("graphql_api", "fields.yml")
    assert {place if place in texts else place.partition(".")[2] for place in left} == texts.keys()
    assert all(text.endswith(".") and len(text) <= 120 for text in texts.values())
