"""Documents that are named by hash or id instead of being sent."""

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest
import strawberry

from graph.errors import UsageError
from graphql_api.config import Limits
from graphql_api.http.persisted import registered_in
from tests.api.small import SmallApi


@strawberry.type
class Query:
    """Anything."""

    @strawberry.field
    def echo(self, text: str = "x") -> str:
        """The text."""
        return text


ECHO = "query ($t: String!) { echo(text: $t) }"


def hashed(text: str) -> dict[str, Any]:
    return {"persistedQuery": {"version": 1, "sha256Hash": hashlib.sha256(text.encode()).hexdigest()}}


async def posted(api: SmallApi, **body: Any) -> tuple[int, dict[str, Any]]:
    response = await api.request("POST", json=body)
    return response.status_code, response.json()


async def test_a_document_is_sent_once_and_named_by_its_hash_from_then_on() -> None:
    api = SmallApi(Query)
    status, unknown = await posted(api, extensions=hashed(ECHO), variables={"t": "a"})
    (error,) = unknown["errors"]
    assert (status, error["message"]) == (200, "PersistedQueryNotFound")
    assert error["extensions"]["code"] == "PERSISTED_QUERY_NOT_FOUND"
    whole = {"query": ECHO, "extensions": hashed(ECHO), "variables": {"t": "a"}}
    assert (await posted(api, **whole))[1] == {"data": {"echo": "a"}}
    assert (await posted(api, extensions=hashed(ECHO), variables={"t": "b"}))[1] == {"data": {"echo": "b"}}
    params = {"extensions": json.dumps(hashed(ECHO)), "variables": '{"t": "c"}'}
    assert (await api.request("GET", params=params)).json() == {"data": {"echo": "c"}}


@pytest.mark.parametrize(
    "extensions",
    [
        1, "x", [], True, {"persistedQuery": 1}, {"persistedQuery": {"version": 2, "sha256Hash": "a"}},
        {"persistedQuery": {"version": 1}}, {"persistedQuery": {"version": 1, "sha256Hash": 7}},
        hashed("{ echo }"),
    ],
)  # fmt: skip
async def test_what_is_no_hash_of_the_document_is_refused(extensions: Any) -> None:
    status, body = await posted(SmallApi(Query), query=ECHO, variables={"t": "a"}, extensions=extensions)
    assert (status, body["errors"][0]["extensions"]["code"]) == (400, "BAD_INPUT")


async def test_the_text_kept_is_bounded() -> None:
    api = SmallApi(Query, Limits(persisted_bytes=60))
    texts = [f"{{ a{number}: echo }}" for number in range(9)]
    for text in texts:
        assert "errors" not in (await posted(api, query=text, extensions=hashed(text)))[1]
    assert "errors" in (await posted(api, extensions=hashed(texts[0])))[1]
    assert (await posted(api, extensions=hashed(texts[-1])))[1] == {"data": {"a8": "x"}}


async def test_where_documents_are_registered_no_others_are_answered() -> None:
    api = SmallApi(Query, registered={"echo.1": "{ echo }"})
    assert (await posted(api, documentId="echo.1"))[1] == {"data": {"echo": "x"}}
    assert (await posted(api, extensions=hashed("{ echo }")))[1] == {"data": {"echo": "x"}}
    assert (await posted(api, query="{ echo }"))[1] == {"data": {"echo": "x"}}
    for query in ("{ echo echo }", "{ __typename }"):
        for extensions in ({}, hashed(query)):
            status, body = await posted(api, query=query, extensions=extensions)
            assert (status, body["errors"][0]["extensions"]["code"]) == (403, "FORBIDDEN")
    assert (await posted(api, documentId="other"))[1]["errors"][0]["message"] == "PersistedQueryNotFound"
    assert (await posted(api, documentId=["echo.1"]))[0] == 400


def test_the_file_of_documents(tmp_path: Path) -> None:
    file = tmp_path / "documents.json"
    file.write_text('{"a": "{ echo }"}', "utf-8")
    assert registered_in(file) == {"a": "{ echo }"}
    manifest = {"format": "apollo-persisted-query-manifest", "version": 1,
                "operations": [{"id": "a", "name": "E", "type": "query", "body": "{ echo }"}]}  # fmt: skip
    file.write_text(json.dumps(manifest), "utf-8")
    assert registered_in(file) == {"a": "{ echo }"}
    for text in ("[]", "{", '{"a": 1}', '{"operations": [{"id": "a"}]}'):
        file.write_text(text, "utf-8")
        with pytest.raises(UsageError):
            registered_in(file)
    with pytest.raises(UsageError):
        registered_in(tmp_path / "absent.json")
