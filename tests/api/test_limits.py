"""What is refused before anything is fetched: depth, pages, cost, and documents made to explode."""

from dataclasses import replace
from typing import Any

import pytest
import strawberry
from graphql import OperationDefinitionNode, parse

from graphql_api.config import Limits
from graphql_api.errors import ApiError, BadInput, TooCostly, TooDeep
from graphql_api.execution.plan import Invalid, Plans
from graphql_api.limits import Measure, Size
from graphql_api.types.resolved import resolved


@strawberry.type
class Leaf:
    x: int = 0

    @strawberry.field
    def leaf(self) -> "Leaf":
        return Leaf()

    @resolved(weight=7, many=4)
    def bounded(self) -> list["Leaf"]:
        """At most four."""
        return []

    @strawberry.field
    def page(self, first: int = 20) -> list["Leaf"]:
        return [Leaf()] * first


@strawberry.type
class Query:
    @strawberry.field
    def leaf(self) -> Leaf:
        return Leaf()


SCHEMA = strawberry.Schema(Query)._schema


def admitted(text: str, variables: dict[str, Any] | None = None, **bounds: int) -> None:
    limits = replace(Limits(), **bounds)
    Plans(SCHEMA, limits).plan(text).admit(None, variables or {}, limits)


@pytest.mark.parametrize(
    ("selected", "size"),
    [
        ("leaf { x }", Size(2, 1)),
        ("a: leaf { x } b: leaf { x }", Size(2, 2)),
        ("leaf { leaf { x } }", Size(3, 2)),
        ("leaf { bounded { x } }", Size(3, 1 + 7 + 4)),
        ("leaf { page { x } }", Size(3, 1 + 20)),
        ("leaf { page(first: 3) { page(first: 5) { x } } }", Size(4, 1 + 3 * (1 + 5))),
        ("leaf { ... on Leaf { leaf { x } } }", Size(3, 2)),
        ("__schema { types { name } }", Size(0, 0)),
    ],
)
def test_size_counts_what_the_answer_may_hold(selected: str, size: Size) -> None:
    (operation,) = parse(f"{{ {selected} }}").definitions
    assert isinstance(operation, OperationDefinitionNode)
    assert Measure(SCHEMA, {}, {}).of("Query", operation.selection_set) == size


def test_depth_is_bounded() -> None:
    admitted("{ leaf { leaf { x } } }", max_depth=3)
    with pytest.raises(TooDeep, match=r"nests 4 levels, at most 3"):
        admitted("{ leaf { leaf { leaf { x } } } }", max_depth=3)


def test_aliases_count_each() -> None:
    aliases = " ".join(f"a{i}: leaf {{ x }}" for i in range(30))
    with pytest.raises(TooCostly, match=r"cost 30, at most 20"):
        admitted(f"{{ {aliases} }}", max_cost=20)


@pytest.mark.parametrize("page", [0, -1, 1001, 10**9])
def test_a_page_outside_its_bounds_is_refused(page: int) -> None:
    with pytest.raises(BadInput, match=r"outside 1…1000"):
        admitted(f"{{ leaf {{ page(first: {page}) {{ x }} }} }}")
    with pytest.raises(BadInput, match=r"outside 1…1000"):
        admitted("query ($n: Int!) { leaf { page(first: $n) { x } } }", {"n": page})
    with pytest.raises(BadInput, match=r"outside 1…1000"):
        admitted(f"query ($n: Int! = {page}) {{ leaf {{ page(first: $n) {{ x }} }} }}")


def test_the_same_plan_is_measured_again_for_other_page_sizes() -> None:
    limits = Limits(max_cost=50)
    plan = Plans(SCHEMA, limits).plan("query ($n: Int!) { leaf { page(first: $n) { x } } }")
    plan.admit(None, {"n": 10}, limits)
    with pytest.raises(TooCostly):
        plan.admit(None, {"n": 60}, limits)
    plan.admit(None, {"n": 10}, limits)


def test_fragments_nested_to_explode_are_measured_at_once() -> None:
    levels = 60
    fragments = [
        f"fragment F{i} on Leaf {{ a: leaf {{ ...F{i + 1} }} b: leaf {{ ...F{i + 1} }} }}"
        for i in range(levels)
    ]
    text = "{ leaf { ...F0 } } " + " ".join(fragments) + f" fragment F{levels} on Leaf {{ x }}"
    with pytest.raises(TooCostly, match=f"cost {2 ** (levels + 1) - 1}, at most"):
        admitted(text, max_depth=1_000)


@pytest.mark.parametrize("text", ["", "{", "{ nothing }", "{ leaf }", "{ " + "leaf { x } " * 2_000 + "}"])
def test_documents_that_do_not_fit_are_invalid(text: str) -> None:
    with pytest.raises(Invalid):
        admitted(text)


def test_one_of_several_operations_must_be_named() -> None:
    limits = Limits()
    plan = Plans(SCHEMA, limits).plan("query A { leaf { x } } query B { leaf { x } }")
    plan.admit("A", {}, limits)
    for name in (None, "C"):
        with pytest.raises(BadInput, match="operationName"):
            plan.admit(name, {}, limits)


def test_the_cache_of_plans_is_bounded() -> None:
    plans = Plans(SCHEMA, Limits(plans=3))
    first = plans.plan("{ leaf { x } }")
    assert plans.plan("{ leaf { x } }") is first
    for i in range(3):
        plans.plan(f"{{ a{i}: leaf {{ x }} }}")
    assert plans.plan("{ leaf { x } }") is not first


def test_every_refusal_says_its_code() -> None:
    assert {kind.code for kind in (BadInput, TooCostly, TooDeep)} == {"BAD_INPUT", "TOO_COSTLY", "TOO_DEEP"}
    assert issubclass(TooDeep, ApiError)
