"""The views behind the notebook, on a small graph whose answers are known."""

from datetime import UTC, datetime
from typing import Any

import pytest

from graph.store import Store
from relgraph import explore

NOW = datetime(2025, 6, 1, tzinfo=UTC)
T0 = "2025-01-01T00:00:00+00:00"
T1 = "2025-06-01T00:00:00+00:00"


def fact(start: str, end: str, **props: Any) -> dict[str, Any]:
    """A fact row that is true from the start of 2025."""
    common = {"valid_from": T0, "basis": "observed", "confidence": 1.0, "source": "test"}
    return {"start": start, "end": end, "fact_id": f"{start}>{end}", "props": common | props}


def tie(start: str, end: str, strength: float) -> dict[str, Any]:
    """A tie of three interactions."""
    return fact(
        start, end, strength=strength, raw=1.0, interactions=3, last_at=T1, derived_at=T1, half_life_days=90.0
    )


@pytest.fixture
def known(store: Store) -> Store:
    """Two accounts; at A we know two people, at B one, and one who left A."""
    for label, ids in {"Customer": "AB", "Contact": "pqrx", "Employee": "ef"}.items():
        store.upsert_nodes(label, [{"id": key, "props": {"name": f"{label} {key}"}} for key in ids])
    jobs = [fact("p", "A"), fact("q", "A"), fact("r", "B"), fact("x", "A", valid_to=T1)]
    store.upsert_facts("WORKS_AT", "Contact", "Customer", jobs)
    ties = [
        tie("e", "p", 0.9),
        tie("f", "p", 0.2),
        tie("e", "q", 0.5),
        tie("e", "r", 0.7),
        tie("e", "x", 0.8),
    ]
    store.upsert_facts("KNOWS", "Employee", "Contact", ties)
    return store


@pytest.mark.query("explore.accounts")
def test_accounts_are_ranked_by_the_people_we_know(known: Store) -> None:
    assert explore.accounts(known) == [
        {"customer_id": "A", "name": "Customer A", "people": 2, "ours": 2},
        {"customer_id": "B", "name": "Customer B", "people": 1, "ours": 1},
    ]
    assert len(explore.accounts(known, limit=1)) == 1


@pytest.mark.query("explore.ties")
def test_ties_of_an_account_leave_out_who_left(known: Store) -> None:
    pairs = [(row["employee"], row["contact"], row["strength"]) for row in explore.ties(known, "A", NOW)]
    assert pairs == [
        ("Employee e", "Contact p", pytest.approx(0.9)),
        ("Employee e", "Contact q", pytest.approx(0.5)),
        ("Employee f", "Contact p", pytest.approx(0.2)),
    ]
    assert explore.ties(known, "unknown", NOW) == []


@pytest.mark.query("explore.risks")
def test_the_newest_score_of_each_customer_counts(known: Store) -> None:
    scores = [("a1", T0, 0.9), ("a2", T1, 0.1), ("b1", T0, 0.4)]
    rows = [
        {"id": key, "props": {"task": "churn", "probability": p, "band": "x", "as_of": at, "scored_at": at}}
        for key, at, p in scores
    ]
    store_rows = [
        *rows,
        {"id": "w", "props": {"task": "win", "probability": 1.0, "as_of": T1, "scored_at": T1}},
    ]
    known.upsert_nodes("RiskScore", store_rows)
    ends = [("A", "a1"), ("A", "a2"), ("B", "b1"), ("A", "w")]
    known.upsert_parts(
        "SCORED", "Customer", "RiskScore", [{"start": s, "end": e, "key": None, "props": {}} for s, e in ends]
    )
    assert [(row["customer_id"], row["probability"]) for row in explore.risks(known, NOW)] == [
        ("B", 0.4),
        ("A", 0.1),
    ]
    assert explore.risks(known, NOW, task="other") == []
    march = explore.risks(known, datetime(2025, 3, 1, tzinfo=UTC))
    assert [(row["customer_id"], row["probability"]) for row in march] == [("A", 0.9), ("B", 0.4)]
