"""Four systems behind REST APIs: pages, cursors, and what goes wrong."""

import gc
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from typing import Any

import pytest

from graph.packaged import packaged_yaml
from ingest.source.connector import System
from ingest.source.errors import PullInvalid, SystemFailed
from ingest.source.rest import open_system
from tests.source.apis import TOKEN, Answer, Api, fxiaoke, hubspot, jiandaoyun, salesforce, served

AT = datetime(2026, 3, 10, 12, tzinfo=UTC)
QUICK = {"attempts": 4, "max_wait_s": 0.05, "timeout_s": 2}


def secret(_: str) -> str:
    return TOKEN


pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
"""An answer that ends in its middle leaves its socket to the garbage collector."""


@pytest.fixture(autouse=True)
def sockets_end_here() -> Iterator[None]:
    """They are collected in the test that left them, so that no other one hears of it."""
    yield
    gc.collect()


def rows_of(
    system: System, stream: str, cursor: str | None = None
) -> tuple[list[dict[str, Any]], str | None]:
    """Everything from a cursor on, and the cursor behind it."""
    rows: list[dict[str, Any]] = []
    with closing(system):
        for page in system.read(stream, cursor, AT):
            rows += [dict(row) for row in page.rows]
            cursor = page.cursor
    return rows, cursor


def accounts(count: int, day: int = 1) -> list[dict[str, Any]]:
    return [
        {"attributes": {"type": "Account"}, "Id": f"001{n}", "Name": f"Acme {n}",
         "SystemModstamp": f"2026-03-0{day}T10:00:0{n}.000+0000"}
        for n in range(count)
    ]  # fmt: skip


SALESFORCE = {"system": "salesforce", **QUICK}


def of_salesforce(api: Api, **more: Any) -> System:
    settings = {"domain": api.address, "client_id": "app", "client_secret": "env:SF"}
    return open_system({**SALESFORCE, "settings": settings, **more}, secret)


@pytest.fixture
def sf() -> Iterator[tuple[Api, list[dict[str, Any]]]]:
    records = accounts(5)
    with served(salesforce(records)) as api:
        yield api, records


def test_salesforce_is_read_over_pages_and_goes_on_from_its_cursor(sf: tuple[Api, list[Any]]) -> None:
    api, records = sf
    system = of_salesforce(api)
    rows, cursor = rows_of(system, "accounts")
    assert [row["Id"] for row in rows] == ["0010", "0011", "0012", "0013", "0014"]
    records += [accounts(1, day=9)[0] | {"Id": "0019"}]
    later, _ = rows_of(system, "accounts", cursor)
    assert [row["Id"] for row in later][-1] == "0019"
    queries = [one.query["q"][0] for one in api.asked if "q" in one.query]
    assert "SystemModstamp >= 2026-03-01T09:55:04.000Z" in queries[-1], "five minutes are read again"


@pytest.mark.parametrize(
    "faults",
    [
        [Answer({}, 500), Answer({}, 503)],
        [Answer({}, 429, {"Retry-After": "0"})],
        [Answer({"records": ["x" * 5_000]}, cut=True)],
        [Answer({}, after_s=2.5)],
    ],
    ids=["500", "429", "lost", "timeout"],
)
def test_what_passes_is_tried_again(sf: tuple[Api, list[Any]], faults: list[Answer]) -> None:
    api, _ = sf
    api.faults[:] = faults
    rows, _ = rows_of(of_salesforce(api, timeout_s=1), "accounts")
    assert len(rows) == 5


def test_retry_after_is_waited_for(sf: tuple[Api, list[Any]]) -> None:
    api, _ = sf
    api.faults[:] = [Answer({}, 429, {"Retry-After": "1"})]
    rows_of(of_salesforce(api, max_wait_s=5), "accounts")
    assert api.at[2] - api.at[1] >= 1


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        (Answer({}, 500), "500"),
        (Answer({}, 403), "403"),
        (Answer({"records": ["x" * 5_000]}, cut=True), "read|broken|lost"),
    ],
)
def test_what_does_not_pass_ends_the_read_and_tells_no_secret(
    sf: tuple[Api, list[Any]], fault: Answer, said: str
) -> None:
    api, _ = sf
    api.faults[:] = [fault] * 9
    with pytest.raises(SystemFailed, match=said) as failed:
        rows_of(of_salesforce(api), "accounts")
    assert TOKEN not in str(failed.value)


