"""Which of the roles that a decision needs are known, covered and in favour."""

from pathlib import Path

import orjson
import pytest

from graph.decision_chain.completeness import Completeness, completeness
from graph.decision_chain.read import chain as read_chain
from graph.decision_chain.required import RequiredRoles, default_required, read_required
from graph.errors import UsageError
from graph.service import run_sync
from graph.store import Store
from tests.conftest import Cli
from tests.graph.world import NOW, World, ago

OWN = """
covered_from: 0.5
account: [champion]
deal_types:
  first_deal: {roles: [[decision_maker, approver], procurement, user_buyer, champion]}
  repeat: {words: [Nachkauf], roles: [procurement]}
"""


@pytest.fixture
def world() -> World:
    """A first deal: Ann approves and is for us, Bob orders and is hardly known; Cy, the champion, is gone."""
    world = World()
    world.customer("acme")
    world.employee("eva")
    world.opportunity("deal", "acme", opened_at=ago(50))
    world.order("later", "acme", ago(10), [])
    for person, role, stance in (("ann", "approver", 1), ("bob", "procurement", 0), ("cy", "champion", 2)):
        world.contact(person, "acme")
        world.role(person, ("Opportunity", "deal"), role, stance=stance)
    gone = {"basis": "inferred", "confidence": 0.9, "valid_from": ago(5), "evidence": ["Interaction:m1"]}
    world.fact("DEPARTED", ("Contact", "cy"), ("Customer", "acme"), **gone)
    for person, strength in (("ann", 0.6), ("bob", 0.4), ("cy", 0.9)):
        world.tie(("Employee", "eva"), ("Contact", person), strength)
    return world


@pytest.fixture
def own(tmp_path: Path) -> RequiredRoles:
    """A playbook of a company's own."""
    path = tmp_path / "roles.yml"
    path.write_text(OWN, "utf-8")
    return read_required(path)


def whole(store: Store, required: RequiredRoles | None = None, **asked: object) -> Completeness:
    found = run_sync(store, read_chain, **({"customer_id": "acme", "now": NOW} | asked))  # type: ignore[arg-type] # a test's own words
    return run_sync(store, completeness, found, required)


@pytest.mark.query("completeness.deal")
def test_shares_of_the_roles_that_the_deal_needs(store: Store, world: World, own: RequiredRoles) -> None:
    world.load(store)
    found = whole(store, own)
    assert found.deal_type == "first_deal"
    assert [(one.holders, one.covered, one.in_favour) for one in found.required] == [
        (("ann",), True, True), (("bob",), False, False), ((), False, False), ((), False, False)
    ]  # fmt: skip
    assert (found.known, found.covered, found.in_favour) == (0.5, 0.25, 0.25)


def test_the_type_is_as_stated_else_by_what_was_bought_before(
    store: Store, world: World, own: RequiredRoles
) -> None:
    world.order("earlier", "acme", ago(60), [])
    world.opportunity("stated", "acme", x_deal_type="nachkauf ", amount=9.0)
    world.opportunity("odd", "acme", x_deal_type=7)
    world.load(store)
    assert whole(store, own, opportunity_id="deal").deal_type == "repeat", "it had bought before"
    assert whole(store, own, opportunity_id="stated").deal_type == "repeat"
    assert whole(store, own, opportunity_id="odd").deal_type == "first_deal", "no word of the playbook"


def test_an_account_without_a_deal_and_the_playbook_that_comes_with_it(store: Store) -> None:
    world = World()
    world.customer("acme")
    world.contact("ann", "acme")
    world.role("ann", ("Customer", "acme"), "economic_buyer")
    world.load(store)
    found = whole(store)
    assert (found.deal_type, found.known, found.covered) == (None, 0.5, 0.0)
    assert found.covered_from == default_required().covered_from


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("covered_from: 2", "covered_from"),
        ("{", "no YAML"),
        (OWN.replace("repeat", "renewal"), "lacks the deal types repeat"),
        (OWN.replace("user_buyer", "boss"), "boss"),
        (OWN.replace("[champion]", "[]"), "account"),
        ("", "fit"),
    ],
)
def test_a_playbook_that_says_something_else_is_refused(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "roles.yml"
    path.write_text(text, "utf-8")
    with pytest.raises(UsageError, match=said):
        read_required(path)
    with pytest.raises(UsageError, match="cannot be read"):
        read_required(tmp_path / "none.yml")


@pytest.mark.slow
@pytest.mark.long_on("neo4j")
def test_on_the_command_line(cli: Cli, store: Store, world: World, tmp_path: Path) -> None:
    world.load(store)
    told = cli("chain", "ACME", "--now", NOW.isoformat()).stdout
    assert "Ann: approver, stance +1" in told
    assert (
        "Required roles (first deal): 20% known, 20% covered by a tie of 0.35 or more, 20% in favour" in told
    )
    path = tmp_path / "own.yml"
    path.write_text(OWN, "utf-8")
    asked = ("--opportunity", "deal", "--playbook", path, "--now", NOW.isoformat(), "--json")
    data = orjson.loads(cli("chain", "acme", *asked).stdout)
    assert data["completeness"]["known"] == 0.5
    assert cli("chain", "nobody at all", check=False).returncode == 1
