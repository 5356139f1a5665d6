"""Keyset pages: every row once, whatever the page size and whatever comes in between; no call per row."""

import pytest

from cypher import Query
from graph.store import AsyncStore, Store
from graphql_api.execution import budget
from tests.api.client import Client, calls
from tests.graph.world import NOW, World

UNSCORE = Query("test.unscore", "MATCH (s:RiskScore) DETACH DELETE s", frozenset(), "write")

PAGE = """
query ($n: Int!, $after: String, $order: CustomerOrder! = NAME, $where: CustomerFilter) {
  customers(first: $n, after: $after, order: $order, where: $where) {
    nodes { customerId name } pageInfo { hasNextPage endCursor }
  }
}
"""


@pytest.fixture
def many(store: Store) -> list[str]:
    """Forty more customers, several of one name, in the order of the listing (name, then id)."""
    world = World()
    names = {f"z:{number:02}": f"名 {number % 7}" for number in range(40)}
    for number, (key, name) in enumerate(names.items()):
        world.customer(key, name=name, region="R1" if number % 2 else "R2")
        world.node(
            "RiskScore", f"x{key}", task="churn", model_id="churn-1", scored_at=NOW, as_of=NOW,
            horizon_days=90, probability=(number % 5) / 10, percentile=0.5, band="low", reasons="[]",
        )  # fmt: skip
        world.part("SCORED", ("Customer", key), ("RiskScore", f"x{key}"))
    world.load(store)
    return sorted(names, key=lambda key: (names[key], key))


async def walked(ann: Client, size: int, **more: object) -> list[str]:
    """Ids of all pages, one after the other."""
    found: list[str] = []
    after: str | None = None
    while True:
        page = (await ann.data(PAGE, n=size, after=after, **more))["customers"]
        assert len(page["nodes"]) <= size
        found += [node["customerId"] for node in page["nodes"]]
        after = page["pageInfo"]["endCursor"]
        assert page["pageInfo"]["hasNextPage"] == (after is not None)
        if after is None:
            return found


@pytest.mark.parametrize("size", [1, 7, 40, 1000])
async def test_all_pages_are_all_rows_once_and_in_order(ann: Client, many: list[str], size: int) -> None:
    found = await walked(ann, size)
    assert [key for key in found if key.startswith("z:")] == many
    assert len(found) == len(set(found)) == 43


@pytest.mark.query("page.unscored")
@pytest.mark.parametrize("size", [1, 3, 42, 43])
async def test_pages_by_risk_hold_every_customer_the_most_endangered_first_and_the_unscored_last(
    ann: Client, many: list[str], store: Store, size: int
) -> None:
    late = World()
    late.customer("a:unscored", name="A")
    late.load(store)
    found = await walked(ann, size, order="RISK")
    assert len(found) == len(set(found)) == len(many) + 4
    assert found[0] == "crm:ACC-1"
    assert found[-2:] == ["a:unscored", "crm:ACC-2"]


async def test_a_band_holds_no_unscored_customer(ann: Client, many: list[str]) -> None:
    low = {*many, "crm:ACC-3"}
    for order in ("RISK", "NAME"):
        assert set(await walked(ann, 9, order=order, where={"band": "low"})) == low


async def test_nobody_is_scored_yet_and_the_page_by_risk_holds_everybody(ann: Client, store: Store) -> None:
    store.write(UNSCORE)
    assert await walked(ann, 2, order="RISK") == ["crm:ACC-1", "crm:ACC-2", "crm:ACC-3"]


@pytest.mark.parametrize("band", ["HIGH", "huge", "", " high"])
async def test_a_band_that_is_none_is_bad_input(ann: Client, band: str) -> None:
    answer = await ann.answer(PAGE, n=5, where={"band": band})
    (error,) = answer["errors"]
    assert error["extensions"]["code"] == "BAD_INPUT"
    assert "'Band' enum" in error["message"]


async def test_rows_that_come_in_between_neither_skip_nor_repeat_others(
    ann: Client, many: list[str], store: Store
) -> None:
    first = (await ann.data(PAGE, n=20))["customers"]
    late = World()
    late.customer("y:before", name="A before all")
    late.customer("y:after", name="龙 after all")
    late.load(store)
    rest: list[str] = []
    after = first["pageInfo"]["endCursor"]
    while after:
        page = (await ann.data(PAGE, n=7, after=after))["customers"]
        rest += [node["customerId"] for node in page["nodes"]]
        after = page["pageInfo"]["endCursor"]
    seen = [node["customerId"] for node in first["nodes"]] + rest
    assert len(seen) == len(set(seen))
    assert set(many) < set(seen)
    assert "y:after" in seen
    assert "y:before" not in seen


async def test_a_filter_narrows(ann: Client, many: list[str]) -> None:
    assert set(await walked(ann, 9, where={"region": "R1"})) == {key for key in many if int(key[2:]) % 2}
    assert await walked(ann, 9, where={"text": "zenith"}) == ["crm:ACC-3"]


@pytest.mark.parametrize("cursor", ["nonsense", "", "WzFd", "eyJhIjoxfQ=="])
async def test_a_strange_cursor_is_bad_input(ann: Client, cursor: str) -> None:
    assert await ann.codes(PAGE, n=5, after=cursor) == ["BAD_INPUT"]


async def test_a_cursor_of_another_order_is_bad_input(ann: Client, many: list[str]) -> None:
    cursor = (await ann.data(PAGE, n=5))["customers"]["pageInfo"]["endCursor"]
    assert many
    assert await ann.codes(PAGE, n=5, after=cursor, order="RISK") == ["BAD_INPUT"]


DETAILED = """
query ($n: Int!) {
  customers(first: $n) {
    nodes {
      name tags { name } health { score } contacts { contact { name } } owners { employee { name } }
      orders { amount } tickets { open } churnRisk { band reasons { text } }
      recommendations(first: 2) { product { name } } decisionChain { members { role } gaps { kind } }
    }
  }
}
"""


@pytest.mark.parametrize("slice_s", [60.0, 0.0], ids=["at once", "in turns"])
async def test_a_longer_page_takes_no_more_store_calls(
    ann: Client, many: list[str], astore: AsyncStore, slice_s: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(budget, "_SLICE_S", slice_s)
    assert many
    taken = []
    await ann.data(DETAILED, n=1)
    for size in (2, 40):
        before = calls(astore)
        page = (await ann.data(DETAILED, n=size))["customers"]
        assert len(page["nodes"]) == size
        taken.append(calls(astore) - before)
    assert taken[0] == taken[1] <= 10
