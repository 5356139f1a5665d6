"""Who stands in for somebody of us who is away: at alerts, in introductions and on both days."""

import pytest

from graph.store import Store
from tests.api.client import Client
from tests.api.company import ANN, BOB, BOSS
from tests.api.conftest import Signed
from tests.api.test_my_day import warned
from tests.graph.world import ago

AWAY = "away { since until standIn { employeeId name } }"
ALERT = f"{{ alerts {{ nodes {{ owner {{ employeeId {AWAY} }} }} }} }}"
DAY = f"{{ myDay {{ {AWAY} standsInFor {{ employee {{ employeeId }} until }} }} }}"
FIND = (
    f"query ($t: ID) {{ introductions(to: $t, first: 9) {{ steps {{ from {{ personId kind {AWAY} }} }} }} }}"
)
BACK = "2025-07-03T12:00:00+00:00"


@pytest.mark.slow
@pytest.mark.query("employee.away", "employee.stands_in")
async def test_the_stand_in_is_named_while_an_owner_is_away(
    ann: Client, signed: Signed, store: Store
) -> None:
    world = warned()
    for since, until in ((ago(2), ago(-3)), (ago(2), ago(1)), (ago(-9), ago(-12)), (ago(40), ago(30))):
        end = BOB if until == ago(-3) else ANN  # of the others nobody stands in
        world.fact("ABSENT", ("Employee", ANN), ("Employee", end), valid_from=since, valid_to=until)
    world.load(store)
    (alert,) = (await ann.data(ALERT))["alerts"]["nodes"]
    away = alert["owner"]["away"]
    assert (alert["owner"]["employeeId"], away["until"], away["standIn"]["employeeId"]) == (ANN, BACK, BOB)
    day = (await ann.data(DAY))["myDay"]
    assert day == {"away": away, "standsInFor": []}
    theirs = (await signed(BOB).data(DAY))["myDay"]
    assert theirs == {"away": None, "standsInFor": [{"employee": {"employeeId": ANN}, "until": BACK}]}
    ways = (await ann.data(FIND, t=BOSS))["introductions"]
    people = {one["from"]["personId"]: one["from"]["away"] for way in ways for one in way["steps"]}
    assert people[ANN] == away
    assert all(gone is None for person, gone in people.items() if person != ANN)


async def test_nobody_stands_in_and_no_end_is_known(ann: Client, store: Store) -> None:
    world = warned()
    world.fact("ABSENT", ("Employee", ANN), ("Employee", ANN), valid_from=ago(1))
    world.load(store)
    (alert,) = (await ann.data(ALERT))["alerts"]["nodes"]
    assert alert["owner"]["away"] == {"since": ago(1).isoformat(), "until": None, "standIn": None}
