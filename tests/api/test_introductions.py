"""Introductions through the API: found, asked for, made or declined, and what that changes."""

import asyncio
from typing import Any

import pytest

from graph.derive import derive
from graph.store import Store
from tests.api.client import Client
from tests.api.company import ACME, ANN, BOB, BOSS, BUYER, ENGINEER
from tests.api.conftest import Signed
from tests.api.test_writes import wrote
from tests.graph.world import NOW, World

FIND = """query ($a: ID, $t: ID, $team: String, $any: Boolean! = false) {
  introductions(account: $a, to: $t, from: {team: $team, anybody: $any}, first: 9) {
    strength steps { kind from { personId } to { personId } at why strength evidence { id } } } }"""
LIST = """{ introductionRequests { introductionId state contactId contactName askedBy through { id } note
  decidedBy reason interaction { id } } }"""


async def requests(client: Client) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = (await client.data(LIST))["introductionRequests"]
    return found


async def asked(client: Client, **words: Any) -> str:
    """Ann asks Bob for the boss; the id of the request."""
    given = {"contact": BOSS, "through": f"Employee:{BOB}", "note": "the new line"} | words
    assert (await wrote(client, "requestIntroduction", **given))["__typename"] == "Written"
    return str((await requests(client))[0]["introductionId"])


async def test_found_to_a_contact_or_to_who_decides(ann: Client) -> None:
    to_boss = (await ann.data(FIND, t=BOSS))["introductions"]
    assert (await ann.data(FIND, a=ACME))["introductions"] == to_boss
    assert [(one["steps"][0]["from"]["personId"], one["steps"][-1]["kind"]) for one in to_boss[:2]] == [
        (ANN, "KNOWS"), (ANN, "KNOWS")
    ]  # fmt: skip
    assert {one["steps"][0]["to"]["personId"] for one in to_boss[:2]} == {ENGINEER, BOB}
    anybody = (await ann.data(FIND, t=BOSS, any=True))["introductions"]
    assert [step["to"]["personId"] for step in anybody[0]["steps"]] == [BOSS]
    assert (await ann.data(FIND, t=BOSS, team="East"))["introductions"] == anybody
    for words in ({}, {"a": ACME, "t": BOSS}, {"t": BOSS, "team": "East", "any": True}):
        assert await ann.codes(FIND, **words) == ["BAD_INPUT"]


@pytest.mark.query(
    "writing.ask_introduction", "writing.decide_introduction", "writing.introduction", "introduction.requests"
)
async def test_one_that_was_made_ties_those_who_took_part(ann: Client, signed: Signed, store: Store) -> None:
    key = await asked(ann)
    for client in (ann, signed(BOB)):
        (request,) = await requests(client)
        assert (request["state"], request["contactId"], request["askedBy"]) == ("ASKED", BOSS, ANN)
        assert (request["through"], request["note"]) == ({"id": f"Employee:{BOB}"}, "the new line")
    words = {"introduction": key, "outcome": "MADE", "channel": "MEETING", "key": "k2"}
    result = await wrote(signed(BOB), "decideIntroduction", **words)
    assert await wrote(signed(BOB), "decideIntroduction", **words) == result | {"repeated": True}
    talk = result["records"][1]
    assert {(one["relation"], one["recordId"]) for one in talk["links"]} == {
        ("FOR", ACME), ("PARTICIPATED_IN", ANN), ("PARTICIPATED_IN", BOB), ("PARTICIPATED_IN", BOSS),
    }  # fmt: skip
    (request,) = await requests(ann)
    assert (request["state"], request["decidedBy"]) == ("MADE", f"user:{BOB}")
    assert request["interaction"] == {"id": talk["id"]}
    again = await wrote(ann, "decideIntroduction", introduction=key, outcome="DECLINED", why="no", key="k3")
    assert again["__typename"] == "VersionConflict"
    await asyncio.to_thread(derive, store, NOW)
    first = (await ann.data(FIND, t=BOSS))["introductions"][0]
    assert [step["to"]["personId"] for step in first["steps"]] == [BOSS]
    assert talk["id"] in [one["id"] for one in first["steps"][0]["evidence"]]


async def test_a_contact_can_be_asked_too_and_can_decline(ann: Client) -> None:
    key = await asked(ann, through=f"Contact:{ENGINEER}")
    vague = await wrote(ann, "decideIntroduction", introduction=key, outcome="DECLINED", key="k2")
    assert vague["__typename"] == "InvalidInput"
    await wrote(ann, "decideIntroduction", introduction=key, outcome="DECLINED", why="not now", key="k3")
    (request,) = await requests(ann)
    assert (request["state"], request["reason"], request["interaction"]) == ("DECLINED", "not now", None)


@pytest.mark.parametrize(("keep", "talked"), [(BUYER, {BUYER, BOSS, ANN}), (BOSS, {BOSS, ANN})])
async def test_who_was_asked_and_has_been_merged_since_has_introduced(
    ann: Client, keep: str, talked: set[str]
) -> None:
    key = await asked(ann, through=f"Contact:{ENGINEER}")
    merged = await wrote(ann, "merge", key="k2", kind="CONTACT", keep=keep, other=ENGINEER)
    assert merged["__typename"] == "Written"
    made = await wrote(ann, "decideIntroduction", introduction=key, outcome="MADE", key="k3")
    links = made["records"][1]["links"]
    assert {one["recordId"] for one in links if one["relation"] == "PARTICIPATED_IN"} == talked


async def test_what_cannot_be_is_refused(ann: Client, signed: Signed, store: Store) -> None:
    for words, kind in (
        ({"contact": "nope", "through": f"Employee:{BOB}"}, "RecordNotFound"),
        ({"contact": BOSS, "through": "Employee:nope"}, "RecordNotFound"),
        ({"contact": BOSS, "through": BOB}, "InvalidInput"),
        ({"contact": BOSS, "through": f"Employee:{ANN}"}, "InvalidInput"),
        ({"contact": BOSS, "through": f"Contact:{BOSS}"}, "InvalidInput"),
    ):
        assert (await wrote(ann, "requestIntroduction", **words))["__typename"] == kind, words
    world = World()
    world.employee("hr:E-9", name="Zoe")
    world.load(store)
    key = await asked(ann, contact=BUYER)
    stranger = signed("hr:E-9")
    made = {"introduction": key, "outcome": "MADE", "key": "k2"}
    assert (await wrote(stranger, "decideIntroduction", **made))["__typename"] == "InvalidInput"
    nowhere = made | {"introduction": "nope"}
    assert (await wrote(ann, "decideIntroduction", **nowhere))["__typename"] == "RecordNotFound"
    assert (await wrote(signed(BOB, "reader"), "decideIntroduction", **made))["__typename"] == "Forbidden"
    two = [wrote(who, "decideIntroduction", **made) for who in (ann, signed(BOB))]
    kinds = sorted(one["__typename"] for one in await asyncio.gather(*two))
    assert kinds == ["VersionConflict", "Written"]