@pytest.mark.parametrize("own", [{"path": "rows", "params": {"q": "x" * 150, "api_key": "${k}"}},
                                 {"path": "rows/${k}"}], ids=["behind ?", "in the path"])  # fmt: skip
def test_a_secret_in_an_address_is_not_told(own: dict[str, Any]) -> None:
    options = {
        "base_url": "http://127.0.0.1:9", **QUICK, "asks": {"k": {"about": "key", "secret": True}},
        "settings": {"k": "env:K"}, "streams": {"a": own},
    }  # fmt: skip
    with pytest.raises(SystemFailed) as failed:
        rows_of(open_system(options, lambda _: "REAL+/= SECRET"), "a")
    assert "REAL" not in str(failed.value)
    assert "…" in str(failed.value)


def test_secrets_of_a_stream_are_fetched_from_where_they_are_kept() -> None:
    with served(lambda _: Answer([{"id": 1}])) as api:
        plain = {
            "base_url": api.address, **QUICK,
            "streams": {"a": {"path": "x", "params": {"api_key": "env:K"}},
                        "b": {"path": "x", "method": "POST", "json": {"of": [{"pwd": "env:K"}]}}},
        }  # fmt: skip
        system = open_system(plain, secret)
        assert rows_of(system, "a")[0] == rows_of(system, "b")[0] == [{"id": 1}]
        assert api.asked[0].query["api_key"] == [TOKEN]
        assert api.asked[1].body == {"of": [{"pwd": TOKEN}]}


def test_an_answer_cannot_lead_to_another_host() -> None:
    def elsewhere(_: Any) -> Answer:
        return Answer({"records": accounts(1), "nextRecordsUrl": "http://127.0.0.2:9/steal"})

    with served(elsewhere) as api:
        plain = {
            "base_url": api.address, **QUICK, "auth": {"type": "bearer", "token": "env:T"},
            "streams": {"a": {"path": "x", "rows": "records",
                              "paginator": {"type": "json_link", "next_url_path": "nextRecordsUrl"}}},
        }  # fmt: skip
        with pytest.raises(SystemFailed, match=r"127\.0\.0\.2"):
            rows_of(open_system(plain, secret), "a")


def companies(count: int) -> list[dict[str, Any]]:
    return [
        {
            "id": str(n),
            "properties": {"name": f"Acme {n}", "hs_lastmodifieddate": f"2026-03-01T10:{n:02}:00.000Z"},
        }
        for n in range(1, count + 1)
    ]


def of_hubspot(api: Api, **more: Any) -> System:
    settings = {"token": "keyring:hubspot/relgraph", "address": api.address}
    return open_system({"system": "hubspot", "settings": settings, **QUICK, **more}, secret)


