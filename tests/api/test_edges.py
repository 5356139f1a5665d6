"""The edges of HTTP: methods, forms, odd bodies and headers, exact numbers, slow callers, damaged tokens."""

import asyncio
import logging
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest
import strawberry

from graph.store import AsyncStore, EngineConfig, EngineUnavailable
from graph.store.errors import QueryFailed
from graphql_api import ApiConfig, Limits, create_app
from graphql_api.http.accept import GRAPHQL_JSON, HTML, JSON, preferred
from tests.api.small import SmallApi

URQL = f"{GRAPHQL_JSON}, application/graphql+json, {JSON}, text/event-stream, multipart/mixed"
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8"


@strawberry.type
class Query:
    @strawberry.field
    def echo(self, id: strawberry.ID) -> str:
        return id

    @strawberry.field
    def number(self, n: float) -> float:
        return n

    @strawberry.field
    async def fails(self) -> int | None:
        raise QueryFailed("customer.by_id", "secret")


@strawberry.type
class Mutation:
    @strawberry.field
    def change(self) -> int:
        raise AssertionError("nothing may be changed by GET")


API = SmallApi(Query, mutation=Mutation)
ECHO = "query Echo($id: ID!) { echo(id: $id) }"


@pytest.mark.parametrize(
    ("accept", "form"),
    [
        ("", JSON), ("*/*", JSON), (URQL, JSON), (GRAPHQL_JSON, GRAPHQL_JSON), ("application/*", JSON),
        (BROWSER, HTML), ("text/html", HTML), (f"{JSON};q=0.5, {HTML};q=0.4", JSON), ("TEXT/HTML", HTML),
        (f"{JSON};q=0, */*", GRAPHQL_JSON), ("image/png", None), (f"{JSON};q=nan, {HTML};q=x", None),
        (",;,", None),
    ],
)  # fmt: skip
def test_the_form_is_the_one_that_the_client_likes_best(accept: str, form: str | None) -> None:
    assert preferred(accept, (JSON, GRAPHQL_JSON, HTML)) == form


@pytest.mark.parametrize("accept", ["*/*", URQL, BROWSER])
async def test_a_query_may_come_by_get(accept: str) -> None:
    params = {"query": ECHO, "variables": '{"id": 7}', "operationName": "Echo"}
    response = await API.request("GET", params=params, headers={"Accept": accept})
    assert response.headers["content-type"] == JSON
    assert response.json() == {"data": {"echo": "7"}}


async def test_the_answer_has_the_form_that_was_asked_for() -> None:
    for named in ({"params": {"query": "{ __typename }"}}, {"json": {"query": "{ __typename }"}}):
        method = "GET" if "params" in named else "POST"
        response = await API.request(method, headers={"Accept": GRAPHQL_JSON}, **named)
        assert response.headers["content-type"] == GRAPHQL_JSON
        assert response.status_code == 200
    assert (await API.request("GET", headers={"Accept": "image/png"})).status_code == 406


async def test_a_mutation_never_comes_by_get() -> None:
    for query in ("mutation { change }", "query A { __typename } mutation B { change }"):
        response = await API.request("GET", params={"query": query, "operationName": "B"})
        assert response.status_code in (400, 405)
        assert response.json()["errors"][0]["extensions"]["code"] == "BAD_INPUT"
    response = await API.request("GET", params={"query": "mutation { change }"})
    assert (response.status_code, response.headers["allow"]) == (405, "POST")


@pytest.mark.parametrize(
    "params",
    [
        {},
        {"query": ""},
        {"query": ECHO, "variables": "{"},
        {"query": ECHO, "variables": "[1]"},
        {"variables": "{}"},
    ],
)
async def test_a_get_that_is_no_request_is_bad_input(params: dict[str, str]) -> None:
    response = await API.request("GET", params=params)
    assert response.status_code == 400
    assert {error["extensions"]["code"] for error in response.json()["errors"]} == {"BAD_INPUT"}


@pytest.mark.parametrize("method", ["PUT", "DELETE", "HEAD"])
async def test_no_other_method_is_answered(method: str) -> None:
    response = await API.request(method, json={"query": "{ __typename }"})
    assert 400 <= response.status_code < 500


@pytest.mark.parametrize(
    ("content_type", "status"),
    [
        ("application/json", 200), ("APPLICATION/JSON", 200), ("application/json; charset=UTF-8", 200),
        (' application/json ;charset="utf-8"', 200), ("application/json;x=y", 200),
        ("application/json; charset=latin-1", 400), ("text/plain;x=json", 400), ("text/json", 400),
        ("application/jsonp", 400), ("multipart/form-data; boundary=json", 400), ("", 400), (";", 400),
        ("application/graphql", 400),
    ],
)  # fmt: skip
async def test_only_json_is_read_however_it_is_written(content_type: str, status: int) -> None:
    headers = {"Content-Type": content_type}
    response = await API.request("POST", content=b'{"query": "{ __typename }"}', headers=headers)
    assert response.status_code == status


@pytest.mark.parametrize(
    ("number", "read"),
    [
        ("7", "7"),
        ("9007199254740993", "9007199254740993"),
        ("18446744073709551616", "18446744073709551616"),
        ("123456789012345678901234567890", "123456789012345678901234567890"),
        ("-18446744073709551617", "-18446744073709551617"),
        ("36028797018963968.0", "36028797018963968"),
    ],
)
async def test_a_number_as_id_is_read_to_the_digit(number: str, read: str) -> None:
    body = f'{{"query": "{ECHO}", "variables": {{"id": {number}}}}}'.encode()
    response = await API.request("POST", content=body, headers={"Content-Type": JSON})
    assert response.json() == {"data": {"echo": read}}


