"""Widgets: small answers under a token for one account and one origin, over real HTTP messages."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from graph.clock import Clock, keep_clock
from graph.derive import derive
from graph.store import AsyncStore, Store
from graphql_api import ApiConfig, Limits, create_app
from graphql_api.access.rules import rules
from graphql_api.security import TokenBook, TokenRole
from tests.api.client import Client
from tests.api.company import ACME, ANN, BOB, company
from tests.api.test_writes import wrote
from tests.graph.world import NOW, World, ago

SHOP, CRM = "https://shop.example", "https://crm.example:8443"
RECOMMENDED, FEEDBACK, MINT = "/widgets/recommendations", "/widgets/feedback", "/widgets/tokens"


class Moving:
    """A clock that tests move."""

    def __init__(self) -> None:
        self.now = datetime.now(UTC)

    def __call__(self) -> datetime:
        return self.now


class Page:
    """A page of an origin, whose server has an ordinary token."""

    def __init__(self, http: httpx.AsyncClient, book: TokenBook, clock: Moving) -> None:
        self.http, self.book, self.clock = http, book, clock

    def server(self, employee_id: str | None = ANN, role: TokenRole = "editor") -> dict[str, str]:
        """Headers of the page's own server."""
        issued = self.book.create(employee_id=employee_id, role=role, days=1, now=self.clock())
        return {"Authorization": f"Bearer {issued.token}"}

    async def token(
        self, account: str = ACME, origin: str = SHOP, *, inside: bool = False, **who: Any
    ) -> dict[str, str]:
        """Headers of the page in a browser."""
        body: dict[str, Any] = {"account": account, "origin": origin} | ({"inside": True} if inside else {})
        minted = await self.http.post(MINT, json=body, headers=self.server(**who))
        assert minted.status_code == 201, minted.text
        return {"Authorization": f"Bearer {minted.json()['token']}", "Origin": origin}

    async def get(self, path: str, headers: dict[str, str], **params: Any) -> dict[str, Any]:
        """An answer that must be one."""
        found = await self.http.get(path, headers=headers, params=params)
        assert found.status_code == 200, found.text
        answer: dict[str, Any] = found.json()
        return answer

    async def say(self, headers: dict[str, str], *beacons: dict[str, Any]) -> list[str]:
        """The verdicts on beacons."""
        found = await self.http.post(FEEDBACK, json={"beacons": beacons}, headers=headers)
        assert found.status_code == 200, found.text
        return [one["verdict"] for one in found.json()["verdicts"]]


def shop() -> World:
    """The small company, and buyers with known baskets: hose goes with clamp, everybody buys nuts."""
    world = company()
    for name in ("hose", "clamp", "nut", "rare"):
        world.node("Product", name, name=name.title(), list_price=2.5, currency="EUR")
    world.order("oa", ACME, ago(60), [("nut", 1.0, 2.5)])
    for number in range(12):
        buyer = world.customer(f"b{number}")
        lines = ["nut"] + (["hose", "clamp"] if number < 4 else []) + (["rare"] if number in (0, 9) else [])
        world.order(f"o{number}", buyer, ago(30 + number), [(name, 1.0, 2.5) for name in lines])
    return world


@pytest.fixture
async def page(store: Store, astore: AsyncStore, tmp_path: Path) -> AsyncIterator[Page]:
    """A page over the small company; two origins are allowed."""
    company().load(store)
    keep_clock(store, Clock(NOW, "stamp", "the newest stamp"), NOW)

    async def connect() -> AsyncStore:
        return astore

    clock = Moving()
    config = ApiConfig(
        store.config, tmp_path / "tokens.json", Limits(deadline_s=120), clock=clock,
        widget_origins=frozenset({SHOP, CRM}),
    )  # fmt: skip
    app = create_app(config, connect)
    transport = httpx.ASGITransport(app)
    async with app.router.lifespan_context(app), httpx.AsyncClient(
        transport=transport, base_url="http://api"
    ) as http:  # fmt: skip
        yield Page(http, TokenBook(tmp_path / "tokens.json"), clock)


