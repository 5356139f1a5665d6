"""Answers of the services against the same answers by another way: equal on random companies, else told."""

from random import Random

import pytest

from cypher import Query
from graph.derive import derive
from graph.history import read_history
from graph.recomputed import check
from graph.recomputed.question import QUESTIONS
from graph.store import Store
from tests.graph.random_company import CUSTOMERS, random_company
from tests.graph.world import NOW, World, ago
from tests.histories import seeds

ALTERED = Query(
    "test.altered",
    "MATCH (:Customer {customer_id: 'acme'})-[:PLACED]->(o:Order) SET o.amount = o.amount + 1.0 "
    "WITH count(o) AS n MATCH (t:Ticket {ticket_id: 'acme-t1'}) SET t.closed_at = t.opened_at RETURN n",
    frozenset(),
    "write",
)


def busy(draw: Random) -> World:
    """A random company with orders in two currencies, returns, tickets, invoices and payments besides."""
    world = random_company(draw)
    world.node("Product", "nut", name="Nut")
    for customer in CUSTOMERS[:2]:
        for number in range(draw.randint(1, 6)):
            key = f"{customer}-o{number}"
            world.order(
                key, customer, ago(draw.uniform(1, 900)), [("nut", 1.0, draw.uniform(1, 99))],
                draw.choice(("sale", "sale", "return")), currency=draw.choice(("EUR", "CNY")),
                ended_at=draw.choice((None, None, None, ago(0.5))),
            )  # fmt: skip
        for number in range(3):
            ticket, opened = f"{customer}-t{number}", draw.uniform(1, 90)
            closed = ago(draw.uniform(0, opened)) if number != 1 else None
            world.node("Ticket", ticket, opened_at=ago(opened), closed_at=closed, sla_breached=number == 0)
            world.part("FOR", ("Ticket", ticket), ("Customer", customer))
            invoice = f"{customer}-i{number}"
            world.node("Invoice", invoice, issued_at=ago(opened), amount=100.0, kind="invoice")
            world.part("FOR", ("Invoice", invoice), ("Customer", customer))
        world.node("Payment", f"{customer}-p", paid_at=ago(0.5), amount=draw.choice((30.0, 100.0)))
        world.part("ABOUT", ("Payment", f"{customer}-p"), ("Invoice", f"{customer}-i1"))
    return world


@pytest.mark.parametrize("seed", seeds(2))
def test_every_answer_is_the_same_by_the_other_way(store: Store, seed: int) -> None:
    busy(Random(seed)).load(store)
    derive(store, now=NOW)
    with read_history(store) as history:
        found = check(store, history, NOW, 1_000, seed)
    assert found.differences == ()
    assert found.answers == {question.name: len(CUSTOMERS) for question in QUESTIONS}
    assert found.filled >= 2 * len(QUESTIONS)


def test_what_differs_is_told_by_its_id(store: Store) -> None:
    busy(Random(0)).load(store)
    derive(store, now=NOW)
    with read_history(store) as history:
        store.write(ALTERED)
        found = check(store, history, NOW, 1_000, 1)
    assert {(one.question, one.customer_id) for one in found.differences} == {
        ("sums", "acme"),
        ("tickets", "acme"),
    }
    (tickets,) = (one for one in found.differences if one.question == "tickets")
    assert (tickets.served, tickets.recomputed) == ((3, 0, 1), (3, 1, 1))


def test_a_sample_is_no_more_than_what_was_asked_for(store: Store) -> None:
    busy(Random(0)).load(store)
    with read_history(store) as history:
        one, same = (check(store, history, NOW, 5, 7) for _ in range(2))
    assert sum(one.answers.values()) == 5
    assert one == same
