"""Consent and ratings through the API: what is said counts at once, is dated, and is kept."""

from datetime import timedelta
from typing import Any

import pytest

from cypher import Query
from graph.store import Store
from tests.api.client import Client
from tests.api.company import ANN, BOSS, ENGINEER
from tests.api.conftest import Signed
from tests.api.test_writes import wrote
from tests.graph.world import NOW, World, ago

VERB = "setConsent"
READ = """query ($c: ID!, $at: DateTime) { consents(contact: $c, asOf: $at) {
  purpose channel since until withdrawnAt expiresAt source reason stands } }"""
WAYS = "query ($to: ID!) { warmPaths(to: $to) { strength } }"


async def told(client: Client, contact: str = BOSS, at: str | None = None) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = (await client.data(READ, c=contact, at=at))["consents"]
    return found


@pytest.mark.query("writing.consent", "consent.of")
async def test_a_withdrawal_counts_at_once_until_consent_is_given_again(ann: Client) -> None:
    assert (await ann.data(WAYS, to=BOSS))["warmPaths"] != []
    said = ago(2).isoformat()
    refused = {"contact": BOSS, "purpose": "contact", "given": False, "why": "told Ann", "at": said}
    first = await wrote(ann, VERB, **refused)
    assert [one["id"] for one in first["records"]] == [f"Contact:{BOSS}"]
    assert await wrote(ann, VERB, **refused) == first | {"repeated": True}
    assert (await ann.data(WAYS, to=BOSS))["warmPaths"] == []
    (kept,) = await told(ann)
    assert kept == {
        "purpose": "contact", "channel": None, "since": said, "until": said,
        "withdrawnAt": said, "expiresAt": None, "source": f"user:{ANN}", "reason": "told Ann",
        "stands": False,
    }  # fmt: skip
    until = (NOW + timedelta(days=30)).isoformat()
    await wrote(ann, VERB, key="k2", contact=BOSS, purpose="contact", given=True, expiresAt=until)
    assert (await ann.data(WAYS, to=BOSS))["warmPaths"] != []
    given, before = await told(ann)
    assert (given["stands"], given["expiresAt"], before["stands"]) == (True, until, False)


async def test_a_past_day_is_told_what_stood_then(ann: Client, store: Store) -> None:
    world = World()
    world.node("Purpose", "marketing")
    ends = {"valid_from": ago(100), "valid_to": ago(10), "withdrawn_at": ago(10), "expires_at": ago(-9)}
    world.fact("CONSENTS", ("Contact", BOSS), ("Purpose", "marketing"), **ends)
    world.load(store)
    (then,) = await told(ann, at=ago(50).isoformat())
    assert (then["stands"], then["until"], then["withdrawnAt"]) == (True, None, None)
    assert then["expiresAt"] == ago(-9).isoformat()
    (today,) = await told(ann)
    assert (today["stands"], today["until"]) == (False, ago(10).isoformat())
    assert await told(ann, at=ago(101).isoformat()) == []
    assert await ann.codes(READ, c=BOSS, at=ago(-1).isoformat()) == ["BAD_INPUT"]


async def test_each_purpose_and_channel_stands_for_itself(ann: Client, store: Store) -> None:
    world = World()
    world.node("Purpose", "marketing")
    world.fact("CONSENTS", ("Contact", BOSS), ("Purpose", "marketing"), channel="email", source="crm")
    world.load(store)
    words = {"contact": BOSS, "purpose": "marketing"}
    await wrote(ann, VERB, key="call", channel="call", given=True, **words)
    assert [(one["channel"], one["stands"]) for one in await told(ann)] == [("call", True), ("email", True)]
    await wrote(ann, VERB, key="stop", channel="email", given=False, **words)
    assert [(one["channel"], one["stands"]) for one in await told(ann)] == [
        ("call", True), ("email", False), ("email", False),
    ]  # fmt: skip
    assert (await ann.data(WAYS, to=BOSS))["warmPaths"] != [], "marketing is another purpose"
    assert await told(ann, ENGINEER) == []


async def test_what_cannot_be_is_refused(ann: Client, signed: Signed) -> None:
    fine: dict[str, Any] = {"contact": BOSS, "purpose": "contact", "given": True}
    for words, kind in (
        ({"contact": "nobody"}, "RecordNotFound"),
        ({"purpose": "Marketing!"}, "InvalidInput"),
        ({"purpose": ""}, "InvalidInput"),
        ({"channel": "pigeon"}, "InvalidInput"),
        ({"at": (NOW + timedelta(days=40_000)).isoformat()}, "InvalidInput"),
        ({"expiresAt": ago(1).isoformat()}, "InvalidInput"),
        ({"given": False, "expiresAt": NOW.isoformat()}, "InvalidInput"),
        ({"key": ""}, "InvalidInput"),
    ):
        assert (await wrote(ann, VERB, **(fine | words)))["__typename"] == kind, words
    assert (await wrote(signed(ANN, "reader"), VERB, **fine))["__typename"] == "Forbidden"
    assert await told(ann) == []
    assert await ann.codes(READ, c="nobody") == ["NOT_FOUND"]


@pytest.mark.query("writing.rate")
async def test_an_answer_is_rated_once_and_kept_with_who_and_why(ann: Client, store: Store) -> None:
    ids = ["Customer:erp:C0017"]
    words = {"operation": "churnRisk", "useful": False, "why": "they only moved", "ids": ids}
    first = await wrote(ann, "rateAnswer", **words)
    assert [one["id"] for one in first["records"]] == ["Customer:crm:ACC-1"]
    assert await wrote(ann, "rateAnswer", **words) == first | {"repeated": True}
    asked = Query("test.rated", "MATCH (c:Change {change_id: $id}) RETURN c", frozenset({"id"}), "read")
    (kept,) = [row["c"] for row in store.read(asked, id=f"write:{ANN}:k1")]
    assert kept["kind"] == "write.rate_answer.churnRisk.useless"
    assert (kept["actor"], kept["reason"]) == (f"user:{ANN}", "they only moved")
    for wrong, kind in (
        ({"useful": True}, "KeyAlreadyUsed"),
        ({"key": "k2", "operation": "no field!"}, "InvalidInput"),
        ({"key": "k2", "ids": ["Customer:none"]}, "RecordNotFound"),
        ({"key": "k2", "ids": ["none"]}, "InvalidInput"),
        ({"key": "k2", "ids": ["Customer:erp:C0017"] * 51}, "InvalidInput"),
    ):  # fmt: skip
        assert (await wrote(ann, "rateAnswer", **(words | wrong)))["__typename"] == kind, wrong
