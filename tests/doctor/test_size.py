"""When the doctor says that data outgrow the memory, and what it advises."""

import pytest

from graph.store import Store
from relgraph.doctor import size
from relgraph.memory import Budget

GIB = 1024**3
ROOMY = Budget(heap=2 * GIB, duckdb=3 * GIB, python=3 * GIB, threads=2)


def test_a_small_graph_fits() -> None:
    finding = size.finding(300_000, ROOMY, embedded=True)
    assert (finding.status, finding.advice) == ("ok", None)
    assert "300,000 nodes and relationships" in finding.found
    assert "heap" in finding.found
    assert "heap" not in size.finding(300_000, ROOMY, embedded=False).found


@pytest.mark.parametrize(
    ("items", "embedded", "advice"),
    [
        (13_900_000, True, "RELGRAPH_ENGINE_HEAP to "),
        (15_000_000, True, "NEO4J_URI"),
        (15_000_000, False, "RELGRAPH_MEMORY to "),
    ],
)
def test_what_outgrows_the_memory_says_what_next(items: int, embedded: bool, advice: str) -> None:
    finding = size.finding(items, ROOMY, embedded=embedded)
    assert finding.status == "todo"
    assert advice in (finding.advice or "")


def test_the_memory_it_advises_is_enough() -> None:
    advised = size.finding(15_000_000, ROOMY, embedded=False).advice or ""
    given = int(advised.split("RELGRAPH_MEMORY to ")[1].split("g")[0]) * GIB
    assert size.finding(15_000_000, Budget(0, given // 2, given // 2, 2), embedded=False).status == "ok"


def test_the_graph_is_counted(store: Store) -> None:
    store.upsert_nodes("Customer", [{"id": str(number), "props": {}} for number in range(7)])
    assert size.size(store, ROOMY).found.startswith("7 nodes and relationships")
