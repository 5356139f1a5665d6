"""Records that may be one are marked; who may write decides, merges and takes it back."""

from graph.merge.candidate import Candidate, Weight, put_candidates
from graph.store import Store
from tests.api.client import Client
from tests.api.company import ACME, BOB, BOSS, BUYER, OTHER
from tests.api.conftest import Signed
from tests.api.test_writes import wrote
from tests.graph.world import ago

LOGISTICS, PUMPS = "crm:ACC-2", "crm:ACC-3"
MARKED = """query ($c: ID!) { customer(id: $c) { customerId
  mayBeSameAs { oneId otherId otherName probability weights { field bits } }
  contacts { contact { contactId mayBeSameAs { otherId } } } } }"""
OPEN = "{ review(kind: CUSTOMER, first: 5) { oneId otherId probability weights { field one other bits } } }"


def wait(store: Store) -> None:
    """Two customers, and two contacts, that may be one."""
    weights = [Weight("name", "宏达机电", "宏达物流", 6.5), Weight("rarity", None, None, -4.0)]
    put_candidates(store, "Customer", [Candidate(ACME, LOGISTICS, 0.85, weights)], ago(1), ago(0))
    put_candidates(store, "Contact", [Candidate(BOSS, BUYER, 0.6, weights)], ago(1), ago(0))


async def test_what_may_be_one_is_marked_and_asked_for_weight_by_weight(store: Store, ann: Client) -> None:
    wait(store)
    (open_one,) = (await ann.data(OPEN))["review"]
    assert (open_one["oneId"], open_one["otherId"], open_one["probability"]) == (ACME, LOGISTICS, 0.85)
    assert [weight["bits"] for weight in open_one["weights"]] == [6.5, -4.0]
    found = (await ann.data(MARKED, c=LOGISTICS))["customer"]
    assert [one["otherName"] for one in found["mayBeSameAs"]] == ["宏达物流"]
    people = (await ann.data(MARKED, c=ACME))["customer"]["contacts"]
    marked = {row["contact"]["contactId"] for row in people if row["contact"]["mayBeSameAs"]}
    assert marked == {BOSS, BUYER}


async def test_two_are_merged_once_and_taken_apart(store: Store, ann: Client) -> None:
    wait(store)
    words = {"kind": "CUSTOMER", "keep": "erp:C0017", "other": LOGISTICS, "why": "one firm"}
    first = await wrote(ann, "merge", **words)
    assert first["__typename"] == "Written"
    assert [one["id"] for one in first["records"]] == [f"Customer:{ACME}"] * 2
    assert await wrote(ann, "merge", **words) == first | {"repeated": True}
    found = (await ann.data(MARKED, c=LOGISTICS))["customer"]
    assert (found["customerId"], found["mayBeSameAs"]) == (ACME, [])
    node = await ann.data("query ($i: ID!) { node(id: $i) { recordId } }", i=f"Customer:{LOGISTICS}")
    assert node["node"]["recordId"] == ACME
    back = await wrote(ann, "unmerge", key="k2", merge=LOGISTICS)
    assert [one["id"] for one in back["records"]] == [f"Customer:{ACME}", f"Customer:{LOGISTICS}"]
    assert (await ann.data(MARKED, c=LOGISTICS))["customer"]["customerId"] == LOGISTICS
    assert (await ann.data(OPEN))["review"] == []


async def test_what_is_told_apart_is_not_asked_again(store: Store, ann: Client) -> None:
    wait(store)
    words = {"kind": "CUSTOMER", "one": ACME, "other": LOGISTICS, "judgement": "APART"}
    assert (await wrote(ann, "decideReview", **words))["__typename"] == "Written"
    assert (await ann.data(OPEN))["review"] == []


async def test_what_cannot_be_is_refused(ann: Client, signed: Signed) -> None:
    for keep, other, kind in (
        (ACME, "erp:C0017", "InvalidInput"),
        (ACME, "nope", "RecordNotFound"),
        (OTHER, PUMPS, "RecordNotFound"),
    ):
        words = {"kind": "CUSTOMER", "keep": keep, "other": other}
        assert (await wrote(ann, "merge", **words))["__typename"] == kind, words
        assert (await wrote(signed(BOB, "reader"), "merge", **words))["__typename"] == "Forbidden"
    assert (await wrote(ann, "unmerge", merge=PUMPS))["__typename"] == "InvalidInput"
