"""Documents that differ in literals alone share one, and answer as if each were read whole."""

import enum
from collections.abc import Iterator
from datetime import datetime
from random import Random
from typing import Any

import pytest
import strawberry
from graphql import FragmentDefinitionNode, GraphQLSchema, parse, specified_rules, validate

from graphql_api.config import Limits
from graphql_api.execution.documents import Asked, Documents
from graphql_api.execution.literals import tokens
from graphql_api.execution.overlaps import check_overlaps
from graphql_api.execution.rules import rules_for
from tests.api.small import SmallApi


@strawberry.enum
class Colour(enum.Enum):
    RED = "red"


@strawberry.input
class Wanted:
    name: str | None = None
    sizes: list[float] | None = None
    inner: "Wanted | None" = None
    any_of: "list[Wanted] | None" = None


@strawberry.type
class Query:
    @strawberry.field
    def said(
        self, text: str = "", number: int = 0, share: float = 0.0, key: strawberry.ID | None = None
    ) -> str:
        return repr((text, number, share, key))

    @strawberry.field
    def at(self, moment: datetime) -> str:
        return repr(moment)

    @strawberry.field
    def found(
        self, where: Wanted, colour: Colour = Colour.RED, ids: list[strawberry.ID] | None = None
    ) -> str:
        return repr((where, colour, ids))

    @strawberry.field
    def fails(self, number: int) -> int | None:
        raise ValueError(number)

    @strawberry.field
    def inside(self, first: int = 3) -> "Query":  # noqa: ARG002 - a page size that costs
        return Query()


SCHEMA = strawberry.Schema(Query)
CORE: GraphQLSchema = SCHEMA._schema
FITTING = (
    "{ said(text: %s, number: %d) }",
    'query Q($t: String = "x", $n: Int = 7) { said(text: $t, number: $n, share: %f, key: %d) }',
    "{ found(where: {name: %s, sizes: [1, %f], inner: {anyOf: []}}, ids: [%d, %s]) }",
    "{ found(where: {anyOf: [{name: %s}, {sizes: %d}]}, colour: RED, ids: %s) }",
    "fragment F on Query { inside(first: %d) { said(key: %s) } } { ...F ... on Query { said(number: %d) } }",
    "{ one: said(number: %d) two: said(number: %d) fails(number: %d) }",
    "{ said(number: %d) said(number: %d) }",
    "{\n  fails(number: %d)\n  inside { fails(number:   %d), said(text: %s) } # %s\n}",
    '{ at(moment: "2024-01-0%dT00:00:00Z") said(text: """block %d""") }',
    "query A { said(number: %d) } query B { said }",
    "{ said(number: %d) @include(if: true) two: said @skip(if: false) }",
)
ODD = (
    "{ said(number: 3000000000) }", "{ said(number: 1.5) }", '{ said(number: "1") }', "{ said(text: 1) }",
    '{ at(moment: "yesterday") }', "{ at(moment: 3) }", "{ said(key: 1.0) }", "{ said(share: 1e999) }",
    "{ nothing(number: 1) }", "{ said(nothing: 1) }", '{ said(text: "\\q") }', '{ said(text: "a" }',
    "{ said(number: 01) }", "{ said(number: 1a) }", '{ found(where: {nothing: "x"}) }', "{ found(where: 3) }",
    "{ found(where: {name: null}) said(number: -0, share: -1, key: -7) }", '{ said(text: "\\u00e9\\n") }',
    'query ($literal: Int) { said(number: $literal, text: "x") }', '{ said(text: "_literal0") }',
    "query ($_literal0: Int) { said(number: $_literal0, share: 2) }", "{ said(number: 1) { x } }", '"x"', "3",
)  # fmt: skip


def filled(shape: str, draw: Random) -> str:
    """The shape with literals drawn for its places."""
    words = ('"a"', '"b \\" c"', '"ü{}()#"', '"""x"""', '"7"')
    kinds = [part[0] for part in shape.replace("%%", "").split("%")[1:]]
    values: list[Any] = [draw.choice(words) if kind == "s" else draw.randint(0, 9) for kind in kinds]
    return shape % tuple(values)


def texts(draw: Random, times: int) -> Iterator[str]:
    """Documents that fit and some that do not."""
    for _ in range(times):
        yield filled(draw.choice(FITTING), draw)
    yield from ODD
    yield from ODD


async def whole(self: Documents, text: str) -> Asked:
    return Asked(await self.of(text), {})