@pytest.mark.parametrize(
    "number", ["9007199254740993.0", "12345678901234567890.0", "9" * 5000, "1" * 16 + ".0e9x"]
)
async def test_a_number_that_would_be_altered_is_refused(number: str) -> None:
    body = f'{{"query": "{ECHO}", "variables": {{"id": {number}}}}}'.encode()
    response = await API.request("POST", content=body, headers={"Content-Type": JSON})
    assert response.status_code == 400
    assert response.json()["errors"][0]["extensions"]["code"] == "BAD_INPUT"


async def test_a_long_fraction_is_a_float_as_ever() -> None:
    body = b'{"query": "query ($n: Float!) { number(n: $n) }", "variables": {"n": 0.12345678901234567890}}'
    response = await API.request("POST", content=body, headers={"Content-Type": JSON})
    assert response.json() == {"data": {"number": 0.12345678901234568}}


BODIES = {
    "half a surrogate": b'{"query": "{ echo(id: \\"\\ud800\\") }"}',
    "no UTF-8": b'{"query": "\xff"}',
    "UTF-16": '{"query": "{ __typename }"}'.encode("utf-16"),
    "deep": b"[" * 50_000 + b"]" * 50_000,
    "deep with a long number": b'{"a": 12345678901234567, "query": ' + b"[" * 90_000 + b"]" * 90_000 + b"}",
    "not a number": b'{"query": "{ __typename }", "variables": {"a": NaN, "b": 1234567890123456}}',
    "infinite": b'{"query": "{ __typename }", "variables": {"a": -Infinity, "b": 1234567890123456}}',
    "nothing": b"",
    "two": b'{"query": "{ __typename }"}{"query": "{ __typename }"}',
    "a batch": b'[{"query": "{ __typename }"}]',
}


@pytest.mark.parametrize("name", BODIES)
async def test_an_odd_body_is_bad_input(name: str) -> None:
    response = await API.request("POST", content=BODIES[name], headers={"Content-Type": JSON})
    assert response.status_code == 400
    assert response.json()["errors"][0]["extensions"]["code"] == "BAD_INPUT"


@pytest.mark.parametrize(
    "value", ["Bearer \xff\xfe", "Bearer", "bearer  ", "Basic x", "Bearer " + "x" * 50_000, "\t"]
)
async def test_an_odd_authorization_is_refused(tmp_path: Path, value: str) -> None:
    response = await posted(tmp_path, {"Authorization": value.encode("latin-1")})
    assert response.status_code == 401
    assert response.json()["errors"][0]["extensions"]["code"] == "UNAUTHENTICATED"


async def posted(home: Path, headers: Any, path: str = "/graphql") -> httpx.Response:
    """The response of an application whose engine is nowhere."""

    async def connect() -> AsyncStore:
        raise EngineUnavailable("nowhere")

    app = create_app(ApiConfig(EngineConfig(home=home), home / "tokens.json", graphiql=False), connect)
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://api") as http:
        if path != "/graphql":
            return await http.get(path, headers=headers)
        return await http.post(path, json={"query": "{ viewer { name } }"}, headers=headers)


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[]", b'{"version": 1, "tokens": [{}]}', b"\xff\xfe", b"null"]
)
@pytest.mark.parametrize("path", ["/graphql", "/metrics"])
async def test_a_damaged_token_file_is_said_and_lets_nobody_in(
    tmp_path: Path, content: bytes, path: str, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "tokens.json").write_bytes(content)
    response = await posted(tmp_path, {"Authorization": "Bearer rg_1_x"}, path)
    assert response.status_code == 503
    (error,) = response.json()["errors"]
    assert error["extensions"]["code"] == "TOKENS_UNREADABLE"
    assert str(tmp_path) not in error["message"]
    assert str(tmp_path) in caplog.text


async def test_a_token_file_that_is_a_folder_is_damaged_too(tmp_path: Path) -> None:
    (tmp_path / "tokens.json").mkdir()
    response = await posted(tmp_path, {"Authorization": "Bearer rg_1_x"})
    assert response.json()["errors"][0]["extensions"]["code"] == "TOKENS_UNREADABLE"


async def test_a_defect_outside_of_execution_is_masked_and_logged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("graphql_api.security.bearer.Gate.admit", lambda *_: 1 / 0)
    response = await posted(tmp_path, {})
    (error,) = response.json()["errors"]
    assert (response.status_code, error["extensions"]["code"]) == (500, "INTERNAL")
    assert "ZeroDivisionError" in caplog.text
    assert error["extensions"]["errorId"] in caplog.text


async def test_a_body_that_does_not_arrive_is_given_up() -> None:
    async def trickle() -> AsyncIterator[bytes]:
        yield b'{"query": '
        await asyncio.Event().wait()

    api = SmallApi(Query, Limits(deadline_s=0))
    response = await api.request("POST", content=trickle(), headers={"Content-Type": JSON})
    assert response.status_code == 408
    assert response.json()["errors"][0]["extensions"]["code"] == "TOO_SLOW"
    assert response.headers["connection"] == "close"


async def test_the_log_says_who_asked_what(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR, "graphql_api"):
        body, _ = await API.answer("query Accounts { fails }")
        await API.answer("{ a: fails b: fails }")
    assert "secret" not in str(body)
    assert "caller token test of a service, document Accounts, at ['fails']" in caplog.text
    assert "document unnamed" in caplog.text


async def test_a_long_message_is_cut() -> None:
    body, _ = await API.answer(ECHO, {"id": ["x" * 100_000]})
    assert len(body["errors"][0]["message"]) < 1_100