@pytest.fixture
def stocked(page: Page, store: Store) -> Page:
    """The same page when the shop has been derived."""
    shop().load(store)
    derive(store, NOW)
    return page


def names(answer: dict[str, Any]) -> list[str]:
    return [one["product"]["name"] for one in answer["items"]]


async def test_an_account_sees_what_the_model_suggests(page: Page) -> None:
    answer = await page.get(RECOMMENDED, await page.token())
    assert answer["basis"] == "model"
    assert answer["items"] == [
        {
            "servedId": "r:r1",
            "product": {"id": "erp:P2", "name": "Valve", "family": "valves"},
            "reason": {"kind": "model", "text": "customers like this one buy it"},
        }
    ]


@pytest.mark.query("offer.together", "offer.products", "derive.standing_together")
async def test_beside_a_product_and_a_basket_stands_what_is_bought_together(
    stocked: Page, store: Store
) -> None:
    """Of 13 buyers 4 bought both: (4 + 5) / (4 · 4 / 13 + 5) = 1.444444; nut tells nothing."""
    pairs = {
        (row["one"], row["other"]): (row["customers"], row["lift"])
        for row in store.read("derive.standing_together")
    }
    assert pairs == dict.fromkeys((("hose", "clamp"), ("clamp", "hose")), (4, 1.444444))
    token = await stocked.token()
    beside = await stocked.get(RECOMMENDED, token, product="hose")
    assert (beside["basis"], names(beside)) == ("bought_together", ["Clamp"])
    assert beside["items"][0]["reason"] == {"kind": "bought_together", "customers": 4, "beside": "Hose"}
    basket = await stocked.get(RECOMMENDED, token, basket=["hose", "nut", "unheard of"])
    assert names(basket) == ["Clamp"]


@pytest.mark.query("offer.popular")
async def test_without_data_it_says_that_it_shows_what_is_popular(stocked: Page) -> None:
    token = await stocked.token("b9")
    answer = await stocked.get(RECOMMENDED, token)
    assert (answer["basis"], names(answer)) == ("popular", ["Clamp", "Hose"]), "it has bought nuts itself"
    assert answer["items"][0]["reason"] == {"kind": "popular", "customers": 4}
    assert "rare" not in str(answer), "two buyers are too few to tell of"
    assert names(await stocked.get(RECOMMENDED, token, product="rare", first=1)) == ["Clamp"]


@pytest.mark.query("derive.drop_together")
async def test_what_no_longer_goes_together_is_withdrawn(stocked: Page, store: Store) -> None:
    world = World()
    world.order("back", "b0", ago(1), [("hose", -1.0, -2.5)], kind="return")
    world.order("back too", "b1", ago(1), [("hose", -1.0, -2.5)], kind="return")
    world.load(store)
    report = derive(store, NOW)
    assert report.counts["bought_together"].removed == 2
    assert derive(store, NOW).counts["bought_together"].written == 0
    assert (await stocked.get(RECOMMENDED, await stocked.token(), product="hose"))["basis"] == "popular"


async def test_account_and_chain_are_small_and_bear_no_addresses(page: Page) -> None:
    token = await page.token(inside=True)
    account = await page.get("/widgets/account", token, locale="zh")
    assert account["account"] == {"id": ACME, "name": "上海宏达机电有限公司"}
    assert account["risk"] == {"band": "high", "probability": 0.61}
    assert account["tags"] == [{"id": "value:high", "name": "high value", "nameZh": "高价值"}]
    assert set(account["health"]) == {"score", "trend"}
    chain = await page.get("/widgets/chain", token)
    first = chain["members"][0]
    assert (first["id"], first["role"]) == ("crm:CON-1", "decision_maker")
    assert chain["opportunity"] == {"name": "New line", "stage": "proposal"}
    assert "@" not in str(chain)


