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
from graphql.execution.values import VariableValues

from graphql_api.execution.shape import LONG_LIST, READY, Asked, Shapes, Unsure
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


def first_leaves(first: int = 2) -> list[Leaf | None]:
    """Where they have to be resolved."""
    return [Leaf(number=1), None, Leaf(number=3)][:first]


@strawberry.type
class Branch:
    leaf: Leaf | None
    leaves: list[Leaf | None]
    sure: Leaf

    @strawberry.field
    def resolved(self) -> int:
        return 7

    few: list[Leaf | None] = strawberry.field(
        resolver=first_leaves, metadata={READY: lambda branch, first: branch.shown(first)}
    )

    @strawberry.field
    def many(self) -> list[Leaf | None]:
        return [None if n % 7 == 0 else Leaf(number=n) for n in range(3 * LONG_LIST)]

    def shown(self, first: int) -> list[Leaf | None]:
        """What was read already: nothing but with a leaf, and at most two."""
        if self.leaf or first > 2:
            raise Unsure
        return [Leaf(number=1), None][:first]


@strawberry.type
class Query:
    @strawberry.field
    def good(self) -> Branch:
        return Branch(leaf=None, leaves=[Leaf(number=1), None], sure=Leaf(number=2, text="x"))

    @strawberry.field
    def bad(self) -> Branch | None:
        return Branch(leaf=Leaf(number="x"), leaves=[None], sure=None)  # type: ignore[arg-type] # on purpose


SMALL = strawberry.Schema(Query)
NOTHING = VariableValues({}, {})
PARTS = [
    "leaf { number }", "leaves { number text }", "sure { number }", "resolved",
    "a: sure { number } b: sure { text }",
    "sure { number } sure { text }", "... on Branch { sure { n: number } }", "...F", "sure { __typename }",
    "few { number }", "few(first: 1) { number }", "few(first: 3) { text }", "many { number text }",
    "a: few(first: 1) { number } few { text }",
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
    assert shape(Leaf(number=3), Asked(set(), NOTHING)) == {"number": 3}


def test_what_was_read_already_and_slices_of_a_long_list_are_written_at_once() -> None:
    document: Any = parse("{ good { few { number } many { number } } }")
    good = document.definitions[0].selection_set.selections[0]
    many = good.selection_set.selections[1]
    kinds: Any = SMALL._schema.type_map["Branch"]
    shapes = Shapes({})
    asked = Asked(set(), NOTHING)
    assert shapes.of(kinds, [good]) is None  # `many` has to be resolved
    shape: Any = shapes.of(kinds.fields["many"].type, [many])
    leaves = [Leaf(number=n) for n in range(LONG_LIST + 1)]
    assert shape(leaves[1:], asked) == [{"number": n} for n in range(1, LONG_LIST + 1)]
    with pytest.raises(Unsure):
        shape(leaves, asked)
    alone: Any = parse("{ good { few { number } } }")
    branch = shapes.of(kinds, [alone.definitions[0].selection_set.selections[0]])
    assert branch is not None
    bare = Branch(leaf=None, leaves=[], sure=Leaf(number=0))
    assert branch(bare, asked) == {"few": [{"number": 1}, None]}
    with pytest.raises(Unsure):
        branch(Branch(leaf=Leaf(number=1), leaves=[], sure=Leaf(number=0)), asked)
