"""What changed at an account since a day is the difference of the two days, for whoever may see it."""

from typing import Any

import pytest

from graph.store import Store
from tests.api.client import Client
from tests.api.company import ACME, ANN, BOB, BOSS, BUYER, DEAL, ENGINEER
from tests.api.conftest import Signed
from tests.api.test_writes import wrote
from tests.graph.world import NOW, World, ago

SINCE = """query ($a: ID!, $d: DateTime!) { changesSince(account: $a, date: $d) {
  kind subject { id } before after about { id } causes { text before after } } }"""


async def since(client: Client, days: float, account: str = ACME) -> list[tuple[Any, ...]]:
    found = (await client.data(SINCE, a=account, d=ago(days).isoformat()))["changesSince"]
    return [
        (one["kind"], one["subject"]["id"], one["before"], one["after"], (one["about"] or {}).get("id"))
        for one in found
    ]


@pytest.mark.slow
@pytest.mark.query("account.state")
async def test_each_kind_of_change_is_told_once(ann: Client, store: Store) -> None:
    assert await since(ann, 2) == []
    world = World()
    world.contact("new", ACME, title="Planner", valid_from=ago(1))
    world.contact("fay", ACME, valid_from=ago(1), visibility="owner", owner_id=BOB)
    world.fact("OWNS", ("Employee", BOB), ("Customer", ACME), valid_from=ago(1))
    world.opportunity(
        "crm:OPP-9", ACME, opened_at=ago(1), stage="proposal", outcome="won", closed_at=ago(0.5)
    )
    world.risk("s9", ACME, 0.8, as_of=NOW, scored_at=NOW)
    world.risk("s0", ACME, 0.3, as_of=ago(30), scored_at=ago(30), until=NOW)
    world.load(store)
    await wrote(ann, "contactLeft", key="1", contact=BUYER, customer=ACME, leftAt=ago(40).isoformat())
    await wrote(ann, "assertRelation", key="2", kind="REPORTS_TO", contact=ENGINEER, other=BOSS)
    role = "mutation ($i: AssertRoleInput!) { assertRole(input: $i) { __typename } }"
    await ann.data(role, i={"contact": BOSS, "role": "CHAMPION", "opportunity": DEAL, "stance": 2})
    found = await since(ann, 2)
    assert found[:-1] == [
        ("JOINED", "Contact:new", None, "Planner", None),
        ("LEFT", f"Contact:{BUYER}", "Purchasing Manager", None, None),
        ("ROLE", f"Contact:{BOSS}", "decision_maker", "champion", f"Opportunity:{DEAL}"),
        ("STANCE", f"Contact:{BOSS}", "1", "2", f"Opportunity:{DEAL}"),
        ("REPORTING_LINE", f"Contact:{ENGINEER}", None, "Crm:Con-1", f"Contact:{BOSS}"),
        ("OWNER", f"Employee:{BOB}", None, "Bob", None),
        ("DEAL_OPENED", "Opportunity:crm:OPP-9", None, "proposal", None),
        ("DEAL_CLOSED", "Opportunity:crm:OPP-9", None, "won", None),
    ]
    assert found[-1][:2] == ("RISK", f"Customer:{ACME}")


async def test_of_two_superiors_the_asserted_one_counts(ann: Client, store: Store) -> None:
    world = World()
    asserted = {"basis": "asserted", "valid_from": ago(1)}
    one, other = ("Contact", BOSS), ("Contact", BUYER)
    for key, said, recorded in (("p1", one, other), ("p2", other, one)):
        world.contact(key, ACME)
        world.fact("REPORTS_TO", ("Contact", key), recorded, valid_from=ago(1))
        world.fact("REPORTS_TO", ("Contact", key), said, **asserted)
    for key, said, recorded in (("p3", one, other), ("p4", other, one)):
        world.contact(key, ACME)
        world.fact("REPORTS_TO", ("Contact", key), said, **asserted)
        world.fact("REPORTS_TO", ("Contact", key), recorded, valid_from=ago(1))
    world.load(store)
    about = {subject: about for kind, subject, *_, about in await since(ann, 2) if kind == "REPORTING_LINE"}
    assert about == {
        "Contact:p1": f"Contact:{BOSS}", "Contact:p2": f"Contact:{BUYER}",
        "Contact:p3": f"Contact:{BOSS}", "Contact:p4": f"Contact:{BUYER}",
    }  # fmt: skip


async def test_what_is_hidden_is_told_to_who_may_see_it(ann: Client, signed: Signed, store: Store) -> None:
    world = World()
    world.contact("fay", ACME, valid_from=ago(1), visibility="owner", owner_id=ANN)
    world.load(store)
    assert [one[1] for one in await since(ann, 2)] == ["Contact:fay"]
    assert await since(signed(BOB), 2) == []


async def test_bad_input_is_refused(ann: Client) -> None:
    for account, date, code in (
        ("nope", ago(1).isoformat(), "NOT_FOUND"),
        (ACME, "2999-01-01", "BAD_INPUT"),
        (ACME, "9999-01-01", "BAD_INPUT"),
    ):
        assert await ann.codes(SINCE, a=account, d=date) == [code]