async def test_an_account_is_named_by_any_id_and_by_no_name(page: Page) -> None:
    for known in (ACME, "erp:C0017", "91310000MA1K4BCE7X"):
        token = await page.token(known, inside=True)
        assert (await page.get("/widgets/account", token))["account"]["id"] == ACME
        assert (await page.get("/widgets/account", token, account=known))["account"]["id"] == ACME
    for vague in ("宏达", "Zenith", "nobody"):
        body = {"account": vague, "origin": SHOP}
        refused = await page.http.post(MINT, json=body, headers=page.server())
        assert refused.status_code == 404, vague


async def test_an_answer_is_kept_and_asked_for_again_by_its_tag(page: Page) -> None:
    token = await page.token(inside=True)
    packed = await page.http.get("/widgets/chain", headers=token | {"Accept-Encoding": "gzip"})
    plain = await page.http.get("/widgets/chain", headers=token | {"Accept-Encoding": "identity"})
    assert packed.headers["content-encoding"] == "gzip"
    assert int(packed.headers["content-length"]) < len(plain.content)
    assert packed.json() == plain.json()
    assert packed.headers["etag"] != plain.headers["etag"]
    assert plain.headers["cache-control"].startswith("private, max-age=")
    assert {"Origin", "Authorization", "Accept-Encoding"} <= set(plain.headers["vary"].split(", "))
    for tag, status in ((plain.headers["etag"], 304), (f'"x", W/{plain.headers["etag"]}', 304), ("*", 304),
                        ('"other"', 200), (packed.headers["etag"], 200)):  # fmt: skip
        asked = {"Accept-Encoding": "identity", "If-None-Match": tag}
        again = await page.http.get("/widgets/chain", headers=token | asked)
        assert again.status_code == status, tag
        assert (again.content == b"") == (status == 304)
        assert again.headers["access-control-allow-origin"] == SHOP


async def test_a_token_opens_its_account_to_its_origin_for_its_time(page: Page) -> None:
    token = await page.token()
    bare = {"Authorization": token["Authorization"]}
    for headers, params, status in (
        (token | {"Origin": CRM}, {}, 403),
        (bare, {}, 403),
        (bare | {"Referer": f"{SHOP}/page?x=1"}, {}, 200),
        (bare | {"Referer": f"{SHOP}.evil.example/"}, {}, 403),
        (token, {"account": "crm:ACC-3"}, 403),
        (token, {"account": "nobody"}, 403),
        (token | {"Authorization": token["Authorization"][:-2] + "xx"}, {}, 401),
        (token | {"Authorization": "Bearer rgw_e30.x"}, {}, 401),
        (token | {"Authorization": "Bearer rgw_" + "a" * 5000}, {}, 401),
        ({"Origin": SHOP}, {}, 401),
    ):
        found = await page.http.get(RECOMMENDED, headers=headers, params=params)
        assert found.status_code == status, (headers, params, found.text)
    body = {"query": "{ viewer { name } }"}
    assert (await page.http.post("/graphql", json=body, headers=token)).status_code == 401
    mint = {"account": ACME, "origin": SHOP}
    assert (await page.http.post(MINT, json=mint, headers=token)).status_code == 403
    page.clock.now += timedelta(minutes=15)
    late = await page.http.get(RECOMMENDED, headers=token)
    assert (late.status_code, late.json()["errors"][0]["extensions"]["code"]) == (401, "UNAUTHENTICATED")


async def test_a_token_of_a_shop_shows_nothing_from_inside(page: Page) -> None:
    token = await page.token()
    assert (await page.http.get(RECOMMENDED, headers=token)).status_code == 200
    for path in ("/widgets/account", "/widgets/chain"):
        refused = await page.http.get(path, headers=token)
        assert refused.status_code == 403
        assert "mint one with `inside`" in refused.json()["errors"][0]["message"]
        assert (await page.http.get(path, headers=await page.token(inside=True))).status_code == 200
    for wrong in ("true", 1, None):
        body = {"account": ACME, "origin": SHOP, "inside": wrong}
        assert (await page.http.post(MINT, json=body, headers=page.server())).status_code == 400


