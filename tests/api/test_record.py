"""No dead ends: whatever id an answer names, `node` answers to it."""

from tests.api.client import Client
from tests.api.company import ACME, BOSS, DEAL
from tests.api.everything import SCHEMA
from tests.api.ids import named

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
NODE = "query ($id: ID!) { node(id: $id) { id kind recordId values { name } links { id } } }"


async def test_every_id_in_an_answer_leads_to_a_record(ann: Client) -> None:
    answer = await ann.data(ANSWER, a=ACME, p=BOSS)
    assert SCHEMA.query_type is not None
    ahead = {typed_id for _, typed_id in named(SCHEMA.query_type, answer)}
    walked = set[str]()
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


async def test_jobs_by_their_ids_are_few_in_one_request(ann: Client) -> None:
    """No index leads to a job: each weighs 2,000 of the 20,000 that a request may cost."""
    jobs = {f"j{number}": f'node(id: "WORKS_AT:none-{number}") {{ id }}' for number in range(12)}
    asked = "{ " + " ".join(f"{name}: {text}" for name, text in jobs.items()) + " }"
    codes = await ann.codes(asked)
    assert codes.count("TOO_COSTLY") >= 2
    assert codes.count("NOT_FOUND") == len(jobs) - codes.count("TOO_COSTLY") <= 10
