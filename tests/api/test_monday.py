"""Monday morning of an account manager, over HTTP, within the rows of the role; and the docs' tour."""

import asyncio
import json
import re
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Any

import httpx
import pytest
from websockets.asyncio.client import connect

from devtools.loopback import served
from graph.clock import Clock, keep_clock
from graph.search import read_index
from graph.store import Store
from graphql_api import ApiConfig, Limits, create_app
from graphql_api.security import TokenBook
from tests.api.client import Client
from tests.api.company import ACME, ANN, BOB, BOSS, BUYER, ENGINEER, company
from tests.api.test_alerts import world_of_alerts
from tests.api.test_tour import TOUR
from tests.api.test_writes import wrote
from tests.graph.world import NOW, World, ago

FRIDAY = ago(3).isoformat()


def weekend() -> World:
    """Since Friday a planner joined and the risk rose; an invoice is overdue; Ann meets the buyer today."""
    world = World()
    world.contact("crm:CON-5", ACME, title="Planner", valid_from=ago(1))
    world.node("Invoice", "erp:I1", issued_at=ago(60), due_at=ago(30), amount=80.0, currency="CNY")
    world.part("FOR", ("Invoice", "erp:I1"), ("Customer", ACME))
    reasons = '[{"text":"an open ticket","contribution":0.2,"evidence":["Ticket:desk:T1"]}]'
    for number in range(12):  # silence would be unusual here
        world.order(f"last year's {number}", ACME, ago(400 + 25 * number), [], amount=0.0)
    world.risk("s0", ACME, 0.3, as_of=ago(30), scored_at=ago(30), until=NOW, reasons=reasons)
    both: list[tuple[str, str, str | None]] = [("Employee", ANN, None), ("Contact", BUYER, None)]
    world.met("crm:M1", ago(-0.1), both, channel="meeting", subject="Visit of the plant")
    world.part("FOR", ("Interaction", "crm:M1"), ("Customer", ACME))
    world.customer("crm:ACC-9", name="Borealis Freight")
    world.fact("OWNS", ("Employee", BOB), ("Customer", "crm:ACC-9"))
    return world


class Morning:
    """A server, and Ann at her desk."""

    def __init__(self, url: str, http: httpx.AsyncClient, token: str) -> None:
        self.url, self.token = url, token
        self.ann = Client(http, token)

    async def event(self, subscription: str, meanwhile: Callable[[], Awaitable[None]]) -> dict[str, Any]:
        """The first event of a subscription; `meanwhile` makes a change each time, until one is told.

        Nothing tells a client when its subscription has begun, and what changed before is not told.
        """
        address = self.url.replace("http", "ws") + "/graphql"
        async with connect(address, subprotocols=["graphql-transport-ws"], proxy=None) as socket:  # type: ignore[list-item]  # a plain text will do
            await socket.send(json.dumps({"type": "connection_init", "payload": {"token": self.token}}))
            await socket.recv()
            sent = {"id": "s", "type": "subscribe", "payload": {"query": subscription}}
            await socket.send(json.dumps(sent))
            told = asyncio.ensure_future(socket.recv())
            for _ in range(60):
                await meanwhile()
                await asyncio.wait([told], timeout=2)
                if told.done():
                    break
            message: dict[str, Any] = json.loads(await asyncio.wait_for(told, 2))
            return message


@pytest.fixture
async def morning(store: Store, tmp_path: Path) -> AsyncIterator[Morning]:
    """The small company on a Monday, with a search index."""
    for world in (company(), world_of_alerts(), weekend()):
        world.load(store)
    keep_clock(store, Clock(NOW, "stamp", "the newest stamp"), NOW)
    config = ApiConfig(store.config, tmp_path / "tokens.json", Limits(deadline_s=120), audit=tmp_path)
    issued = TokenBook(config.tokens).create(
        employee_id=ANN, role="account_manager", days=1, now=datetime.now(UTC)
    )
    index = read_index(store)
    with served(lambda _: create_app(config, finder=index)) as url:
        async with httpx.AsyncClient(base_url=url, timeout=120) as http:
            yield Morning(url, http, issued.token)


