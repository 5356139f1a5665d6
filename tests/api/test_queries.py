"""Known answers of the queries that the API brought along, on both engines."""

from collections.abc import Sequence
from typing import Any

import pytest

from cypher import composed
from graph.store import Store
from tests.api.company import ACME, ANN, BOSS, DEAL, ENGINEER, company
from tests.graph.world import NOW, ago, iso

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


@pytest.mark.query("opportunity.customer")
def test_the_customer_of_an_opportunity(loaded: Store) -> None:
    assert loaded.read("opportunity.customer", opportunity_id=DEAL) == [{"customer_id": ACME}]
    assert loaded.read("opportunity.customer", opportunity_id="nothing") == []


def rows(loaded: Store, *parts: str, ids: Sequence[str] = (ACME, "nobody", OTHER), **given: Any) -> Rows:
    """Rows of `customer.by_ids` with these fragments, by customer."""
    params = {"as_of": iso(NOW)} | given
    statement = composed("customer.by_ids", tuple(f"customer_part.{part}" for part in parts))
    return {row["customer_id"]: row for row in loaded.read(statement, customer_ids=list(ids), **params)}


@pytest.mark.query("customer.by_ids", "customer_part.company")
def test_own_values_of_several_customers(loaded: Store) -> None:
    found = rows(loaded, "company")
    assert set(found) == {ACME, OTHER}
    assert found[ACME]["company"]["employees"] == 420
    assert found[ACME]["company"]["tax_id"] == "91310000MA1K4BCE7X"
    assert _pairs(found[ACME]["attributes"]) == {"x_parking_lots": 3, "x_tier": "gold"}
    assert found[OTHER]["attributes"] == []


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
    tag = {"tag_id": "value:high", "name": "high value", "name_zh": "高价值", "dimension": "value"}
    assert {customer: row["tags"] for customer, row in rows(loaded, "tags", viewer=ANN).items()} == {
        ACME: [tag],
        OTHER: [],
    }
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
def test_the_first_recommendations_of_several_customers(loaded: Store) -> None:
    found = rows(loaded, "suggestions", suggestions=5)
    offered = found[ACME]["suggestions"]
    assert [(one["product_id"], one["product_name"], one["rank"]) for one in offered] == [
        ("erp:P2", "Valve", 1)
    ]
    assert found[OTHER]["suggestions"] == []
    assert rows(loaded, "suggestions", suggestions=0)[ACME]["suggestions"] == []
    assert rows(loaded, "suggestions", suggestions=5, as_of=iso(ago(1)))[ACME]["suggestions"] == []


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        pytest.param(ACME, [ACME], marks=pytest.mark.query("customer.certain")),
        ("erp:C0017", [ACME]), ("91310000MA1K4BCE7X", [ACME]),
        ("上海宏达机电有限公司", [ACME]), ("Zenith Pumps", ["crm:ACC-3"]), ("zenith pumps", []),
        ("Zenith", []), ("", []),
    ],
)  # fmt: skip
def test_what_a_text_surely_means(loaded: Store, text: str, meant: list[str]) -> None:
    statement = composed("customer.certain", ("customer_part.company",))
    given = {"text": text, "alias_id": f"Customer|{text}", "as_of": iso(NOW)}
    found = loaded.read(statement, **given)
    assert [row["customer_id"] for row in found] == meant


def _pairs(attributes: list[dict[str, Any]]) -> dict[str, Any]:
    return {one["name"]: one["value"] for one in attributes}
