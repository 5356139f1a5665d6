"""No dead ends: whatever id an answer names, `node` answers to it."""

from collections.abc import Iterator
from typing import Any

from tests.api.client import Client
from tests.api.company import ACME, BOSS, DEAL

ANSWER = """query ($a: ID!, $p: ID!) {
  customer(id: $a) {
    customerId contacts { contact { contactId } departure { evidence { id } } }
    owners { employee { employeeId } } related { customerId } opportunities { opportunityId } tags { tagId }
    churnRisk { reasons { evidence { id } } }
    recommendations { product { productId } reasons { path { id kind recordId } } }
    decisionChain {
      members {
        contact { contactId } evidence { id } coveredBy { employee { employeeId } evidence { id } }
      }
      links { evidence { id } } gaps { contactId evidence { id } }
    }
    network(first: 200) { nodes { nodeId kind } }
  }
  warmPaths(to: $p, first: 3) { steps { from { personId kind } to { personId kind } evidence { id } } }
}"""
KINDS = {
    "customerId": "Customer", "contactId": "Contact", "employeeId": "Employee",
    "opportunityId": "Opportunity", "tagId": "Tag", "productId": "Product",
}  # fmt: skip
NODE = "query ($id: ID!) { node(id: $id) { id kind recordId values { name } links { id } } }"


def named(value: Any) -> Iterator[str]:
    """Typed ids of everything that an answer names."""
    if isinstance(value, list):
        for item in value:
            yield from named(item)
    elif isinstance(value, dict):
        yield from (f"{KINDS[name]}:{item}" for name, item in value.items() if name in KINDS and item)
        if "nodeId" in value:
            yield value["nodeId"]
        elif "recordId" in value and "id" in value:
            yield f"{value['kind']}:{value['recordId']}"
        elif "personId" in value:
            yield f"{value['kind']}:{value['personId']}"
        elif "id" in value:
            yield value["id"]
        for item in value.values():
            yield from named(item)


async def test_every_id_in_an_answer_leads_to_a_record(ann: Client) -> None:
    answer = await ann.data(ANSWER, a=ACME, p=BOSS)
    ahead, walked = set(named(answer)), set[str]()
    assert {typed_id.partition(":")[0] for typed_id in ahead} >= {
        "Customer", "Contact", "Employee", "Opportunity", "Interaction", "Order", "Product", "Tag",
    }  # fmt: skip
    while ahead:
        typed_id = ahead.pop()
        walked.add(typed_id)
        found = (await ann.data(NODE, id=typed_id))["node"]
        assert found["id"] == typed_id
        ahead |= {link["id"] for link in found["links"]} - walked
    assert f"Opportunity:{DEAL}" in walked


async def test_a_timeline_pages_and_its_events_lead_on(ann: Client) -> None:
    document = """query ($of: ID!, $after: String, $kinds: [String!]) {
      timeline(of: $of, first: 2, after: $after, kinds: $kinds) {
        events { id kind at } pageInfo { hasNextPage endCursor } } }"""
    seen, after = [], None
    while True:
        page = (await ann.data(document, of=f"Customer:{ACME}", after=after))["timeline"]
        seen += [event["id"] for event in page["events"]]
        after = page["pageInfo"]["endCursor"]
        if not page["pageInfo"]["hasNextPage"]:
            break
    assert len(seen) == len(set(seen)) == 7
    for typed_id in seen:
        assert (await ann.data(NODE, id=typed_id))["node"]["id"] == typed_id
    assert await ann.codes(document, of="Customer:nobody") == ["NOT_FOUND"]
    assert await ann.codes(document, of=ACME) == ["BAD_INPUT"]
    assert await ann.codes(document, of=f"Customer:{ACME}", kinds=["Wedding"]) == ["BAD_INPUT"]
    assert await ann.codes(NODE, id="Change:1") == ["BAD_INPUT"]