def test_hubspot_is_read_beyond_what_one_query_tells(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ingest.source.rest_model.packaged_yaml", smaller_windows)
    with served(hubspot(companies(11), most=4)) as api:
        rows, cursor = rows_of(of_hubspot(api), "companies")
    assert [row["id"] for row in rows] == [str(n) for n in range(1, 12)]
    assert "2026-03-01T10:11:00" in (cursor or "")
    assert all("domain" in row["properties"] for row in rows), "columns that the API leaves out are there"


def smaller_windows(package: str, name: str) -> dict[str, Any]:
    """HubSpot's own configuration with windows of four rows."""
    known = packaged_yaml(package, name)
    streams = {
        stream: one | {"window": one["window"] | {"size": 4}} for stream, one in known["streams"].items()
    }
    return known | {"streams": streams}


def test_a_stamp_in_the_future_does_not_move_the_cursor_past_now() -> None:
    records = companies(2)
    records[0]["properties"]["hs_lastmodifieddate"] = "2099-01-01T00:00:00.000Z"
    with served(hubspot(records)) as api:
        _, cursor = rows_of(of_hubspot(api), "companies")
    assert "2026-03-10T12:00" in (cursor or "")


def test_fxiaoke_takes_its_token_in_the_body_and_says_errors_with_status_200() -> None:
    records = [
        {"_id": f"{n}", "name": f"客户{n}", "create_time": n, "last_modified_time": 1_772_000_000_000 + n}
        for n in range(250)
    ]
    settings = {"app_id": "FSAID_1", "app_secret": "env:S", "permanent_code": "env:P", "user": "FSUID_1"}
    with served(fxiaoke(records)) as api:
        options = {"system": "fxiaoke", "settings": {**settings, "address": api.address}, **QUICK}
        rows, cursor = rows_of(open_system(options, secret), "accounts")
        assert [row["_id"] for row in rows] == [str(n) for n in range(250)]
        assert cursor is not None
        patient = {**options, "busy": {"errorCode": [20099]}}
        api.faults[:] = [Answer({"errorCode": 20099, "errorMessage": "请求过于频繁"})]
        assert len(rows_of(open_system(patient, secret), "accounts")[0]) == 250
        api.faults[:] = [Answer({"errorCode": 20017, "errorMessage": "没有权限"})]
        with pytest.raises(SystemFailed, match="20017"):
            rows_of(open_system(options, secret), "accounts")
        with pytest.raises(SystemFailed, match="10006"):
            rows_of(open_system(options, lambda _: "wrong"), "accounts")


def test_fxiaoke_is_given_a_new_token_before_the_old_one_expires() -> None:
    records = [{"_id": f"{n}", "create_time": n, "last_modified_time": 1_772_000_000_000} for n in range(250)]
    settings = {"app_id": "FSAID_1", "app_secret": "env:S", "permanent_code": "env:P", "user": "FSUID_1"}
    with served(fxiaoke(records, life_s=0)) as api:
        options = {"system": "fxiaoke", "settings": {**settings, "address": api.address}, **QUICK}
        rows, _ = rows_of(open_system(options, secret), "accounts")
    assert len(rows) == 250
    tokens = sum(one.path.startswith("/cgi/corpAccessToken") for one in api.asked)
    assert tokens == len(api.asked) - tokens >= 3


def test_jiandaoyun_asks_behind_the_last_row_and_waits_when_it_is_busy() -> None:
    records = [
        {"_id": f"{n:024x}", "corp_name": f"客户{n}", "updateTime": f"2026-03-01T10:{n % 60:02}:00.000Z"}
        for n in range(230)
    ]
    settings = {"api_key": "env:K", "app_id": "a", "entry_id": "b"}
    with served(jiandaoyun(records)) as api:
        options = {"system": "jiandaoyun", "settings": {**settings, "address": api.address}, **QUICK}
        api.faults[:] = [Answer({"code": 8303, "msg": "Company Request Limit Exceeded"}, 400)]
        rows, _ = rows_of(open_system(options, secret), "form")
    assert len({row["_id"] for row in rows}) == len(rows) == 230


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"system": "salesfroce"}, "did you mean `salesforce`"),
        ({"system": "hubspot"}, "needs `token`"),
        ({"system": "hubspot", "settings": {"token": "abc"}}, "is a secret"),
        ({"system": "hubspot", "settings": {"token": "env:T", "tokn": "x"}}, "did you mean `token`"),
        (
            {"system": "hubspot", "settings": {"token": "env:T", "address": "http://crm.example"}},
            "in the clear",
        ),
        ({"system": "hubspot", "settings": {"token": "env:T"}, "only": ["deal"]}, "did you mean `deals`"),
        ({"base_url": "https://x.example"}, "needs `system:`"),
        ({"sistem": "hubspot"}, "sistem"),
        ({"base_url": "https://[x", "streams": {"a": {"path": "a"}}}, "is no address"),
    ],
)
def test_what_cannot_work_is_said_before_anything_is_sent(options: dict[str, Any], said: str) -> None:
    with pytest.raises(PullInvalid, match=said):
        open_system(options, secret)
