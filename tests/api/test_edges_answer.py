"""Edges of a chain say what they rest on; a conflict is adopted or dismissed, and the chain respects it."""

from typing import Any

import pytest

from graph.store import Store
from tests.api.client import Client
from tests.api.company import ACME, ANN, BOSS, BUYER, DEAL, ENGINEER
from tests.api.conftest import Signed
from tests.api.test_writes import wrote
from tests.graph.world import World, ago, iso

EDGES = """query ($d: ID!) { decisionChain(opportunity: $d) { members { contact { contactId } role stance }
  links { from to } edges { kind contactId about { id } value corroborated lastSeenAt stale
    sources { source } conflicts { factId value source } dismissed { dismissedBy dismissedWhy } } } }"""


@pytest.fixture
def disputed(ann: Client, store: Store) -> Client:
    """The ERP agrees on the boss's job, and says that the engineer is a champion and reports to the buyer."""
    world = World()
    job = {"title": "chief executive officer", "source": "erp", "known_from": ago(5)}
    world.fact("WORKS_AT", ("Contact", BOSS), ("Customer", ACME), **job)
    world.role(ENGINEER, ("Opportunity", DEAL), "champion", stance=2, source="erp", known_from=ago(900))
    world.fact("REPORTS_TO", ("Contact", ENGINEER), ("Contact", BUYER), source="erp")
    world.load(store)
    return ann


async def chain(client: Client) -> dict[str, Any]:
    found: dict[str, Any] = (await client.data(EDGES, d=DEAL))["decisionChain"]
    return found


def edge(found: dict[str, Any], kind: str, contact: str, about: str) -> dict[str, Any]:
    (one,) = (
        e for e in found["edges"] if (e["kind"], e["contactId"], e["about"]["id"]) == (kind, contact, about)
    )
    answer: dict[str, Any] = one
    return answer


@pytest.mark.query("edge.statements")
async def test_sources_freshness_and_conflicts(disputed: Client) -> None:
    found = await chain(disputed)
    job = edge(found, "JOB", BOSS, f"Customer:{ACME}")
    assert (job["corroborated"], job["stale"], job["lastSeenAt"], job["conflicts"]) == (
        2,
        False,
        iso(ago(5)),
        [],
    )
    role = edge(found, "ROLE", ENGINEER, f"Opportunity:{DEAL}")
    assert (role["value"], [one["source"] for one in role["sources"]], role["stale"]) == (
        "champion",
        ["erp"],
        True,
    )
    assert [(one["value"], one["source"]) for one in role["conflicts"]] == [("user_buyer", "test")]
    line = edge(found, "REPORTING_LINE", ENGINEER, f"Contact:{ENGINEER}")
    assert (line["value"], line["corroborated"]) == (BUYER, 1)
    assert [one["value"] for one in line["conflicts"]] == [BOSS]
    tie = edge(found, "TIE", ENGINEER, f"Employee:{ANN}")
    assert (tie["stale"], tie["lastSeenAt"]) == (False, iso(ago(10)))


@pytest.mark.query("writing.dismiss", "writing.disputed")
async def test_one_that_is_dismissed_counts_no_more(disputed: Client, signed: Signed) -> None:
    line = edge(await chain(disputed), "REPORTING_LINE", ENGINEER, f"Contact:{ENGINEER}")
    words = {"contact": ENGINEER, "fact": line["conflicts"][0]["factId"], "resolution": "DISMISS"}
    assert (await wrote(disputed, "resolveConflict", **words))["__typename"] == "InvalidInput", "says why"
    done = await wrote(disputed, "resolveConflict", **words, why="moved")
    assert await wrote(disputed, "resolveConflict", **words, why="moved") == done | {"repeated": True}
    answer = edge(await chain(disputed), "REPORTING_LINE", ENGINEER, f"Contact:{ENGINEER}")
    assert answer["conflicts"] == []
    assert answer["dismissed"] == [{"dismissedBy": f"user:{ANN}", "dismissedWhy": "moved"}]
    again = await wrote(disputed, "resolveConflict", **words, why="moved", key="k2")
    assert again["__typename"] == "VersionConflict"
    nothing = words | {"fact": "nope"}
    assert (await wrote(disputed, "resolveConflict", **nothing, why="x", key="k3"))[
        "__typename"
    ] == "RecordNotFound"
    assert (await wrote(signed(ANN, "reader"), "resolveConflict", **words))["__typename"] == "Forbidden"


async def test_the_statement_that_counts_can_be_dismissed_and_another_adopted(disputed: Client) -> None:
    role = edge(await chain(disputed), "ROLE", ENGINEER, f"Opportunity:{DEAL}")
    other = role["conflicts"][0]["factId"]
    adopted = await wrote(
        disputed, "resolveConflict", contact=ENGINEER, fact=other, resolution="ADOPT", key="k5"
    )
    assert adopted["__typename"] == "Written"
    found = await chain(disputed)
    members = {one["contact"]["contactId"]: one for one in found["members"]}
    assert (members[ENGINEER]["role"], members[ENGINEER]["stance"]) == ("USER_BUYER", -1)
    answer = edge(found, "ROLE", ENGINEER, f"Opportunity:{DEAL}")
    assert (answer["value"], answer["corroborated"]) == ("user_buyer", 2)
    assert [one["value"] for one in answer["conflicts"]] == ["champion"]
    gone = {"fact": answer["conflicts"][0]["factId"], "resolution": "DISMISS", "why": "left the project"}
    assert (await wrote(disputed, "resolveConflict", contact=ENGINEER, key="k6", **gone))[
        "__typename"
    ] == "Written"
    assert edge(await chain(disputed), "ROLE", ENGINEER, f"Opportunity:{DEAL}")["conflicts"] == []
