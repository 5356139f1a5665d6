"""Known answers of the queries that the API brought along, on both engines."""

from collections.abc import Sequence
from typing import Any

import pytest

from cypher import composed
from graph.profile.parts import DETAILS, read
from graph.service import taken
from graph.store import Store
from tests.api.company import ACME, ANN, BOSS, DEAL, ENGINEER, company
from tests.graph.world import NOW, World, ago, iso

OTHER = "crm:ACC-2"
Rows = dict[str, dict[str, Any]]


@pytest.fixture
def loaded(store: Store) -> Store:
    """The small company."""
    company().load(store)
    return store


@pytest.mark.query("employee.by_id")
def test_an_employee_by_id(loaded: Store) -> None:
    (row,) = loaded.read("employee.by_id", employee_id=ANN)
    known = {"employee_id": ANN, "name": "Ann", "email": None, "team": "East", "role": "account manager"}
    assert row == {"employee": known}
    assert loaded.read("employee.by_id", employee_id="nobody") == []


@pytest.mark.query("employee.team")
def test_the_team_of_an_employee(store: Store) -> None:
    world = World()
    for employee, team in {"eva": "north", "emil": "north", "tom": "south", "sol": None, "pia": None}.items():
        world.employee(employee, team=team)
    world.load(store)
    teams = {viewer: store.read("employee.team", viewer=viewer) for viewer in ("eva", "tom", "sol", "nobody")}
    found = {viewer: [row["employee_id"] for row in rows] for viewer, rows in teams.items()}
    assert found == {"eva": ["emil", "eva"], "tom": ["tom"], "sol": [], "nobody": []}


@pytest.mark.query("opportunity.customer")
def test_the_customer_of_an_opportunity(loaded: Store) -> None:
    assert loaded.read("opportunity.customer", opportunity_id=DEAL) == [{"customer_id": ACME}]
    assert loaded.read("opportunity.customer", opportunity_id="nothing") == []


def rows(loaded: Store, *parts: str, ids: Sequence[str] = (ACME, "nobody", OTHER), **given: Any) -> Rows:
    """Rows of `customer.parts` with these fragments, by customer."""
    statement = composed("customer.parts", tuple(f"customer_part.{part}" for part in parts))
    named = {"customer_ids": list(ids), "text": "", "alias_id": "", "most": len(ids)}
    params = {"as_of": iso(NOW), "parts": [*parts, *DETAILS]} | named | given
    (found,) = loaded.read(statement, **taken(statement, params))
    return {row["customer_id"]: row for row in found["customers"]}


@pytest.mark.query("customer.parts", "customer_part.company")
def test_own_values_of_several_customers(loaded: Store) -> None:
    found = rows(loaded, "company")
    assert set(found) == {ACME, OTHER}
    assert found[ACME]["company"]["employees"] == 420
    assert found[ACME]["company"]["tax_id"] == "91310000MA1K4BCE7X"
    assert _pairs(found[ACME]["company"]["attributes"]) == {"x_parking_lots": 3, "x_tier": "gold"}
    assert found[OTHER]["company"]["attributes"] == []


def test_a_part_that_is_not_asked_for_is_not_read(loaded: Store) -> None:
    found = rows(loaded, "company", "tags", "origins", viewer="", limit=9, parts=["tags"])[ACME]
    assert found["origins"] is None
    assert [tag["tag_id"] for tag in found["tags"]] == ["value:high"]


def test_without_details_less_is_read(loaded: Store) -> None:
    lean = rows(loaded, "company", "contacts", viewer=ANN, contacts=1, parts=["contacts"])[ACME]
    whole = rows(loaded, "company", "contacts", viewer=ANN, contacts=1)[ACME]
    assert lean["company"].items() < whole["company"].items()
    assert lean["company"]["name"] == "上海宏达机电有限公司"
    assert lean["contacts"][0].items() < whole["contacts"][0].items()
    assert lean["contacts"][0].keys() == {"contact_id", "name", "title"}


