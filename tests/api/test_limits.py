"""What is refused before anything is fetched: depth, pages, cost, and documents made to explode."""

import tracemalloc
from dataclasses import replace
from typing import Any

import pytest
import strawberry
from graphql import OperationDefinitionNode, parse

from graphql_api.config import Limits
from graphql_api.errors import ApiError, BadInput, InvalidDocument, TooCostly, TooDeep
from graphql_api.execution.bounds import admit
from graphql_api.execution.documents import Document, Documents
from graphql_api.execution.measure import Measure, Size
from graphql_api.features.field import resolved


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


async def admitted(text: str, variables: dict[str, Any] | None = None, **bounds: int) -> None:
    limits = replace(Limits(), **bounds)
    asked(await parsed(text, limits), limits, variables)


async def parsed(text: str, limits: Limits) -> Document:
    return await Documents(SCHEMA, limits).of(text)


def asked(
    document: Document, limits: Limits, variables: dict[str, Any] | None = None, name: str | None = None
) -> None:
    admit(SCHEMA, document, document.operation(name), variables or {}, limits)


@pytest.mark.parametrize(
    ("selected", "size"),
    [
        ("leaf { x }", Size(1, 2, 5)),
        ("a: leaf { x } b: leaf { x }", Size(2, 4, 4)),
        ("leaf { leaf { x } }", Size(2, 3, 9)),
        ("leaf { bounded { x } }", Size(1 + 7 + 4, 2 + 4, 4 + 7 + 4)),
        ("leaf { page { x } }", Size(1 + 20, 2 + 20, 4 + 4 + 20)),
        ("leaf { page(first: 3) { page(first: 5) { x } } }", Size(1 + 3 * 6, 2 + 3 * 6, 8 + 3 * 9)),
        ("leaf { ... on Leaf { leaf { x } } }", Size(2, 3, 9)),
        ("__schema { types { name } }", Size(2, 3, 17)),
        ("__typename", Size(0, 1, 10)),
    ],
)
def test_size_counts_what_the_answer_may_hold(selected: str, size: Size) -> None:
    (operation,) = parse(f"{{ {selected} }}").definitions
    assert isinstance(operation, OperationDefinitionNode)
    assert Measure(SCHEMA, {}, {}).of("Query", operation.selection_set) == size


async def test_depth_is_bounded() -> None:
    await admitted("{ leaf { leaf { x } } }", max_depth=3)
    with pytest.raises(TooDeep, match=r"nests more than 3 levels"):
        await admitted("{ leaf { leaf { leaf { x } } } }", max_depth=3)


async def test_aliases_count_each() -> None:
    aliases = " ".join(f"a{i}: leaf {{ x }}" for i in range(30))
    with pytest.raises(TooCostly, match=r"cost 30, at most 20"):
        await admitted(f"{{ {aliases} }}", max_cost=20)


@pytest.mark.parametrize("page", [0, -1, 1001, 10**9])
async def test_a_page_outside_its_bounds_is_refused(page: int) -> None:
    with pytest.raises(BadInput, match=r"outside 1…1000"):
        await admitted(f"{{ leaf {{ page(first: {page}) {{ x }} }} }}")
    with pytest.raises(BadInput, match=r"outside 1…1000"):
        await admitted("query ($n: Int!) { leaf { page(first: $n) { x } } }", {"n": page})
    with pytest.raises(BadInput, match=r"outside 1…1000"):
        await admitted(f"query ($n: Int! = {page}) {{ leaf {{ page(first: $n) {{ x }} }} }}")


async def test_the_same_document_is_measured_again_for_other_page_sizes() -> None:
    limits = Limits(max_cost=50)
    document = await parsed("query ($n: Int!) { leaf { page(first: $n) { x } } }", limits)
    asked(document, limits, {"n": 10})
    with pytest.raises(TooCostly):
        asked(document, limits, {"n": 60})
    asked(document, limits, {"n": 10})


async def test_fragments_nested_to_explode_are_refused_at_once() -> None:
    levels = 60
    fragments = [
        f"fragment F{i} on Leaf {{ a: leaf {{ ...F{i + 1} }} b: leaf {{ ...F{i + 1} }} }}"
        for i in range(levels)
    ]
    text = "{ leaf { ...F0 } } " + " ".join(fragments) + f" fragment F{levels} on Leaf {{ x }}"
    with pytest.raises(TooCostly, match="fragments of the document spread too often"):
        await admitted(text, max_depth=1_000)


@pytest.mark.parametrize("text", ["", "{", "{ nothing }", "{ leaf }", "{ " + "leaf { x } " * 2_000 + "}"])
async def test_documents_that_do_not_fit_are_invalid(text: str) -> None:
    with pytest.raises(InvalidDocument):
        await admitted(text)


async def test_one_of_several_operations_must_be_named() -> None:
    limits = Limits()
    document = await parsed("query A { leaf { x } } query B { leaf { x } }", limits)
    asked(document, limits, name="A")
    for name in (None, "C"):
        with pytest.raises(BadInput, match="operationName"):
            asked(document, limits, name=name)


async def test_the_document_cache_is_bounded_in_bytes() -> None:
    documents = Documents(SCHEMA, replace(Limits(), document_cache_bytes=100_000))
    first = await documents.of("{ leaf { x } }")
    assert await documents.of("{ leaf { x } }") is first
    for i in range(100_000 // first.size + 1):
        await documents.of(f"{{ a{i}: leaf {{ x }} }}")
    assert await documents.of("{ leaf { x } }") is not first


async def test_a_document_weighs_at_least_what_python_allocates_for_it() -> None:
    fields = " ".join(f"a{i}: leaf {{ x }}" for i in range(600))
    documents = Documents(SCHEMA, Limits())
    await documents.of("{ leaf { x } }")
    tracemalloc.start()
    try:
        document = await documents.of(f"{{ {fields} }}")
        allocated, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert allocated <= document.size


def test_every_refusal_says_its_code() -> None:
    assert {kind.code for kind in (BadInput, TooCostly, TooDeep)} == {"BAD_INPUT", "TOO_COSTLY", "TOO_DEEP"}
    assert issubclass(TooDeep, ApiError)