async def test_a_token_ends_with_the_one_it_was_minted_with(page: Page) -> None:
    token = await page.token()
    for identity in page.book.identities():
        page.book.revoke(identity.token_id, page.clock())
    assert (await page.http.get(RECOMMENDED, headers=token)).status_code == 401


async def test_cors_is_for_the_origins_of_the_list(page: Page) -> None:
    for origin, allowed in ((SHOP, SHOP), (CRM, CRM), ("https://evil.example", None), ("null", None)):
        asked = {"Origin": origin, "Access-Control-Request-Method": "GET",
                 "Access-Control-Request-Headers": "authorization"}  # fmt: skip
        preflight = await page.http.options(RECOMMENDED, headers=asked)
        assert preflight.status_code == 204
        assert preflight.headers.get("access-control-allow-origin") == allowed
        assert "Origin" in preflight.headers["vary"]
        sent = preflight.headers.get("access-control-allow-headers", "").lower()
        assert ("authorization" in sent) == bool(allowed)
        assert "access-control-allow-credentials" not in preflight.headers
        refused = await page.http.get(RECOMMENDED, headers={"Origin": origin})
        assert refused.headers.get("access-control-allow-origin") == allowed
    graphql = await page.http.post("/graphql", json={}, headers={"Origin": SHOP} | page.server())
    assert "access-control-allow-origin" not in graphql.headers
    assert graphql.headers["x-content-type-options"] == "nosniff"
    assert graphql.headers["cache-control"] == "no-store"
    for origin in ("https://evil.example", "*", "https://shop.example/path", "null"):
        body = {"account": ACME, "origin": origin}
        assert (await page.http.post(MINT, json=body, headers=page.server())).status_code in (400, 403)


async def test_beacons_count_once_and_a_dismissal_is_respected(stocked: Page) -> None:
    token = await stocked.token()
    shown = {"servedId": "r:r1", "event": "shown", "view": "v1"}
    assert await stocked.say(token, shown, shown) == ["taken", "repeated"]
    assert await stocked.say(token, shown, shown | {"view": "v2"}) == ["repeated", "taken"]
    assert await stocked.say(token, {"servedId": "r:r1", "event": "clicked"}) == ["taken"]
    assert names(await stocked.get(RECOMMENDED, token)) == ["Valve"]
    for served in ("r:r1", "p:clamp"):
        dismissed = {"servedId": served, "event": "dismissed", "reason": "has_it"}
        assert await stocked.say(token, dismissed) == ["taken"]
    answer = await stocked.get(RECOMMENDED, token)
    assert (answer["basis"], names(answer)) == ("popular", ["Hose"])
    assert (await stocked.get(RECOMMENDED, token, product="hose"))["basis"] == "none"
    other = await stocked.token("b9")
    assert await stocked.say(other, shown, {"servedId": "p:gone", "event": "shown"}) == ["refused", "refused"]


async def test_who_may_state_nothing_sends_no_beacons(page: Page) -> None:
    beacon = {"beacons": [{"servedId": "r:r1", "event": "shown"}]}
    for who in ({"role": "reader"}, {"employee_id": None}):
        token = await page.token(**who)
        assert (await page.get(RECOMMENDED, token))["basis"] == "model"
        assert (await page.http.post(FEEDBACK, json=beacon, headers=token)).status_code == 403


