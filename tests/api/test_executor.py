"""Execution over a small schema of its own: codes, masking, deadline, the answers Strawberry itself gives."""

import asyncio
import logging
from typing import Any

import pytest
import strawberry

from graph.errors import NotFound, UsageError
from graph.store import EngineUnavailable
from graph.store.errors import QueryFailed, QueryTimeout
from graphql_api.config import Limits
from graphql_api.errors import Forbidden
from tests.api.small import SmallApi

RAISED: dict[str, Exception] = {
    "NOT_FOUND": NotFound("Customer", "17"),
    "BAD_INPUT": UsageError("no such day"),
    "FORBIDDEN": Forbidden("editors only"),
    "ENGINE_UNAVAILABLE": EngineUnavailable("nothing answers"),
    "DEADLINE": QueryTimeout("page.customers", "too long"),
}


@strawberry.type
class Query:
    @strawberry.field
    async def fails(self, code: str) -> int:
        raise RAISED[code]

    @strawberry.field
    async def leaks(self) -> int | None:
        raise QueryFailed("customer.by_id", "password=hunter2")

    @strawberry.field
    def null(self) -> int:
        return None  # type: ignore[return-value]  # on purpose: a defect of ours

    @strawberry.field
    def two(self, add: int = 0) -> int:
        return 2 + add

    @strawberry.field
    async def sleeps(self) -> int:
        await asyncio.sleep(30)
        return 0


SCHEMA = strawberry.Schema(Query)


async def answer(
    text: str, variables: dict[str, Any] | None = None, deadline_s: float = 5
) -> tuple[dict[str, Any], int]:
    return await SmallApi(Query, Limits(deadline_s=deadline_s)).answer(text, variables)


@pytest.mark.parametrize("code", sorted(RAISED))
async def test_expected_errors_carry_their_code_and_their_message(code: str) -> None:
    body, status = await answer(f'{{ fails(code: "{code}") }}')
    assert status == 200
    assert body["data"] is None
    assert body["errors"] == [
        {
            "message": str(RAISED[code]),
            "extensions": {"code": code},
            "locations": [{"line": 1, "column": 3}],
            "path": ["fails"],
        }
    ]


async def test_unexpected_errors_are_masked_and_logged_under_the_id_that_is_answered(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with caplog.at_level(logging.ERROR, "graphql_api"):
        body, _ = await answer("{ leaks two }")
    (error,) = body["errors"]
    assert body["data"] == {"leaks": None, "two": 2}
    assert error["extensions"]["code"] == "INTERNAL"
    assert "hunter2" not in str(body)
    assert error["extensions"]["errorId"] in error["message"]
    assert error["extensions"]["errorId"] in caplog.text
    assert "hunter2" in caplog.text


async def test_a_null_where_none_may_be_is_our_defect() -> None:
    body, _ = await answer("{ null }")
    assert body["errors"][0]["extensions"]["code"] == "INTERNAL"


@pytest.mark.parametrize(
    ("text", "variables"),
    [
        ("{", {}),
        ("{ nothing }", {}),
        ('{ two(add: "x") }', {}),
        ("subscription { two }", {}),
        ("{ two(first: 1) }", {}),
    ],
)
async def test_a_document_that_does_not_fit_is_answered_with_400(
    text: str, variables: dict[str, Any]
) -> None:
    body, status = await answer(text, variables)
    assert status == 400
    assert {error["extensions"]["code"] for error in body["errors"]} == {"BAD_INPUT"}
    assert "data" not in body


async def test_a_variable_of_another_type_is_bad_input() -> None:
    body, _ = await answer("query ($n: Int!) { two(add: $n) }", {"n": "x"})
    assert body["errors"][0]["extensions"]["code"] == "BAD_INPUT"


async def test_a_request_that_takes_too_long_ends_with_a_code() -> None:
    body, status = await answer("{ sleeps two }", deadline_s=0.05)
    assert status == 200
    assert [error["extensions"]["code"] for error in body["errors"]] == ["DEADLINE"]


@pytest.mark.parametrize(
    "text", ["{ two }", "{ a: two(add: 5) ...F } fragment F on Query { two }", "{ __typename }"]
)
async def test_answers_are_those_of_strawberrys_own_execution(text: str) -> None:
    body, _ = await answer(text)
    theirs = await SCHEMA.execute(text)
    assert (body["data"], body.get("errors")) == (theirs.data, theirs.errors)