@pytest.mark.query("customer_part.card", "customer_part.people")
def test_a_short_row_holds_what_a_row_without_details_does(loaded: Store) -> None:
    lean = rows(loaded, "company", "contacts", viewer=ANN, contacts=2, parts=["contacts"])
    short = rows(loaded, "card", "people", viewer=ANN, contacts=2)
    assert short[ACME]["people"]
    for customer, row in lean.items():
        assert read(short[customer], {"company", "contacts"}, NOW) == read(row, {"company", "contacts"}, NOW)


@pytest.mark.query("customer_part.contacts")
def test_who_works_at_several_customers(loaded: Store) -> None:
    found = rows(loaded, "contacts", viewer=ANN, contacts=2)
    ids = {customer: [one["contact_id"] for one in row["contacts"]] for customer, row in found.items()}
    assert ids == {ACME: [BOSS, ENGINEER], OTHER: []}
    assert found[ACME]["contacts"][0]["title"] == "Chief Executive Officer"
    long_ago = rows(loaded, "contacts", viewer=ANN, contacts=2, as_of=iso(ago(2000)))
    assert [row["contacts"] for row in long_ago.values()] == [[], []]


@pytest.mark.query("customer_part.tags")
def test_the_tags_of_several_customers(loaded: Store) -> None:
    tag: dict[str, object] = {
        "tag_id": "value:high",
        "name": "high value",
        "name_zh": "高价值",
        "dimension": "value",
    }
    tag |= {"since": ago(1000), "until": None, "basis": "observed", "figures": None}
    found = {customer: row["tags"] for customer, row in rows(loaded, "tags", viewer=ANN).items()}
    assert [one.items() >= tag.items() for one in found[ACME]] == [True]
    assert found[OTHER] == []
    assert rows(loaded, "tags", viewer=ANN, as_of=iso(ago(2000)))[ACME]["tags"] == []


@pytest.mark.query("customer_part.risk")
def test_the_newest_score_of_several_customers(loaded: Store) -> None:
    found = rows(loaded, "risk")
    assert {customer: [risk["score_id"] for risk in row["risk"]] for customer, row in found.items()} == {
        ACME: ["s1"],
        OTHER: [],
    }
    assert [row["risk"] for row in rows(loaded, "risk", as_of=iso(ago(1))).values()] == [[], []]


@pytest.mark.query("customer_part.suggestions")
def suggested(loaded: Store, **given: Any) -> Rows:
    """Rows with the first products to offer, as somebody sees them who is no employee."""
    return rows(loaded, "suggestions", viewer="", team=[], **given)


def test_the_first_recommendations_of_several_customers(loaded: Store) -> None:
    found = suggested(loaded, suggestions=5)
    offered = found[ACME]["suggestions"]
    assert [(one["product_id"], one["product_name"], one["rank"]) for one in offered] == [
        ("erp:P2", "Valve", 1)
    ]
    assert found[OTHER]["suggestions"] == []
    assert suggested(loaded, suggestions=0)[ACME]["suggestions"] == []
    assert suggested(loaded, suggestions=5, as_of=iso(ago(1)))[ACME]["suggestions"] == []


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        (ACME, [ACME]), ("erp:C0017", [ACME]), ("91310000MA1K4BCE7X", [ACME]),
        ("上海宏达机电有限公司", [ACME]), ("Zenith Pumps", ["crm:ACC-3"]), ("zenith pumps", []),
        ("Zenith", []), ("", []),
    ],
)  # fmt: skip
def test_what_a_text_surely_means(loaded: Store, text: str, meant: list[str]) -> None:
    statement = composed("customer.parts", ("customer_part.company",))
    named = {"customer_ids": [], "text": text, "alias_id": f"Customer|{text}", "most": 1}
    (found,) = loaded.read(statement, **named, parts=[], as_of=iso(NOW))
    assert [row["customer_id"] for row in found["customers"]] == meant


def _pairs(attributes: list[dict[str, Any]]) -> dict[str, Any]:
    return {one["name"]: one["value"] for one in attributes}
