"""Known answers of the queries that the API brought along, on both engines."""

from typing import Any

import pytest

from graph.store import Store
from tests.api.company import ACME, ANN, BOSS, DEAL, ENGINEER, company
from tests.graph.world import NOW, ago, iso


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


@pytest.mark.query("opportunity.customer")
def test_the_customer_of_an_opportunity(loaded: Store) -> None:
    assert loaded.read("opportunity.customer", opportunity_id=DEAL) == [{"customer_id": ACME}]
    assert loaded.read("opportunity.customer", opportunity_id="nothing") == []


@pytest.mark.query("profile.companies")
def test_own_values_of_several_customers(loaded: Store) -> None:
    rows = loaded.read("profile.companies", customer_ids=[ACME, "nobody", "crm:ACC-2"])
    found = {row["company"]["customer_id"]: row for row in rows}
    assert set(found) == {ACME, "crm:ACC-2"}
    assert found[ACME]["company"]["employees"] == 420
    assert found[ACME]["company"]["tax_id"] == "91310000MA1K4BCE7X"
    assert _pairs(found[ACME]["attributes"]) == {"x_parking_lots": 3, "x_tier": "gold"}
    assert found["crm:ACC-2"]["attributes"] == []


@pytest.mark.query("profile.contacts")
def test_who_works_at_several_customers(loaded: Store) -> None:
    asked = {"customer_ids": [ACME, "crm:ACC-2", "nobody"], "viewer": ANN}
    rows = loaded.read("profile.contacts", **asked, as_of=iso(NOW), limit=2)
    found = {row["customer_id"]: [one["contact_id"] for one in row["contacts"]] for row in rows}
    assert found == {ACME: [BOSS, ENGINEER], "crm:ACC-2": []}
    assert rows[0]["contacts"][0]["title"] == "Chief Executive Officer"
    long_ago = loaded.read("profile.contacts", **asked, as_of=iso(ago(2000)), limit=2)
    assert [row["contacts"] for row in long_ago] == [[], []]


@pytest.mark.query("profile.tags")
def test_the_tags_of_several_customers(loaded: Store) -> None:
    rows = loaded.read("profile.tags", customer_ids=[ACME, "crm:ACC-2"], as_of=iso(NOW))
    tag = {"tag_id": "value:high", "name": "high value", "name_zh": "高价值", "dimension": "value"}
    assert {row["customer_id"]: row["tags"] for row in rows} == {ACME: [tag], "crm:ACC-2": []}
    assert loaded.read("profile.tags", customer_ids=[ACME], as_of=iso(ago(2000)))[0]["tags"] == []


@pytest.mark.query("score.risks")
def test_the_newest_score_of_several_customers(loaded: Store) -> None:
    asked = {"customer_ids": [ACME, "crm:ACC-2", "nobody"], "task": "churn"}
    rows = loaded.read("score.risks", **asked, as_of=None)
    assert {row["customer_id"]: [risk["score_id"] for risk in row["risks"]] for row in rows} == {
        ACME: ["s1"],
        "crm:ACC-2": [],
    }
    before = loaded.read("score.risks", **asked, as_of=iso(ago(1)))
    assert [row["risks"] for row in before] == [[], []]


@pytest.mark.query("score.suggestions")
def test_the_first_recommendations_of_several_customers(loaded: Store) -> None:
    rows = loaded.read("score.suggestions", customer_ids=[ACME, "crm:ACC-2", "nobody"], limit=5)
    found = {row["customer_id"]: row["suggestions"] for row in rows}
    assert [(one["product_id"], one["product_name"], one["rank"]) for one in found[ACME]] == [
        ("erp:P2", "Valve", 1)
    ]
    assert found["crm:ACC-2"] == []
    assert loaded.read("score.suggestions", customer_ids=[ACME], limit=0)[0]["suggestions"] == []


def _pairs(attributes: list[dict[str, Any]]) -> dict[str, Any]:
    return {one["name"]: one["value"] for one in attributes}
