"""Documents made to hurt: each is refused with a sentence and a code, or answered within bounds."""

import asyncio
import json
from typing import Any

import pytest
import strawberry
from graphql import get_introspection_query

from graph.errors import UsageError
from graphql_api.config import Limits
from graphql_api.schema import Query as ApiQuery
from tests.api.small import SmallApi

API = SmallApi(ApiQuery)


def fragments(count: int, body: str, last: str, on: str = "Viewer") -> str:
    """Fragments F0 … Fcount, each of which `body` (with {next}) leads to the next."""
    many = [f"fragment F{i} on {on} {{ {body.format(next=f'F{i + 1}')} }}" for i in range(count)]
    return " ".join([*many, f"fragment F{count} on {on} {{ {last} }}"])


HOSTILE = {
    "nothing": "",
    "blank": " \n\ufeff",
    "a comment": "#" + "x" * 100_000,
    "not graphql": "SELECT 1",
    "a null character": "{ viewer { name \x00 } }",
    "other digits": "{ customers(first: ٣) { nodes { name } } }",
    "no operation": "fragment F on Viewer { name }",
    "a type": "type A { b: Int }",
    "too many tokens": "{ " + "viewer { name } " * 2_000 + "}",
    "deep": "{ viewer " + "{ employee " * 1_500 + "}" * 1_500 + "}",
    "deep list": "{ accounts(match: " + "[" * 1_500 + "]" * 1_500 + ") { score } }",
    "deep object": "{ customers(where: " + "{a: " * 900 + "1" + "}" * 900 + ") { nodes { name } } }",
    "deep type": "query ($a: " + "[" * 1_500 + "Int" + "]" * 1_500 + ") { viewer { name } }",
    "deep introspection": '{ __type(name: "Query") ' + "{ fields { type " * 8 + "{ name }" + "} }" * 8 + "}",
    "same field": "{ viewer { " + "name " * 3_000 + "} }",
    "same object": "{ " + "viewer { name } " * 900 + "}",
    "same arguments": "{ " + 'account(match: "x") { name } ' * 390 + "}",
    "same below": "{ viewer { " + "employee { name } " * 700 + "} }",
    "same in fragments": "{ viewer { " + " ".join(f"...F{i}" for i in range(300)) + " } } "
    + " ".join(f"fragment F{i} on Viewer {{ name }}" for i in range(300)),
    "fragments to explode": "{ viewer { ...F0 } } "
    + fragments(60, "a: employee {{ name }} ...{next} ... {{ ...{next} }}", "name"),
    "fragments that nest": "{ viewer { ...F0 } } "
    + fragments(60, "... {{ ...{next} }} ... {{ ...{next} }}", "name"),
    "a circle of fragments": "{ viewer { ...A } } "
    "fragment A on Viewer { ...B } fragment B on Viewer { ...A }",
    "a circle through fields": '{ account(match: "x") { ...A } } '
    "fragment A on Customer { related { kind } decisionChain { ...B } } fragment B on DecisionChain { ...B }",
    "aliases": "{ " + " ".join(
        f"a{i}: customers(first: 1000) {{ nodes {{ name }} }}" for i in range(100)) + " }",
    "leaf aliases": "{ customers(first: 1000) { nodes { "
    + " ".join(f"a{i}: name" for i in range(900)) + " } } }",
    "long aliases": "{ customers(first: 1000) { nodes { "
    + " ".join(f"a{i}{'x' * 900}: name" for i in range(90)) + " } } }",
    "a long alias": "{ " + "a" * 50_000 + ": viewer { name } }",
    "a long field": "{ " + "a" * 50_000 + " }",
    "a long string": '{ account(match: "' + "x" * 100_000 + '") { name } }',
    "a long block string": '{ account(match: """' + "x\n" * 50_000 + '""") { name } }',
    "many words": '{ account(match: "' + "word " * 3_000 + '") { name } }',
    "a long number": "{ customers(first: " + "9" * 5_000 + ") { nodes { name } } }",
    "a large number": "{ customers(first: 99999999999) { nodes { name } } }",
    "a float": "{ customers(first: 9.0) { nodes { name } } }",
    "an unknown directive": "{ viewer @nothing { name } }",
    "many directives": "{ viewer { name " + "@skip(if: false) " * 700 + "} }",
    "defer": "{ ... @defer { viewer { name } } }",
    "unused variables": "query (" + " ".join(f"$v{i}: Int" for i in range(900)) + ") { viewer { name } }",
    "two operations": "query A { viewer { name } } query B { viewer { name } }",
    "a subscription": "subscription { viewer { name } }",
    "introspection to grow": "{ " + " ".join(
        f"a{i}: __schema {{ types {{ fields {{ name args {{ name type {{ name }} }} type {{ name }} }} }} }}"
        for i in range(60)) + " }",
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
async def test_a_hostile_document_is_refused_with_a_sentence_and_a_code(name: str) -> None:
    body, status = await API.answer(HOSTILE[name])
    assert 400 <= status < 500
    assert "data" not in body
    for error in body["errors"]:
        assert error["extensions"]["code"] in {"BAD_INPUT", "TOO_DEEP", "TOO_COSTLY"}
        assert 10 < len(error["message"]) < 1_100


HOSTILE_VARIABLES: dict[str, Any] = {
    "a text": "x",
    "a list": [1],
    "a negative float": -1.0,
    "zero": 0,
    "a page too large": 1001,
    "a whole float too large": 1001.0,
    "a float beyond integers": 2147483647.0,
    "a huge float": 1e300,
    "a huge integer": 10**30,
    "a flag": True,
    "nothing": None,
    "a deep list": json.loads("[" * 500 + "]" * 500),
    "a fraction": 1.5,
}


@pytest.mark.parametrize("name", HOSTILE_VARIABLES)
async def test_a_page_size_is_checked_as_it_would_be_executed(name: str) -> None:
    text = "query ($n: Int!) { customers(first: $n) { nodes { name } } }"
    assert await API.codes(text, {"n": HOSTILE_VARIABLES[name]}) == {"BAD_INPUT"}


@pytest.mark.parametrize("size", [900.0, 900])
async def test_cost_is_that_of_the_page_that_would_be_executed(size: float) -> None:
    text = "query ($n: Int!) { customers(first: $n) { nodes { network { nodes { name } edges { kind } } } } }"
    assert await API.codes(text, {"n": size}) == {"TOO_COSTLY"}


@pytest.mark.parametrize(
    ("variables", "text"),
    [
        ({"m": "x" * 1_001}, "query ($m: String!) { account(match: $m) { name } }"),
        ({"i": "x" * 1_001}, "query ($i: ID!) { customer(id: $i) { name } }"),
        (
            {"w": {"text": "x" * 1_001}},
            "query ($w: CustomerFilter) { customers(where: $w) { nodes { name } } }",
        ),
    ],
)
async def test_a_variable_is_no_longer_than_a_literal_may_be(variables: dict[str, Any], text: str) -> None:
    body, status = await API.answer(text, variables)
    assert status == 400
    assert "more than 1000 characters" in body["errors"][0]["message"]


async def test_what_graphiql_asks_about_the_schema_is_answered() -> None:
    """With room to grow: under three quarters of the usual bounds."""
    text, usual = get_introspection_query(schema_description=True, input_value_deprecation=True), Limits()
    narrow = Limits(max_cost=usual.max_cost * 3 // 4, max_values=usual.max_values * 3 // 4)
    body, status = await SmallApi(ApiQuery, narrow).answer(text)
    assert status == 200
    assert len(body["data"]["__schema"]["types"]) > 40


async def test_the_schema_is_not_told_where_introspection_is_off() -> None:
    api = SmallApi(ApiQuery, introspection=False)
    assert await api.codes("{ __schema { types { name } } }") == {"BAD_INPUT"}
    assert await api.codes('{ __type(name: "Query") { name } }') == {"BAD_INPUT"}
    assert await api.answer("{ __typename }") == ({"data": {"__typename": "Query"}}, 200)


@strawberry.type
class Item:
    name: str = "x" * 50

    @strawberry.field
    async def slow(self) -> int:
        return sum(range(2_000))


@strawberry.type
class Query:
    @strawberry.field
    def items(self, first: int = 10) -> list[Item]:
        return [Item()] * first

    @strawberry.field
    async def fails(self) -> int | None:
        raise UsageError("x" * 100)


async def test_an_answer_is_bounded_in_bytes_while_it_is_built() -> None:
    api = SmallApi(Query, Limits(max_answer_bytes=20_000))
    assert (await api.answer("{ items(first: 100) { name } }"))[1] == 200
    for text in ("{ items(first: 900) { name } }", "{ items(first: 900) { name slow } }"):
        body, status = await api.answer(text)
        assert status == 400
        assert "data" not in body
        assert [error["extensions"]["code"] for error in body["errors"]] == ["TOO_COSTLY"]
        assert "longer than 20000 bytes" in body["errors"][0]["message"]


async def test_the_errors_of_an_answer_count_too() -> None:
    text = "{ " + " ".join(f"a{i}: fails" for i in range(100)) + " }"
    assert await SmallApi(Query, Limits(max_answer_bytes=20_000)).codes(text) == {"TOO_COSTLY"}


@pytest.mark.parametrize("text", ["{ items(first: 1000) { name slow } }", get_introspection_query()])
async def test_others_have_their_turn_while_a_long_answer_is_built(
    text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At every look at the clock, however quick the machine: a slice of time is over at once."""
    monkeypatch.setattr("graphql_api.execution.budget._SLICE_S", 0.0)
    api = SmallApi(Query)
    await api.answer("{ __typename }")
    turns = 0

    async def another() -> None:
        nonlocal turns
        while True:
            await asyncio.sleep(0)
            turns += 1

    other = asyncio.create_task(another())
    body, status = await api.answer(text)
    during = turns
    other.cancel()
    assert status == 200
    assert body["data"]
    assert during > 10, "the event loop was held up"


async def test_the_deadline_ends_computing_too() -> None:
    api = SmallApi(Query, Limits(deadline_s=0))
    assert await api.codes("{ items(first: 50) { slow name } }") == {"DEADLINE"}


async def test_variables_of_every_kind_are_looked_through() -> None:
    text = (
        "query ($o: CustomerOrder!, $w: CustomerFilter, $at: DateTime) { __typename "
        "a: customers(first: 0, order: $o, where: $w) { nodes { name } } "
        'b: account(match: "x", asOf: $at) { name } }'
    )
    variables = {"o": "RISK", "w": {"text": "x" * 1_000, "band": None}, "at": "2025-01-01"}
    assert await API.codes(text, variables) == {"BAD_INPUT"}
    body, _ = await API.answer(text, variables)
    assert "outside 1…1000" in body["errors"][0]["message"]
