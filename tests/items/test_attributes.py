"""Custom attributes of customers and people as mappings declare them: units, and what is personal."""

from pathlib import Path
from typing import Any

import pytest

from graph.item import attributes_of, declared_kinds
from graph.service import run_sync
from graph.store import AsyncStore, Store
from tests.api.test_access import served, signed
from tests.ingest.conftest import Workshop

CRM = """
source: crm
exported_at: 2025-06-01
attributes:
  Customer:
    tier: {unit: stars, type: number, name_zh: 等级}
    birthday_of_boss: {pii: true}
  Contact: {hobby: {pii: true}, floor: {}}
datasets:
  accounts:
    file: accounts.csv
    nodes:
      - label: Customer
        key: id
        fields: {name: name}
        attributes: {tier: tier, birthday_of_boss: born, note: note}
  people:
    file: people.csv
    nodes: [{label: Contact, key: id, fields: {name: name}, attributes: {hobby: hobby, floor: floor}}]
    links: [{type: WORKS_AT, to: {Customer: acc}}]
"""
ERP = """
source: erp
attributes: {Customer: {tier: {pii: true}, block: {type: boolean}}}
datasets:
  accounts:
    file: erp.csv
    nodes: [{label: Customer, key: id, fields: {name: name}, attributes: {block: block}}]
"""
ASKED = """{ customer(id: "crm:1") { attributes { name text number unit nameZh } }
  node(id: "Contact:crm:a") { values { name text } } }"""
WHERE = """query ($name: String!) {
  customers(where: { matching: { attribute: $name, is: "1960-01-01" } }) { totalCount } }"""


@pytest.fixture
def loaded(workshop: Workshop) -> Workshop:
    workshop.put(
        accounts_csv="id,name,tier,born,note\n1,Alpha,3,1960-01-01,quiet\n",
        people_csv="id,name,hobby,floor,acc\na,Ann,chess,2,1\n",
    )
    workshop.load(CRM)
    return workshop


@pytest.mark.query("item.kinds")
def test_sources_declare_beside_each_other(loaded: Workshop) -> None:
    loaded.put(erp_csv="id,name,block\nk,Kappa,yes\n")
    loaded.load(ERP)
    found = run_sync(loaded.store, attributes_of, "Customer")
    assert {name: (one.unit, one.pii) for name, one in found.items() if name != "tier"} == {
        "birthday_of_boss": (None, True), "block": (None, False),
    }  # fmt: skip
    assert found["tier"].pii, "one of the sources says that it describes a person"
    assert run_sync(loaded.store, declared_kinds) == {}


@pytest.mark.usefixtures("loaded")
async def test_what_describes_a_person_is_told_where_mail_is(
    store: Store, astore: AsyncStore, tmp_path: Path
) -> None:
    """In answers, in records, and by conditions."""
    async with served(store, astore, tmp_path) as http:
        whole = signed(http, tmp_path, "support", None)
        blind = signed(http, tmp_path, "marketing", None)
        assert _told(await whole.answer(ASKED)) == {"tier", "birthday_of_boss", "note", "hobby", "floor"}
        assert _told(await blind.answer(ASKED)).isdisjoint({"birthday_of_boss", "hobby"})
        (tier,) = (one for one in await _attributes(whole) if one["name"] == "tier")
        assert tier == {"name": "tier", "text": None, "number": 3.0, "unit": "stars", "nameZh": "等级"}
        assert (await whole.data(WHERE, name="birthday_of_boss"))["customers"]["totalCount"] == 1
        for name, codes in (("birthday_of_boss", ["FORBIDDEN"]), ("note", [])):
            answer = await blind.answer(WHERE, name=name)
            assert [error["extensions"]["code"] for error in answer.get("errors", ())] == codes


def _told(answer: dict[str, Any]) -> set[str]:
    customer, node = answer["data"]["customer"] or {}, answer["data"]["node"] or {}
    told = (*(customer.get("attributes") or ()), *(node.get("values") or ()))
    return {one["name"] for one in told} - {"name"}


async def _attributes(client: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = (await client.data(ASKED))["customer"]["attributes"]
    return found
