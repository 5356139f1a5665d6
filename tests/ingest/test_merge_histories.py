"""Loads, corrections, merges and unmerges in any order come to what a model in memory says.

Each history is replayed by its seed. `RELGRAPH_MERGE_HISTORIES` says how many the slow test runs.
"""

import os
from collections.abc import Iterable
from datetime import timedelta
from random import Random

import pytest

from graph.merge import MergeWords, UnmergeWords, merge, unmerge
from graph.service import run_sync
from graph.writing import Author
from tests.ingest.conftest import NOW, Workshop
from tests.merge.histories import Model, begin, change

pytestmark = pytest.mark.slow

MAPPING = """
source: crm
datasets:
  firms:
    file: firms.csv
    nodes: [{label: Customer, key: id, fields: {name: name}}]
  people:
    file: people.csv
    nodes: [{label: Contact, key: id, fields: {name: id}}]
    links: [{type: WORKS_AT, to: {Customer: firm}}]
  orders:
    file: orders.csv
    nodes: [{label: Order, key: id, fields: {ordered_at: day}}]
    links: [{type: PLACED, from: {Customer: firm}}]
  staff:
    file: staff.csv
    nodes: [{label: Employee, key: id, fields: {name: id}}]
"""
JOBS = """MATCH (p:Contact)-[w:WORKS_AT]->(c:Customer) WHERE w.valid_to IS NULL
RETURN DISTINCT p.contact_id AS one, c.customer_id AS other"""
ORDERS = "MATCH (c:Customer)-[:PLACED]->(o:Order) RETURN DISTINCT c.customer_id AS one, o.order_id AS other"
NAMES = "MATCH (c:Customer) RETURN c.customer_id AS one, c.name AS other"
STEPS = 7


def load(workshop: Workshop, model: Model) -> None:
    workshop.put(
        firms_csv=table("id,name", model.names.items()),
        people_csv=table("id,firm", model.works_at.items()),
        orders_csv=table("id,day,firm", ((one, "2024-05-01", firm) for one, firm in model.orders.items())),
        staff_csv="id\neva\n",
    )
    assert not workshop.load(MAPPING).reasons


def table(header: str, rows: Iterable[tuple[str, ...]]) -> str:
    return "\n".join([header, *(",".join(row) for row in sorted(rows)), ""])


def answered(workshop: Workshop) -> dict[str, set[tuple[str, ...]]]:
    """What the graph says, by the keys of the source."""
    asked = {"jobs": JOBS, "orders": ORDERS, "names": NAMES}
    return {
        name: {
            tuple(str(row[column]).removeprefix("crm:") for column in ("one", "other"))
            for row in workshop.ask(text)
        }
        for name, text in asked.items()
    }


def play(workshop: Workshop, seed: int) -> None:
    """One history; after each step graph and model say the same."""
    draw, model = Random(seed), begin()
    load(workshop, model)
    for step in range(STEPS):
        author = Author("crm:eva", f"{seed}-{step}", NOW, NOW + timedelta(days=1))
        kind = draw.choice(("Customer", "Contact"))
        live = model.live(kind)
        if draw.random() < 0.4 and len(live) > 1:
            kept, absorbed = draw.sample(live, 2)
            run_sync(workshop.store, merge, author, MergeWords(kind, f"crm:{kept}", f"crm:{absorbed}"))
            model.merges.append((kind, kept, absorbed))
        elif draw.random() < 0.5 and model.merges:
            undone = draw.choice(model.merges)
            run_sync(workshop.store, unmerge, author, UnmergeWords(f"{undone[0]}:crm:{undone[2]}"))
            model.merges.remove(undone)
        else:
            change(model, draw, step)
            load(workshop, model)
        assert answered(workshop) == model.expected(), f"seed {seed}, step {step}"


@pytest.mark.parametrize("seed", [1, 2])
def test_a_history_comes_to_what_the_model_says(workshop: Workshop, seed: int) -> None:
    play(workshop, seed)


@pytest.mark.parametrize("seed", range(100, 100 + int(os.environ.get("RELGRAPH_MERGE_HISTORIES", "20"))))
@pytest.mark.long_on("neo4j")
def test_more_histories(workshop: Workshop, seed: int) -> None:
    play(workshop, seed)
