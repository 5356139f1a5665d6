"""`search` over HTTP: hits, reasons, bounds, and what a viewer may not find."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest

from graph.clock import Clock, keep_clock
from graph.search import read_index
from graph.store import AsyncStore, EngineUnavailable, Store
from graphql_api import ApiConfig, Limits, create_app
from graphql_api.security import TokenBook, TokenRole
from tests.api.client import Client
from tests.api.company import ACME, ANN, BOSS, DEAL, company
from tests.graph.world import NOW

HITS = """query ($text: String!, $kinds: [SearchKind!], $first: Int = 10) {
  search(text: $text, kinds: $kinds, first: $first) {
    ambiguous hits { kind label nodeId name by score alike mayBe detail companies { customerId name title } }
  }
}"""


@pytest.fixture
async def ann(store: Store, astore: AsyncStore, tmp_path: Path) -> AsyncIterator[Client]:
    """Ann, on an application with a search index of the small company."""
    small = company()
    small.contact("secret", ACME, visibility="owner", owner_id="hr:E-2")
    for key in ("crm:ACC-8", "crm:ACC-9"):
        small.customer(key, name="Borealis Freight")
    small.load(store)
    keep_clock(store, Clock(NOW, "stamp", "the newest stamp"), NOW)

    async def connect() -> AsyncStore:
        return astore

    config = ApiConfig(store.config, tmp_path / "tokens.json", Limits(deadline_s=120))
    app = create_app(config, connect, finder=read_index(store))
    token = TokenBook(tmp_path / "tokens.json").create(
        employee_id=ANN, role="reader", days=1, now=datetime.now(UTC)
    )
    transport = httpx.ASGITransport(app)
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(transport=transport, base_url="http://api") as http,
    ):
        yield Client(http, token.token)


async def test_a_company_is_found_in_pinyin_with_its_reason(ann: Client) -> None:
    asked = {"hongda": "PINYIN", "shanghai hongda": "PINYIN", "上海鸿达机电": "SIMILAR"}
    for text, by in asked.items():
        answer = (await ann.data(HITS, text=text, kinds=["COMPANY"]))["search"]
        hit = answer["hits"][0]
        assert (hit["nodeId"], hit["label"], hit["kind"]) == (ACME, "Customer", "COMPANY"), text
        assert hit["by"] == by
        assert hit["companies"] == [{"customerId": ACME, "name": "上海宏达机电有限公司", "title": None}]


async def test_every_kind_is_found(ann: Client) -> None:
    asked = {
        "91310000-ma1k 4bce7x": ACME, "Valv": "erp:P2", "new lien": DEAL, "o2": "erp:O2",
        "bob": "hr:E-2", "crm con 1": BOSS,
    }  # fmt: skip
    found = {text: (await ann.data(HITS, text=text))["search"]["hits"][0]["nodeId"] for text in asked}
    assert found == asked


async def test_what_is_hidden_is_not_found(ann: Client) -> None:
    for text in ("secret", "secret@example.com", "Secret 宏达", "secrt"):
        answer = (await ann.data(HITS, text=text))["search"]
        assert "secret" not in {hit["nodeId"] for hit in answer["hits"]}


async def test_doubles_are_told_to_roles_that_see_them(ann: Client, tmp_path: Path) -> None:
    roles: tuple[tuple[TokenRole, bool], ...] = (("reader", True), ("executive", False), ("marketing", False))
    for role, told in roles:
        issued = TokenBook(tmp_path / "tokens.json").create(
            employee_id=ANN, role=role, days=1, now=datetime.now(UTC)
        )
        asking = Client(ann.http, issued.token)
        hits = (await asking.data(HITS, text="borealis freight"))["search"]["hits"]
        pairs = {(hit["nodeId"], tuple(hit["mayBe"])) for hit in hits if hit["kind"] == "COMPANY"}
        one, other = "crm:ACC-8", "crm:ACC-9"
        assert pairs == {(one, (other,) if told else ()), (other, (one,) if told else ())}, role


async def test_bounds_are_told(ann: Client) -> None:
    assert await ann.codes(HITS, text="x", first=51) == ["BAD_INPUT"]
    assert await ann.codes(HITS, text="x", first=0) == ["BAD_INPUT"]
    assert await ann.codes(HITS, text="x" * 2_000) == ["BAD_INPUT"]
    assert (await ann.data(HITS, text="  "))["search"] == {"ambiguous": False, "hits": []}


async def test_without_an_index_search_has_no_answer(store: Store, tmp_path: Path) -> None:
    async def connect() -> AsyncStore:
        raise EngineUnavailable("nothing is asked of the engine")

    config = ApiConfig(store.config, tmp_path / "tokens.json", Limits(deadline_s=120), now=NOW)
    bare = create_app(config, connect)
    nobody = TokenBook(tmp_path / "tokens.json").create(
        employee_id=None, role="reader", days=1, now=datetime.now(UTC)
    )
    async with httpx.AsyncClient(transport=httpx.ASGITransport(bare), base_url="http://api") as http:
        assert await Client(http, nobody.token).codes(HITS, text="hongda") == ["ENGINE_UNAVAILABLE"]


async def test_account_takes_what_search_finds_and_tells_the_others(ann: Client) -> None:
    document = """query ($text: String!) {
      account(match: $text) { customerId otherMatches { by customer { customerId } } }
      accounts(match: $text) { by score customer { customerId } } }"""
    found = await ann.data(document, text="shanghai hongda")
    assert found["account"] == {"customerId": ACME, "otherMatches": []}
    assert [(one["by"], one["customer"]["customerId"]) for one in found["accounts"]][:1] == [("PINYIN", ACME)]
    assert (await ann.data(document, text="zenit pumps"))["account"]["customerId"] == "crm:ACC-3"
    sure = await ann.data(document, text="91310000MA1K4BCE7X")
    assert [(one["by"], one["score"]) for one in sure["accounts"]] == [("TAX_ID", 0.96)]
    assert await ann.codes(document, text="qqqq wwww") == ["NOT_FOUND"]