ALL = {"account", "health", "risk", "tags", "alerts"}
BY_ROLE: dict[TokenRole, tuple[set[str], bool, bool, bool]] = {
    # what /widgets/account tells; whether there are recommendations; a chain; whether beacons are taken
    "account_manager": (ALL, True, True, True),
    "team_lead": (ALL, True, True, True),
    "executive": (ALL, True, True, False),
    "support": ({"account", "tags"}, False, True, False),
    "marketing": ({"account", "risk", "tags"}, True, False, True),
    "product": ({"account", "risk", "tags"}, True, False, False),
    "data_scientist": ({"account", "risk", "tags"}, True, False, False),
    "widget": ({"account"}, True, False, True),
    "admin": (ALL, True, True, True),
    "editor": (ALL, True, True, True),
    "reader": (ALL, True, True, False),
}


async def test_a_role_gets_from_widgets_what_it_sees_elsewhere(page: Page) -> None:
    assert BY_ROLE.keys() == rules().roles.keys()
    beacon = {"beacons": [{"servedId": "r:r1", "event": "shown"}]}
    for role, (told, offered, chain, stated) in BY_ROLE.items():
        for headers in (await page.token(inside=True, role=role), page.server(role=role)):
            for path, params, allowed in (
                (RECOMMENDED, {}, offered),
                (RECOMMENDED, {"product": "erp:P1"}, offered),
                (RECOMMENDED, {"basket": "erp:P1"}, offered),
                ("/widgets/chain", {}, chain),
            ):
                found = await page.http.get(path, headers=headers, params={"account": ACME} | params)
                assert found.status_code == (200 if allowed else 403), (role, path, params)
                assert allowed or f"role {role} does not see" in found.text
            assert (await page.get("/widgets/account", headers, account=ACME)).keys() == told, role
            sent = await page.http.post(FEEDBACK, json=beacon | {"account": ACME}, headers=headers)
            assert sent.status_code == (200 if stated else 403), role
        mint = {"account": ACME, "origin": SHOP}
        minted = await page.http.post(MINT, json=mint, headers=page.server(role=role))
        assert minted.json()["feedback"] == stated, role


async def test_an_account_that_left_the_rows_is_not_there(page: Page) -> None:
    token = await page.token(inside=True, role="account_manager")
    assert (await page.get(RECOMMENDED, token))["basis"] == "model"
    editor = page.server()["Authorization"].removeprefix("Bearer ")
    handed = await wrote(Client(page.http, editor), "changeOwner", customer=ACME, owner=BOB)
    assert handed["__typename"] == "Written"
    for path in (RECOMMENDED, "/widgets/account", "/widgets/chain"):
        found = await page.http.get(path, headers=token)
        assert (found.status_code, found.json()["errors"][0]["extensions"]["code"]) == (404, "NOT_FOUND")


async def test_what_cannot_be_is_refused_in_a_word(page: Page) -> None:
    token = await page.token(inside=True)
    for path, params, status in (
        (RECOMMENDED, {"first": "0"}, 400),
        (RECOMMENDED, {"first": "51"}, 400),
        (RECOMMENDED, {"first": "٣"}, 400),
        (RECOMMENDED, {"frist": "3"}, 400),
        (RECOMMENDED, {"product": "nope"}, 404),
        (RECOMMENDED, {"product": "erp:P1", "basket": "erp:P2"}, 400),
        (RECOMMENDED, {"product": ["erp:P1", "erp:P2"]}, 400),
        (RECOMMENDED, {"basket": [f"p{number}" for number in range(51)]}, 400),
        (RECOMMENDED, {"account": "x" * 201}, 400),
        ("/widgets/account", {"locale": "xx"}, 400),
        ("/widgets/chain", {"depth": "3"}, 400),
    ):  # fmt: skip
        refused = await page.http.get(path, params=params, headers=token)
        assert refused.status_code == status, (params, refused.text)
        assert refused.json()["errors"][0]["extensions"]["code"] in ("BAD_INPUT", "NOT_FOUND")
        assert len(refused.content) < 400


