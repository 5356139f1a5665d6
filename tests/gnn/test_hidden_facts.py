"""Scores, and the reasons for them, are made from what everybody of us may see."""

from pathlib import Path
from typing import Any

import pytest

from cypher import Query
from gnn.snapshot import content_hash, read_log
from gnn.tasks import find_task
from gnn.train import train
from gnn.write_back import promote, score
from graph.store import Store
from tests.gnn.synthetic import START, company
from tests.gnn.test_store import NOW, fact, iso, load_dealings, load_orders, node, part

SCORES = Query(
    "test.scores",
    "MATCH (c:Customer)-[:SCORED]->(s:RiskScore) "
    "RETURN c.customer_id AS customer, s {.probability, .reasons} AS said "
    "UNION ALL MATCH (c:Customer)<-[:FOR]-(r:Recommendation)-[:ABOUT]->(p:Product) "
    "RETURN c.customer_id AS customer, r {.rank, .probability, .reasons, product: p.product_id} AS said",
    frozenset(),
    "read",
)


def load_hidden(store: Store) -> None:
    """One of every kind of fact and a talk, at many customers, that a team or one employee may see."""
    hidden = ({"visibility": "owner", "owner_id": "e1"}, {"visibility": "team", "owner_id": "e1"})
    customers = [f"C{number:03d}" for number in range(30)]
    marks = [hidden[number % 2] for number in range(30)]
    for number, (customer, mark) in enumerate(zip(customers, marks, strict=True)):
        person, talk, own = f"h{number}", f"hidden{number}", 100 + 10 * number
        store.upsert_nodes("Contact", [node(person)])
        store.upsert_nodes("Interaction", [node(talk, at=iso(START), channel="call", **mark)])
        store.upsert_parts("FOR", "Interaction", "Customer", [part(talk, customer)])
        store.upsert_parts("PARTICIPATED_IN", "Contact", "Interaction", [part(person, talk)])
        facts: list[tuple[str, str, str, dict[str, Any]]] = [
            ("WORKS_AT", "Contact", "Customer", fact(person, customer, own, seniority="c_level", **mark)),
            ("HAS_ROLE", "Contact", "Customer", fact(person, customer, own + 1, role="blocker", **mark)),
            ("HAS_ROLE", "Contact", "Opportunity", fact(person, "d1", own + 2, role="blocker", **mark)),
            ("PARENT_OF", "Customer", "Customer", fact("C030", customer, own + 3, **mark)),
            ("OWNS", "Employee", "Customer", fact("e1", customer, own + 4, **mark)),
        ]
        for kind, start, end, row in facts:
            store.upsert_facts(kind, start, end, [row])


@pytest.mark.slow
def test_scores_are_those_of_a_graph_without_what_is_hidden(store: Store, tmp_path: Path) -> None:
    load_orders(store, company(customers=40))
    load_dealings(store)
    log = read_log(store)
    for task in ("churn", "cross-sell"):
        promote(store, train(log, find_task(task), tmp_path, 1, NOW, horizon_days=60).node)
    score(store, log, tmp_path, now=NOW, as_of=NOW)
    before = sorted(map(repr, store.read(SCORES)))
    load_hidden(store)
    with_hidden = read_log(store)
    assert content_hash(with_hidden) == content_hash(log)
    score(store, with_hidden, tmp_path, now=NOW, as_of=NOW)
    assert sorted(map(repr, store.read(SCORES))) == before
