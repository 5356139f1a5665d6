"""Conflicts between sources on the command line: told, dismissed, adopted."""

from typing import Any

import orjson
import pytest

from graph.store import Store
from tests.conftest import Cli
from tests.graph.world import NOW, World, ago


@pytest.fixture
def world() -> World:
    """The buyer of ACME: two systems disagree on the part that she plays."""
    world = World()
    world.customer("acme")
    world.employee("eva")
    world.contact("ann", "acme", "Head of Purchasing")
    world.role("ann", ("Customer", "acme"), "gatekeeper", source="erp", known_from=ago(400))
    world.role("ann", ("Customer", "acme"), "economic_buyer", source="crm", known_from=ago(40))
    return world


def roles(cli: Cli) -> list[dict[str, Any]]:
    told = orjson.loads(cli("chain", "acme", "--edges", "--now", NOW.isoformat(), "--json").stdout)
    return [one for one in told["edges"] if one["kind"] == "role"]


@pytest.mark.slow
def test_a_conflict_is_told_and_resolved(cli: Cli, store: Store, world: World) -> None:
    world.load(store)
    (role,) = roles(cli)
    assert (role["value"], role["corroborated"], role["stale"]) == ("economic_buyer", 1, False)
    (other,) = role["conflicts"]
    assert "conflict erp says gatekeeper" in cli("chain", "acme", "--edges", "--now", NOW.isoformat()).stdout
    by = ("--by", "eva", "--now", NOW.isoformat())
    assert cli("conflicts", "dismiss", "ann", other["fact_id"], *by, check=False).returncode == 2
    assert cli("conflicts", "dismiss", "ann", "nothing", *by, "--why", "x", check=False).returncode != 0
    dismissed = cli("conflicts", "dismiss", "ann", other["fact_id"], *by, "--why", "she signs now", "--json")
    assert orjson.loads(dismissed.stdout)["by"] == "user:eva"
    cli("conflicts", "adopt", "ann", role["sources"][0]["fact_id"], *by)
    (role,) = roles(cli)
    assert (role["corroborated"], role["conflicts"]) == (2, [])
    assert role["dismissed"][0]["dismissed_why"] == "she signs now"
    assert [one["source"] for one in role["sources"]] == ["user:eva", "crm"]