async def test_a_shared_document_answers_as_one_read_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    given = list(texts(Random(1), 200))
    shared = SmallApi(Query)
    told = [await shared.answer(text, {"n": 5, "literal": 4}) for text in given]
    monkeypatch.setattr(Documents, "asked", whole)
    alone = SmallApi(Query)
    for text, (answer, status) in zip(given, told, strict=True):
        expected, as_status = await alone.answer(text, {"n": 5, "literal": 4})
        for error in (*answer.get("errors", ()), *expected.get("errors", ())):
            error["extensions"].pop("errorId", None)
            error["message"] = error["message"].partition("error id")[0]
        assert (answer, status) == (expected, as_status), text


async def test_documents_with_changing_literals_and_variables_are_found_kept() -> None:
    documents, draw = Documents(CORE, Limits()), Random(2)
    shapes = (*FITTING[:6], *FITTING[7:9], FITTING[10])
    for _ in range(2_000):
        await documents.asked(filled(draw.choice(shapes), draw))
    assert documents.found / (documents.found + documents.parsed) >= 0.99
    assert documents.parsed <= 4 * len(shapes), "a place takes texts or numbers, each once"


async def test_what_cannot_be_shared_is_kept_whole() -> None:
    documents = Documents(CORE, Limits())
    for number in (1, 2, 1):
        asked = await documents.asked(f"query A {{ said(number: {number}) }} query B {{ said }}")
        assert asked.literals == {}
    assert (documents.parsed, documents.found) == (2, 1)


def test_what_stands_between_tokens_does_not_count_and_defaults_do() -> None:
    one = tokens('query($a: Int = 1) { said(text: "x", number: 2) }')
    assert one.literals == ('"x"', "2")
    assert one.key == tokens('query($a:Int=1){said(text:"y" number:3) # c\n}').key
    assert one.key != tokens('query($a: Int = 2) { said(text: "x", number: 2) }').key
    assert one.key != tokens('query($a: Int = 1) { said(text: "x", number: 2.0) }').key


INVALID = (
    "{ said @nothing }",
    "{ said @include(if: true) @include(if: true) }",
    "{ ...F }",
    "{ said } fragment F on Query { said }",
    "fragment F on Query { ...F } { ...F }",
    "fragment F on Int { x } { said ...F }",
    "{ inside { ... on Int { said } } }",
    "fragment F on Query { said } fragment F on Query { said } { ...F }",
    "query ($a: Query) { said(text: $a) }",
    "query ($a: Int, $a: Int) { said(number: $a) }",
    "{ said(number: $b) }",
    "query ($a: Int) { said }",
    "query ($a: Int) { said(text: $a) }",
    "{ one: said(number: 1) one: said(number: 2) }",
    "{ one: said one: at }",
    "subscription { a b }",
    "{ said(number: 1, number: 2) }",
    "{ found }",
    "{ inside }",
    "{ said { x } }",
    "{ nothing }",
    "query A { said } query A { said }",
    "{ said } query A { said }",
    "type X { y: Int }",
    "{ said @defer(label: 3) }",
    "{ __schema { types { fields { type { fields { type { fields { name } } } } } } } }",
    "{ ... @stream { said } }",
)


@pytest.mark.parametrize("text", INVALID)
def test_rules_that_are_left_out_would_find_nothing(text: str) -> None:
    node = parse(text)
    fragments = {
        part.name.value: part for part in node.definitions if isinstance(part, FragmentDefinitionNode)
    }
    rules = rules_for(text, check_overlaps(node, fragments, Limits(max_depth=50)), specified_rules)
    few = [error.formatted for error in validate(CORE, node, rules)]
    assert few == [error.formatted for error in validate(CORE, node, specified_rules)]
    assert len(rules) < len(specified_rules)


async def test_a_text_that_came_before_is_not_read_again(monkeypatch: pytest.MonkeyPatch) -> None:
    documents, draw = Documents(CORE, Limits()), Random(3)
    given = [filled(shape, draw) for shape in (*FITTING[:6], *FITTING[7:]) for _ in range(3)]
    read = {text: await documents.asked(text) for text in given}
    monkeypatch.setattr("graphql_api.execution.documents.tokens", None)
    for text, asked in read.items():
        again = await documents.asked(text)
        assert (again.document, again.literals) == (asked.document, asked.literals)


async def test_a_text_is_read_again_where_its_document_was_dropped() -> None:
    documents = Documents(CORE, Limits(document_cache_bytes=1))
    first = await documents.asked("{ said(number: 1) }")
    other = await documents.asked('{ at(moment: "2024-01-01") }')
    again = await documents.asked("{ said(number: 1) }")
    assert again.document is not first.document
    assert again.literals == first.literals != other.literals
