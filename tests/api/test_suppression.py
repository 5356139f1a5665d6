"""Nothing is offered to a customer with a complaint or without consent, and the API says why."""

from datetime import datetime
from typing import Any

import pytest

from graph.derive import derive
from graph.store import Store
from tests.api.client import Client
from tests.api.company import ACME, ANN, BOSS, BUYER, ENGINEER
from tests.api.conftest import Signed
from tests.api.test_widgets import RECOMMENDED, Page, page, stocked
from tests.api.test_writes import wrote
from tests.graph.world import NOW, World, ago

__all__ = ["page", "stocked"]

READ = """query ($c: ID!) { recommendations(customer: $c) { recommendationId }
  suppressedBy(customer: $c) { reason ticket product since until text zh: text(locale: ZH) }
  customer(id: $c) { recommendations { recommendationId } suppressedBy { reason ticket } } }"""

PAST = "query ($c: ID!, $at: DateTime) { suppressedBy(customer: $c, asOf: $at) { ticket } }"


async def told(client: Client) -> list[tuple[str, str | None, str | None]]:
    """Why nothing is offered; both ways of asking agree, and offers are made where nothing bars them."""
    answer = await client.data(READ, c=ACME)
    found = [(one["reason"], one["ticket"], one["product"]) for one in answer["suppressedBy"]]
    assert [(one["reason"], one["ticket"]) for one in answer["customer"]["suppressedBy"]] == [
        one[:2] for one in found
    ]
    offered = [one["recommendationId"] for one in answer["recommendations"]]
    assert offered == [one["recommendationId"] for one in answer["customer"]["recommendations"]]
    assert offered == ([] if found else ["r1"])
    return found


def complaint(store: Store, key: str = "desk:T9", **props: Any) -> None:
    world = World()
    world.node("Ticket", key, **({"kind": "complaint", "opened_at": ago(40)} | props))
    world.part("FOR", ("Ticket", key), ("Customer", ACME))
    world.load(store)


@pytest.mark.query("customer_part.complaints", "customer_part.ratings")
async def test_a_complaint_ends_offers_at_once(ann: Client, store: Store) -> None:
    """Ratings run from 1 to 5, so 2 is bad, once the complaint is closed."""
    world = World()
    for rating in (1.0, 5.0):
        world.node("Ticket", f"rated {rating}", opened_at=ago(400), closed_at=ago(300), satisfaction=rating)
    world.load(store)
    derive(store, NOW)
    complaint(store, key="a fault", kind="fault")
    complaint(store, key="tomorrow", opened_at=ago(-1))
    complaint(store, key="deleted", ended_at=ago(1))
    complaint(store, key="long ago", closed_at=ago(200), satisfaction=1.0)
    assert await told(ann) == []
    complaint(store)
    assert await told(ann) == [("OPEN_COMPLAINT", "desk:T9", None)]
    for days, open_then in ((50, set[str]()), (35, {"desk:T9", "deleted"})):
        then = (await ann.data(PAST, c=ACME, at=ago(days).isoformat()))["suppressedBy"]
        assert {one["ticket"] for one in then} == open_then
    complaint(store, closed_at=ago(29), satisfaction=2.0)
    assert await told(ann) == [("BADLY_CLOSED_COMPLAINT", "desk:T9", None)]
    complaint(store, satisfaction=4.0)
    assert await told(ann) == []
    crowd = World()
    for number in range(20):
        crowd.node("Ticket", f"c{number}", kind="complaint", opened_at=ago(5), closed_at=ago(1))
        crowd.part("FOR", ("Ticket", f"c{number}"), ("Customer", ACME))
    crowd.load(store)
    complaint(store, key="desk:T10")
    assert await told(ann) == [("OPEN_COMPLAINT", "desk:T10", None)], "behind newer ones that were settled"


async def test_the_answer_names_the_ticket_in_words(ann: Client, store: Store) -> None:
    complaint(store, closed_at=ago(10), sla_breached=True)
    (one,) = (await ann.data(READ, c=ACME))["suppressedBy"]
    assert one["text"] == (
        "complaint desk:T9 was closed badly on 2025-06-20; nothing is offered until 2025-07-20"
    )
    assert "投诉 desk:T9" in one["zh"]
    assert datetime.fromisoformat(one["until"]) == ago(-20)


@pytest.mark.query("customer_part.refusals")
async def test_offers_need_somebody_who_does_not_refuse_them(ann: Client) -> None:
    """Three people work there; who refuses to be contacted refuses offers, too."""
    for key, who, purpose in (("a", BOSS, "marketing"), ("b", BUYER, "contact"), ("c", ENGINEER, "surveys")):
        await wrote(ann, "setConsent", key=key, contact=who, purpose=purpose, given=False)
        assert await told(ann) == []
    await wrote(ann, "setConsent", key="d", contact=ENGINEER, purpose="marketing", given=False)
    assert await told(ann) == [("NO_CONSENT", None, None)]
    await wrote(ann, "setConsent", key="e", contact=BUYER, purpose="contact", given=True)
    assert await told(ann) == []


@pytest.mark.query("customer_part.dismissals", "customer_part.discontinued")
async def test_a_product_that_is_dismissed_or_sold_no_more_is_named(ann: Client, store: Store) -> None:
    await wrote(ann, "recommendationFeedback", recommendation="r1", outcome="DISMISSED", dismissal="HAS_IT")
    assert await told(ann) == [("DISMISSED", None, "erp:P2")]
    pair = {"customer": ACME, "product": "erp:P2", "outcome": "REOPENED"}
    await wrote(ann, "recommendationFeedback", key="k2", **pair)
    store.upsert_nodes("Product", [{"id": "erp:P2", "props": {"active": False}}])
    assert await told(ann) == [("DISCONTINUED", None, "erp:P2")]


async def test_who_sees_no_tickets_is_not_told_of_them(signed: Signed, store: Store) -> None:
    complaint(store)
    marketing = signed(ANN, "marketing")
    asked = """query ($c: ID!) { suppressedBy(customer: $c) { ticket }
      customer(id: $c) { suppressedBy { reason } } }"""
    assert await marketing.codes(asked, c=ACME) == ["FORBIDDEN", "FORBIDDEN"]
    found = await marketing.data("query ($c: ID!) { recommendations(customer: $c) { rank } }", c=ACME)
    assert found == {"recommendations": []}


async def test_widgets_show_nothing_either(stocked: Page, store: Store) -> None:
    token = await stocked.token()
    questions: tuple[dict[str, str], ...] = ({}, {"product": "hose"}, {"basket": "hose"})
    for asked in questions:
        assert (await stocked.get(RECOMMENDED, token, **asked))["items"]
    complaint(store)
    for asked in ({}, {"product": "hose"}, {"basket": "hose"}):
        assert await stocked.get(RECOMMENDED, token, **asked) == {
            "account": ACME,
            "basis": "none",
            "items": [],
        }
    answer = await stocked.http.get(RECOMMENDED, headers=token)
    assert answer.headers["cache-control"] == "private, no-cache"
