"""Answers written at once are those that graphql-core's own walk gives, over everything the schema holds."""

from typing import Any

import pytest
import strawberry
from graphql import (
    GraphQLObjectType,
    GraphQLOutputType,
    execute,
    get_named_type,
    is_non_null_type,
    is_object_type,
    parse,
)

from graphql_api.execution.shape import Shapes
from graphql_api.schema import schema
from tests.api.client import Client
from tests.api.small import SmallApi

TWICE = {("CustomerConnection", "nodes")}
"""What an answer has in two places: asked for in both, one customer would cost more than a request may."""


def everything(kind: GraphQLOutputType) -> str:
    """A selection of every field that needs no argument, all the way down."""
    named = get_named_type(kind)
    if not is_object_type(named):
        return ""
    fields = [
        f"{name} {everything(field.type)}"
        for name, field in named.fields.items()
        if _free(field) and (named.name, name) not in TWICE
    ]
    return "{ __typename " + " ".join(fields) + " }"


def _free(field: Any) -> bool:
    return not any(
        is_non_null_type(argument.type) and not argument.default for argument in field.args.values()
    )


@pytest.mark.parametrize("root", ['account(match: "宏达")', "customers(first: 1)", "viewer"])
async def test_both_ways_give_the_same_over_the_whole_schema(
    ann: Client, monkeypatch: pytest.MonkeyPatch, root: str
) -> None:
    query_type: GraphQLObjectType = schema._schema.query_type  # type: ignore[assignment] # there is one
    name = root.partition("(")[0]
    text = "{ " + root + everything(query_type.fields[name].type) + " }"
    written = await ann.data(text)
    monkeypatch.setattr(Shapes, "of", lambda *_: None)
    assert await ann.data(text) == written
    assert written[name] is not None


@strawberry.type
class Leaf:
    number: int
    text: str | None = None


@strawberry.type
class Branch:
    leaf: Leaf | None
    leaves: list[Leaf | None]
    sure: Leaf

    @strawberry.field
    def resolved(self) -> int:
        return 7


@strawberry.type
class Query:
    @strawberry.field
    def good(self) -> Branch:
        return Branch(leaf=None, leaves=[Leaf(number=1), None], sure=Leaf(number=2, text="x"))

    @strawberry.field
    def bad(self) -> Branch | None:
        return Branch(leaf=Leaf(number="x"), leaves=[None], sure=None)  # type: ignore[arg-type] # on purpose


SMALL = strawberry.Schema(Query)
PARTS = [
    "leaf { number }", "leaves { number text }", "sure { number }", "resolved",
    "a: sure { number } b: sure { text }",
    "sure { number } sure { text }", "... on Branch { sure { n: number } }", "...F", "sure { __typename }",
    "sure { number @skip(if: true) text }", "sure @include(if: true) { number }", "leaves { ... { text } }",
]  # fmt: skip


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("root", ["good", "bad"])
async def test_nulls_errors_fragments_and_conditions_are_as_graphql_core_has_them(
    root: str, part: str
) -> None:
    text = f"{{ {root} {{ {part} }} }}"
    if "...F" in text:
        text += " fragment F on Branch { leaves { number } sure { ...G } } fragment G on Leaf { text }"
    body, _ = await SmallApi(Query).answer(text)
    theirs: Any = execute(SMALL._schema, parse(text))
    assert body["data"] == theirs.data
    assert [e["path"] for e in body.get("errors", [])] == [e.path for e in theirs.errors or []]


def test_only_what_needs_no_resolver_is_written_at_once() -> None:
    document: Any = parse("{ good { sure { number } resolved } }")
    good = document.definitions[0].selection_set.selections[0]
    sure = good.selection_set.selections[0]
    shapes = Shapes({})
    assert shapes.of(SMALL._schema.type_map["Branch"], [good]) is None  # type: ignore[arg-type] # an object type
    shape = shapes.of(SMALL._schema.type_map["Leaf"], [sure])  # type: ignore[arg-type] # an object type
    assert shape is not None
    assert shape(Leaf(number=3), set()) == {"number": 3}
