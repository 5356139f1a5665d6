"""Inputs that are made by a plan are those that Strawberry makes, of variables that are coerced once."""

import enum
from datetime import datetime
from random import Random
from typing import Any

import pytest
import strawberry
from graphql import GraphQLEnumType

from graphql_api.config import Limits
from graphql_api.execution.asking import Asking
from graphql_api.execution.schema import BoundedSchema


@strawberry.enum
class Colour(enum.Enum):
    RED = "red"
    BLUE = "blue"


@strawberry.input
class Wanted:
    must: int
    name: str | None
    key: strawberry.ID = strawberry.ID("none")
    since: datetime | None = strawberry.UNSET
    colours: list[Colour] | None = None
    sizes: list[float | None] | None = strawberry.field(default_factory=lambda: [1.0])
    inner: "Wanted | None" = None
    any_of: "list[Wanted] | None" = None
    rows: list[list[int]] | None = None


@strawberry.type
class Query:
    @strawberry.field
    def found(self, where_all: Wanted, colour: Colour = Colour.RED, beside: Wanted | None = None) -> str:
        return repr((where_all, colour, beside))


TEXT = "query ($w: Wanted!, $c: Colour! = BLUE, $b: Wanted) { found(whereAll: $w, colour: $c, beside: $b) }"


def wanted(draw: Random, depth: int = 2) -> dict[str, Any]:
    """An input with some of its fields."""
    inner = [wanted(draw, depth - 1) for _ in range(draw.randint(0, 2))] if depth else None
    fields: dict[str, Any] = {
        "name": draw.choice((None, "x")), "key": draw.choice(("k", 7)), "since": "2024-05-06T07:08:09Z",
        "colours": draw.choice((None, [], ["RED", "BLUE"])), "sizes": draw.choice((None, [1.5, None], 2)),
        "inner": inner[0] if inner else None, "anyOf": inner, "rows": draw.choice((None, [[1], [2, 3]])),
    }  # fmt: skip
    return {"must": draw.randint(0, 9)} | {name: fields[name] for name in fields if draw.random() < 0.6}


def test_inputs_are_made_as_strawberry_makes_them() -> None:
    draw, given = Random(3), []
    for _ in range(200):
        variables = {"w": wanted(draw), "c": draw.choice(("RED", "BLUE")), "b": wanted(draw)}
        given.append({name: value for name, value in variables.items() if name == "w" or draw.random() < 0.7})
    plain = strawberry.Schema(Query)
    expected = [plain.execute_sync(TEXT, variables) for variables in given]
    planned = BoundedSchema(Query, limits=Limits())
    told = [strawberry.Schema.execute_sync(planned, TEXT, variables) for variables in given]
    assert [one.errors for one in expected] == [None] * len(given)
    assert [one.data for one in told] == [one.data for one in expected]


async def test_variables_are_coerced_once(monkeypatch: pytest.MonkeyPatch) -> None:
    planned, coerced = BoundedSchema(Query, limits=Limits()), []
    kind = planned._schema.type_map["Colour"]
    assert isinstance(kind, GraphQLEnumType)
    as_ever = kind.coerce_input_value

    def noted(value: Any, **how: Any) -> Any:
        coerced.append(value)
        return as_ever(value, **how)

    monkeypatch.setattr(kind, "coerce_input_value", noted)
    variables = {"w": {"must": 1, "colours": ["RED", "BLUE"]}, "c": "RED"}
    result = await planned.execute(TEXT, variables, Asking(Limits()))
    assert result.errors is None
    assert coerced == ["RED", "BLUE", "RED"]
