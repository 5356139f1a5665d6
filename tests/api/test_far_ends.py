"""Values at the far ends of their types are answered, or refused with a sentence; never INTERNAL."""

import pytest

from tests.api.client import Client
from tests.api.company import ACME, BOSS, DEAL

MOMENTS = """
query ($at: DateTime!, $id: ID!) {
  a: account(match: "宏达", asOf: $at) { name health { score } }
  b: customer(id: $id, asOf: $at) { tags { name } decisionChain { members { role } } }
  c: churnRisk(customer: $id, asOf: $at) { band }
  d: decisionChain(customer: $id, asOf: $at) { gaps { kind } }
  e: network(customer: $id, asOf: $at) { truncated }
  f: customer(id: $id) { decisionChain(asOf: $at) { asOf } churnRisk(asOf: $at) { band } }
}
"""


@pytest.mark.parametrize(
    "moment", ["0001-01-01T00:00:00+14:00", "0001-01-01", "1899-12-31T23:59:59Z", "3000-01-01",
               "9999-12-31T23:59:59-14:00", "9999-12-31"],
)  # fmt: skip
async def test_a_moment_far_outside_of_any_data_is_bad_input(ann: Client, moment: str) -> None:
    answer = await ann.answer(MOMENTS, at=moment, id=ACME)
    assert [error["extensions"]["code"] for error in answer["errors"]] == ["BAD_INPUT"] * 7
    assert "between the years 1900 and 2999" in answer["errors"][0]["message"]


@pytest.mark.parametrize("moment", ["1900-01-01", "1970-01-01T00:00:00+14:00", "2999-12-31T23:59:59-14:00"])
async def test_a_moment_before_or_after_all_data_is_no_defect(ann: Client, moment: str) -> None:
    answer = await ann.answer(MOMENTS, at=moment, id=ACME)
    codes = {error["extensions"]["code"] for error in answer.get("errors", ())}
    assert codes <= {"BAD_INPUT", "NOT_FOUND"}


TEXTS = {
    "many words": " ".join(f"w{number}" for number in range(200)),
    "single letters": "a " * 499,
    "one long word": "x" * 1_000,
    "Chinese": "宏达" * 500,
    "operators": '"+-&&||!(){}[]^~*?:\\/' * 40,
    "wildcards": "* " * 400,
    "quotes": "'\"`;--// /* $a ${b}",
    "control characters": "a\u0000b\u0007c\u001b[0m",
    "right to left": "\u202e\u0645\u0631\u062d\u0628\u0627\u202c",
    "combining": "e\u0301" * 300,
    "emoji": "🏭👩‍💼" * 100,
    "line breaks": "a\nb\r\nc\u2028d",
    "nothing": "",
    "blank": " \u00a0\u3000",
}


@pytest.mark.parametrize("name", TEXTS)
async def test_no_text_is_a_defect(ann: Client, name: str) -> None:
    text = """query ($t: String!, $i: ID!) {
      account(match: $t) { name } accounts(match: $t) { score } customer(id: $i) { name }
      customers(where: {text: $t, industry: $t, region: $t}) { nodes { name } }
      decisionChain(opportunity: $i) { asOf } warmPaths(to: $i) { strength }
      network(customer: $i) { truncated } }"""
    answer = await ann.answer(text, t=TEXTS[name], i=TEXTS[name])
    codes = {error["extensions"]["code"] for error in answer["errors"]}
    assert codes <= {"NOT_FOUND", "BAD_INPUT"}
    assert answer["data"]["customers"] == {"nodes": []} or name in ("nothing", "blank")


STATED = """mutation ($stance: Int, $influence: Float) {
  assertRole(input: {
    contact: "%s", role: CHAMPION, opportunity: "%s", stance: $stance, influence: $influence}) {
    __typename ... on Problem { message } } }""" % (BOSS, DEAL)  # noqa: UP031 - braces are GraphQL's


@pytest.mark.parametrize(
    ("stance", "influence"),
    [(3, None), (-(2**31), None), (2**31 - 1, 0.5), (None, 1.5), (None, -1e308), (0, 1e308), (2.0, 2)],
)
async def test_a_statement_out_of_range_writes_nothing_and_says_so(
    ann: Client, stance: float | None, influence: float | None
) -> None:
    stated = (await ann.data(STATED, stance=stance, influence=influence))["assertRole"]
    assert stated["__typename"] == "InvalidInput"
    assert stated["message"]


@pytest.mark.parametrize("influence", ["1e400", "-1e400", "1e-400"])
async def test_a_number_that_is_no_float_is_no_defect(ann: Client, influence: str) -> None:
    answer = await ann.answer(STATED.replace("$influence}", f"{influence}}}"), stance=1)
    codes = {error["extensions"]["code"] for error in answer.get("errors", ())}
    assert codes <= {"BAD_INPUT"}


async def test_a_query_by_get_reads_what_a_post_reads(ann: Client) -> None:
    headers = {"Authorization": f"Bearer {ann.token}", "Accept": "application/json"}
    text = "query ($i: ID!) { customer(id: $i) { name } }"
    params = {"query": text, "variables": f'{{"i": "{ACME}"}}'}
    response = await ann.http.get("/graphql", params=params, headers=headers)
    assert response.json() == {"data": await ann.data(text, i=ACME)}
    assert (await ann.http.get("/graphql", params=params)).status_code == 401


async def test_a_statement_by_get_is_refused_and_nothing_is_written(ann: Client) -> None:
    headers = {"Authorization": f"Bearer {ann.token}"}
    response = await ann.http.get("/graphql", params={"query": STATED}, headers=headers)
    assert response.status_code == 405
    chain = await ann.data(
        "query ($i: ID!) { decisionChain(customer: $i) { members { role basis } } }", i=ACME
    )
    assert "ASSERTED" not in {member["basis"] for member in chain["decisionChain"]["members"]}


async def test_the_page_is_for_browsers_only(ann: Client) -> None:
    for accept, form in (("text/html", "text/html"), ("*/*", "application/json")):
        response = await ann.http.get("/graphql", headers={"Accept": accept})
        assert response.headers["content-type"].startswith(form)