async def test_monday_morning(morning: Morning) -> None:
    ann = morning.ann
    assert (await ann.data("{ viewer { name role mayAssert } }"))["viewer"] == {
        "name": "Ann", "role": "account_manager", "mayAssert": True,
    }  # fmt: skip

    day = (
        await ann.data("""{ myDay(timeZone: "Asia/Shanghai") { day items { kind reason
      meeting { subject attendees { id name unknown } } account { customerId } alert { alertId } } } }""")
    )["myDay"]
    assert day["day"] == "2025-06-30"
    (visit,) = [one["meeting"] for one in day["items"] if one["kind"] == "MEETING"]
    assert (visit["subject"], [one["id"] for one in visit["attendees"]]) == (
        "Visit of the plant", [f"Contact:{BUYER}"],
    )  # fmt: skip
    assert {"ALERT", "RISK"} <= {one["kind"] for one in day["items"]}

    since = """{ changesSince(account: "%s", date: "%s") { kind subject { id } after causes { text } } }"""
    changes = (await ann.data(since % (ACME, FRIDAY)))["changesSince"]
    assert ("JOINED", "Contact:crm:CON-5", "Planner") in [
        (one["kind"], one["subject"]["id"], one["after"]) for one in changes
    ]
    (risk,) = [one for one in changes if one["kind"] == "RISK"]
    assert {one["text"] for one in risk["causes"]} == {"fewer orders", "an open ticket"}

    found = (await ann.data('{ search(text: "hongda", kinds: [COMPANY]) { hits { nodeId by } } }'))["search"]
    assert found["hits"][0] == {"nodeId": ACME, "by": "PINYIN"}

    account = (
        await ann.data("""{ account(match: "hongda") {
      decisionChain { members { contact { contactId } role } gaps { kind message } completeness { known } }
      churnRisk { probability reasons { text evidence { id } } }
      recommendations(first: 1) { recommendationId product { name } } } }""")
    )["account"]
    chain = account["decisionChain"]
    assert {one["contact"]["contactId"]: one["role"] for one in chain["members"]} == {
        BOSS: "DECISION_MAKER", ENGINEER: "USER_BUYER",
    }  # fmt: skip
    assert account["churnRisk"]["reasons"][0]["evidence"] == [{"id": "Order:erp:O2"}]

    brief = (
        await ann.data(f"""{{ meetingBrief(account: "{ACME}", attendees: ["{BUYER}", "x@y.example"]) {{
      attendees {{ asked unknown }} tickets {{ id }}
      overdueInvoices {{ id amount currency overdueDays }}
      offers {{ recommendationId }} }} }}""")
    )["meetingBrief"]
    assert [(one["asked"], one["unknown"]) for one in brief["attendees"]] == [
        (BUYER, False), ("x@y.example", True),
    ]  # fmt: skip
    assert brief["overdueInvoices"] == [
        {"id": "Invoice:erp:I1", "amount": 80.0, "currency": "CNY", "overdueDays": 30}
    ]
    assert [one["id"] for one in brief["tickets"]] == ["Ticket:desk:T1"]

    (offer,) = account["recommendations"]
    dismissed = {"recommendation": offer["recommendationId"], "outcome": "DISMISSED", "dismissal": "HAS_IT"}
    assert (await wrote(ann, "recommendationFeedback", **dismissed))["__typename"] == "Written"
    left = '{ account(match: "宏达") { recommendations(first: 1) { recommendationId } } }'
    assert (await ann.data(left))["account"]["recommendations"] == []

    way = f'{{ introductions(account: "{ACME}") {{ steps {{ to {{ personId }} }} }} }}'
    through = (await ann.data(way))["introductions"][0]["steps"][0]["to"]["personId"]
    kind = "Employee" if through == BOB else "Contact"
    asked = {"contact": BOSS, "through": f"{kind}:{through}", "note": "before the visit", "key": "k2"}
    assert (await wrote(ann, "requestIntroduction", **asked))["__typename"] == "Written"
    pending = "{ introductionRequests { contactId state through { id } } }"
    assert (await ann.data(pending))["introductionRequests"] == [
        {"contactId": BOSS, "state": "ASKED", "through": {"id": f"{kind}:{through}"}}
    ]

    step = {"subject": "Send the quote", "dueAt": ago(-7).isoformat()}
    note = {
        "kind": "OTHER",
        "customer": ACME,
        "note": "They want a second line.",
        "nextStep": step,
        "key": "k3",
    }
    assert (await wrote(ann, "logInteraction", **note))["__typename"] == "Written"
    tasks = (await ann.data("{ tasks { subject customerId } }"))["tasks"]
    assert {"subject": "Send the quote", "customerId": ACME} in tasks


async def test_what_is_not_hers_is_not_in_her_morning(morning: Morning) -> None:
    ann = morning.ann
    hits = (await ann.data('{ search(text: "Borealis") { hits { nodeId } } }'))["search"]["hits"]
    assert hits == []
    assert await ann.codes('{ account(match: "Borealis Freight") { name } }') == ["NOT_FOUND"]
    handed = await wrote(ann, "changeOwner", customer=ACME, owner=BOB)
    assert handed["__typename"] == "Forbidden"


async def test_every_request_of_the_tour_is_answered(morning: Morning) -> None:
    keys = count()

    async def decided() -> None:
        key = next(keys)
        field, more = ("muteAlert", ', reason: "seen"') if key % 2 else ("acknowledgeAlert", "")
        text = f'mutation {{ {field}(input: {{key: "t{key}", alert: "a1"{more}}}) {{ __typename }} }}'
        assert (await morning.ann.data(text))[field]["__typename"] == "AlertDecided"

    for text in TOUR:
        if re.match(r"\s*subscription", text):
            message = await morning.event(text, decided)
            assert (message["type"], message["payload"].get("errors")) == ("next", None), message
        else:
            data = await morning.ann.data(text)
            assert all(value is not None for value in data.values()), text
    (stated,) = (text for text in TOUR if "mutation" in text)
    assert (await morning.ann.data(stated))["recommendationFeedback"]["repeated"] is True
