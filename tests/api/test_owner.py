"""An account is handed over once, by whoever saw its owners last."""

import asyncio
from typing import Any

import pytest

from graph.store import Store
from tests.api.client import Client
from tests.api.company import ACME, ANN, BOB
from tests.api.conftest import Signed
from tests.api.test_writes import wrote
from tests.graph.world import World, ago

READ = "query ($c: ID!, $t: DateTime) { customer(id: $c, asOf: $t) { owners { employee { employeeId } } } }"


async def owners(client: Client, at: str | None = None) -> list[str]:
    rows = (await client.data(READ, c=ACME, t=at))["customer"]["owners"]
    return [row["employee"]["employeeId"] for row in rows]


@pytest.mark.query("writing.hand_over", "writing.owners")
async def test_it_has_another_owner_at_once_and_its_past_keeps_the_first(ann: Client) -> None:
    words: dict[str, Any] = {"customer": "erp:C0017", "owner": BOB, "replaces": [ANN], "why": "she leaves"}
    first = await wrote(ann, "changeOwner", **words)
    assert first["__typename"] == "Written"
    assert await wrote(ann, "changeOwner", **words) == first | {"repeated": True}
    assert (await owners(ann), await owners(ann, ago(1).isoformat())) == ([BOB], [ANN])
    assert (await wrote(ann, "changeOwner", **words | {"key": "k2"}))["__typename"] == "VersionConflict"


async def test_of_two_colleagues_at_once_one_hands_it_over(ann: Client, signed: Signed) -> None:
    words: dict[str, Any] = {"customer": ACME, "owner": BOB, "replaces": [ANN]}
    two = await asyncio.gather(*(wrote(who, "changeOwner", **words) for who in (ann, signed(BOB))))
    assert sorted(one["__typename"] for one in two) == ["VersionConflict", "Written"]
    assert await owners(ann) == [BOB]


async def test_what_left_the_rows_by_it_is_written_and_not_shown(signed: Signed, store: Store) -> None:
    world = World()
    world.employee("hr:E-3", name="Carl", team="West")
    world.load(store)
    lead = signed(ANN, "team_lead")
    words: dict[str, Any] = {"customer": ACME, "owner": "hr:E-3", "replaces": [ANN]}
    first = await wrote(lead, "changeOwner", **words)
    assert (first["__typename"], first["repeated"]) == ("Written", False), first
    assert [one["id"] for one in first["records"]] == ["Employee:hr:E-3"]
    assert await wrote(lead, "changeOwner", **words) == first | {"repeated": True}
    assert (await wrote(lead, "changeOwner", **words | {"key": "k2"}))["__typename"] == "RecordNotFound"
    assert await owners(signed(ANN)) == ["hr:E-3"]


async def test_what_cannot_be_is_refused(ann: Client, signed: Signed) -> None:
    for words, kind in (
        ({"customer": "nope", "owner": BOB}, "RecordNotFound"),
        ({"customer": ACME, "owner": "nope"}, "RecordNotFound"),
        ({"customer": ACME, "owner": BOB, "replaces": ["nope"]}, "RecordNotFound"),
        ({"customer": ACME, "owner": BOB, "replaces": []}, "VersionConflict"),
        ({"customer": ACME, "owner": ANN}, "InvalidInput"),
        ({"customer": ACME, "owner": BOB, "replaces": [ANN] * 51}, "InvalidInput"),
    ):
        assert (await wrote(ann, "changeOwner", **words))["__typename"] == kind, words
        assert (await wrote(signed(BOB, "reader"), "changeOwner", **words))["__typename"] == "Forbidden"
    assert await owners(ann) == [ANN]