async def test_beacons_that_cannot_be_are_refused_whole(page: Page) -> None:
    token = await page.token()
    beacon = {"servedId": "r:r1", "event": "shown"}
    documents: tuple[Any, ...] = (
        [], {}, {"beacons": []}, {"beacons": [1]}, {"beacons": [beacon | {"event": "seen"}]},
        {"beacons": [beacon | {"servedId": 7}]}, {"beacons": [beacon | {"event": "dismissed"}]},
        {"beacons": [beacon | {"more": 1}]}, {"beacons": [beacon] * 51},
        {"beacons": [beacon], "account": 3}, {"beacons": [beacon | {"view": "x" * 201}]},
    )  # fmt: skip
    for document in documents:
        refused = await page.http.post(FEEDBACK, json=document, headers=token)
        assert refused.status_code == 400, (document, refused.text)
    assert (await page.http.post(FEEDBACK, content=b"{", headers=token)).status_code == 400
    assert (await page.http.post(FEEDBACK, content=b" " * 30_000, headers=token)).status_code == 413


async def test_an_ordinary_token_asks_about_any_account(page: Page) -> None:
    server = page.server()
    assert (await page.get(RECOMMENDED, server, account="erp:C0017"))["account"] == ACME
    assert (await page.http.get(RECOMMENDED, headers=server)).status_code == 400
    assert (await page.http.get("/widgets/account", headers=server)).status_code == 400


PERSON = "crm:CON-1"
"""A person of the account, named as a side bar of a chat names one: by an id of its source."""


async def test_a_role_finds_accounts_only_by_what_it_may_look_up(page: Page) -> None:
    for role, (_, _, people, _) in BY_ROLE.items():
        server = page.server(role=role)
        by_number = role != "widget"
        for given, allowed in (("erp:C0017", True), ("91310000MA1K4BCE7X", by_number), (PERSON, people)):
            body = {"account": given, "origin": SHOP}
            minted = await page.http.post(MINT, json=body, headers=server)
            assert minted.status_code == (201 if allowed else 404), (role, given)
            if not allowed:
                unknown = await page.http.post(MINT, json=body | {"account": "x"}, headers=server)
                assert unknown.text.replace("'x'", "") == minted.text.replace(f"'{given}'", "")


async def test_a_page_of_a_shop_tells_nothing_of_numbers_and_people(page: Page) -> None:
    shop, inside = await page.token(), await page.token(inside=True)
    for given in ("91310000MA1K4BCE7X", PERSON, "nobody", "crm:ACC-3"):
        told = await page.http.get(RECOMMENDED, headers=shop, params={"account": given})
        assert (told.status_code, told.json()["errors"][0]["extensions"]["code"]) == (403, "FORBIDDEN")
        known = await page.http.get(RECOMMENDED, headers=inside, params={"account": given})
        assert known.status_code == (200 if given in ("91310000MA1K4BCE7X", PERSON) else 403), given


async def test_whoever_guesses_accounts_is_stopped_and_others_are_not(page: Page) -> None:
    guessing, other = page.server(role="widget"), page.server(role="widget")
    codes = [
        (await page.http.get(RECOMMENDED, headers=guessing, params={"account": f"erp:C{number}"})).status_code
        for number in range(80)
    ]
    assert set(codes[:60]) == {404}
    assert codes[-1] == 429
    stopped = await page.http.get(RECOMMENDED, headers=guessing, params={"account": ACME})
    assert stopped.status_code == 429, "or the guess that is right would be told"
    assert int(stopped.headers["retry-after"]) >= 1
    assert (await page.http.get(RECOMMENDED, headers=other, params={"account": ACME})).status_code == 200


async def test_beacons_of_one_page_are_bounded(page: Page) -> None:
    one, other = await page.token(), await page.token(inside=True, role="account_manager")
    beacons = {"beacons": [{"servedId": "r:none", "event": "shown"}] * 50}
    posts = [page.http.post(FEEDBACK, json=beacons, headers=one) for _ in range(24)]
    codes = {answer.status_code for answer in await asyncio.gather(*posts)}
    assert codes == {200, 429}
    assert (await page.http.post(FEEDBACK, json=beacons, headers=other)).status_code == 200
