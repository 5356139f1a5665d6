"""Lists of opportunities through the API: the filter, the order, the pages and the count."""

from typing import Any

import pytest

from graph.store import Store
from tests.api.client import Client
from tests.api.company import ACME, ANN, BOB
from tests.graph.world import NOW, World, ago

LIST = """query ($w: OpportunityFilter, $n: Int! = 20, $after: String) {
  opportunities(where: $w, first: $n, after: $after) { totalCount totalCountExact
    pageInfo { hasNextPage endCursor } edges { cursor }
    nodes { id opportunityId name owner { employeeId } account { customerId name } } } }"""


@pytest.fixture
def deals(ann: Client, store: Store) -> Client:
    """Ann, with deals that close on known days beside the two undated ones of the small company."""
    world = World()
    for key, customer, days, props in (
        ("d1", ACME, 30, {"amount": 50.0, "currency": "EUR", "stage": "offer"}),
        ("d2", ACME, 10, {"amount": 500.0, "currency": "EUR", "stage": "offer"}),
        ("d3", "crm:ACC-3", 20, {"amount": 70.0, "currency": "CNY", "stage": "proposal"}),
        ("won", ACME, 5, {"closed_at": ago(1), "outcome": "won"}),
    ):
        world.opportunity(key, customer, expected_at=ago(-days), **props)
    world.fact("OWNS", ("Employee", BOB), ("Opportunity", "d3"))
    world.load(store)
    return ann


async def listed(client: Client, **asked: Any) -> dict[str, Any]:
    found: dict[str, Any] = (await client.data(LIST, **asked))["opportunities"]
    return found


def ids(page: dict[str, Any]) -> list[str]:
    return [node["opportunityId"].removeprefix("crm:") for node in page["nodes"]]


@pytest.mark.query("deal.page", "deal.count")
async def test_deals_by_the_day_when_they_are_to_close(deals: Client) -> None:
    page = await listed(deals)
    assert ids(page) == ["d2", "d3", "d1", "OPP-1", "OPP-2"]
    assert (page["totalCount"], page["totalCountExact"]) == (5, True)
    assert page["nodes"][1]["owner"] == {"employeeId": BOB}
    assert page["nodes"][1]["account"] == {"customerId": "crm:ACC-3", "name": "Zenith Pumps"}


async def test_pages_follow_one_another_without_gaps(deals: Client) -> None:
    seen, after, more = [], None, True
    while more:
        page = await listed(deals, n=2, after=after)
        seen += ids(page)
        after, more = page["pageInfo"]["endCursor"], page["pageInfo"]["hasNextPage"]
    assert seen == ["d2", "d3", "d1", "OPP-1", "OPP-2"]
    assert await deals.codes(LIST, after="WyJuYW1lIiwiYSIsImIiXQ==") == ["BAD_INPUT"]


@pytest.mark.parametrize(
    ("where", "wanted"),
    [
        ({"account": "crm:ACC-3"}, ["d3"]),
        ({"owner": ANN}, ["d2", "d1", "OPP-1", "OPP-2"]),
        ({"team": "West"}, []),
        ({"open": False, "account": ACME}, ["won", "d2", "d1", "OPP-1", "OPP-2"]),
        ({"stages": ["offer"]}, ["d2", "d1"]),
        ({"currency": "EUR", "amountFrom": 100}, ["d2"]),
        ({"currency": "CNY", "amountUntil": 1000}, ["d3"]),
        ({"closesFrom": ago(-15).isoformat(), "closesUntil": ago(-25).isoformat()}, ["d3"]),
        ({"band": "high"}, ["d2", "d1", "OPP-1", "OPP-2"]),
        ({"band": "low"}, ["d3"]),
        ({"silentDays": 5}, ["d3"]),
    ],
)
async def test_the_filter(deals: Client, where: dict[str, Any], wanted: list[str]) -> None:
    page = await listed(deals, w=where)
    assert (ids(page), page["totalCount"]) == (wanted, len(wanted))


async def test_a_meeting_that_is_planned_ends_no_silence(deals: Client, store: Store) -> None:
    world = World()
    world.contact("zoe", "crm:ACC-3")
    world.met("ahead-deal", ago(-3), [])
    world.met("ahead-customer", ago(-3), [])
    world.met("ahead-person", ago(-3), [("Contact", "zoe", None)])
    world.part("ABOUT", ("Interaction", "ahead-deal"), ("Opportunity", "d3"))
    world.part("FOR", ("Interaction", "ahead-customer"), ("Customer", "crm:ACC-3"))
    world.load(store)
    assert ids(await listed(deals, w={"silentDays": 5})) == ["d3"]


async def test_what_is_asked_wrongly(deals: Client) -> None:
    for where in ({"amountFrom": 1}, {"band": "huge"}, {"silentDays": 0}):
        assert await deals.codes(LIST, w=where) == ["BAD_INPUT"]
    (error,) = (await deals.answer(LIST, w={"closesFrom": "0001-01-01T00:00:00Z"}))["errors"]
    assert error["message"] == "`closesFrom` must lie between the years 1900 and 2999"
    assert await deals.codes(LIST, n=0) == ["BAD_INPUT"]
    assert (await listed(deals, w={"closesFrom": NOW.isoformat()}))["totalCount"] == 3
