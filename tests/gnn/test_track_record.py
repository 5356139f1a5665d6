"""Served scores and offers judged once their horizon has passed, beside second ways to the same numbers."""

from typing import Any

import numpy as np
import pandas as pd
import pytest
from scipy.stats import binomtest

from gnn.churn.labels import churn_labels
from gnn.features.history import DAY, History
from gnn.snapshot.cut import cut
from gnn.snapshot.read import read_log
from gnn.track_record.judge import judged_offers, judged_scores
from gnn.track_record.lines import interval, score_lines
from gnn.track_record.record import keep, keep_daily
from graph.service import run_sync
from graph.store import Store
from graph.track_record import TrackRecord, track_record
from tests.gnn.synthetic import START, company
from tests.graph.world import NOW, World, ago


def scores(seed: int, customers: pd.Series, count: int = 120) -> pd.DataFrame:
    """Scores of random customers at random moments."""
    draw = np.random.default_rng(seed)
    moments = START + pd.to_timedelta(draw.integers(60 * 24, 480 * 24, count), unit="h")
    return pd.DataFrame(
        {
            "customer_id": draw.choice(customers, count),
            "as_of": moments,
            "horizon_days": draw.choice([30, 90], count),
            "probability": draw.random(count),
        }
    )


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(3))
def test_a_score_is_judged_by_the_labels_that_training_uses(seed: int) -> None:
    log, now = company(seed=seed), START + pd.Timedelta(days=500)
    served = scores(seed, log["customers"]["customer_id"])
    cases = judged_scores(served, log, now)
    ends = served["as_of"].dt.normalize() + DAY + pd.to_timedelta(served["horizon_days"], unit="D")
    assert len(cases) == (ends <= now).sum() > 50
    checked = 0
    for case in cases.to_dict("records"):
        begins, horizon = pd.Timestamp(case["begins"]), pd.Timedelta(days=int(case["horizon_days"]))
        history = History(cut(log, begins), begins, horizon)
        labels = churn_labels(log, history)
        row = history.rows(pd.Series([case["customer_id"]]))[0]
        at = np.searchsorted(labels.rows, row)
        if at < len(labels.rows) and labels.rows[at] == row:  # else it had not ordered yet
            assert bool(labels.churned[at]) == case["churned"]
            checked += 1
    assert checked > 50
    assert 0 < cases["churned"].sum() < len(cases)


def test_an_offer_is_judged_by_what_was_bought_within_its_horizon() -> None:
    log, now = company(), START + pd.Timedelta(days=500)
    offers = scores(1, log["customers"]["customer_id"], 400).assign(
        product_id=np.random.default_rng(2).choice(log["products"]["product_id"], 400)
    )
    cases = judged_offers(offers, log, now)
    bought = log["lines"].merge(log["orders"], on="order_id")
    for case in cases.to_dict("records"):
        same = (bought["customer_id"] == case["customer_id"]) & (bought["product_id"] == case["product_id"])
        own = bought[same]
        assert ((own["at"] >= case["begins"]) & (own["at"] < case["ends"])).any() == case["bought"]
    assert 0 < cases["bought"].sum() < len(cases)


@pytest.mark.parametrize(("right", "of"), [(0, 12), (3, 40), (40, 40), (250, 1000)])
def test_the_interval_is_wilsons_where_each_customer_has_one_case(right: int, of: int) -> None:
    came = np.array([1.0] * right + [0.0] * (of - right))
    expected = binomtest(right, of).proportion_ci(method="wilson")
    assert interval(came, pd.Series(range(of))) == pytest.approx((expected.low, expected.high), abs=0.01)


def test_cases_of_one_customer_do_not_make_the_interval_narrow() -> None:
    """Ten scores each of 60 customers who come or do not: it holds the truth as often as it says."""
    draw, held = np.random.default_rng(0), 0
    customers = pd.Series(np.repeat(np.arange(60), 10))
    for _ in range(300):
        came = np.repeat(draw.random(60) < 0.3, 10).astype(float)
        low, high = interval(came, customers)
        held += low <= 0.3 <= high
    assert 0.91 <= held / 300 <= 0.99


def served(*groups: tuple[str, int]) -> pd.DataFrame:
    """One judged score of each of so many customers, in an industry each."""
    industries = [name for name, size in groups for _ in range(size)]
    count = len(industries)
    return pd.DataFrame(
        {
            "customer_id": [f"c{n}" for n in range(count)], "score_id": [f"s{n}" for n in range(count)],
            "model_id": "m", "as_of": START, "horizon_days": 30, "band": "low", "industry": industries,
            "probability": 0.25, "churned": [n % 3 == 0 for n in range(count)],
        }
    )  # fmt: skip


@pytest.mark.parametrize(
    ("groups", "told"),
    [
        ([("A", 9), ("B", 7), ("C", 5)], ["A", "B", "C"]),
        ([("A", 9), ("B", 7), ("C", 3)], ["A"]),
        ([("A", 9), ("B", 7), ("C", 3), ("D", 3)], ["A", "B"]),
        ([("A", 9), ("C", 4)], []),
        ([("C", 4)], []),
    ],
)
def test_no_subtraction_tells_of_one_to_four_customers(
    groups: list[tuple[str, int]], told: list[str]
) -> None:
    cases = served(*groups)
    lines = score_lines(cases, cases.head(0).assign(segment=""))
    assert [one["value"] for one in lines if one["by"] == "industry"] == told
    few, many = cases.iloc[2:].assign(segment="all but two"), cases.iloc[5:].assign(segment="all but five")
    segments = [one["value"] for one in score_lines(cases, pd.concat([few, many])) if one["by"] == "segment"]
    assert segments == (["all but five"] if len(many) >= 5 else [])


def world() -> World:
    """40 customers, scored twice; one in four orders within the horizon; products offered to ten."""
    made = World()
    made.node("Product", "pump", name="Pump")
    made.node("Segment", "big", name="Big")
    for model, task in (("m", "churn"), ("x", "cross-sell")):
        days = {"trained_at": ago(300), "cutoff": ago(300), "horizon_days": 30}
        origin = {"seed": 1, "snapshot_hash": "", "code_version": "", "metrics": "{}"}
        made.node("Model", model, task=task, name=model, promoted=True, **days, **origin)
    for number in range(40):
        key = made.customer(f"c{number:02d}", industry="Pumps" if number % 2 else "Optics")
        made.order(f"first {key}", key, ago(200), [("pump" if number < 2 else "nut", 1.0, 1.0)])
        if number % 4 == 0:
            made.order(f"again {key}", key, ago(85), [("pump", 1.0, 1.0)])
        made.risk(f"old {key}", key, 0.8, as_of=ago(100), horizon_days=30, until=ago(10), band="high")
        made.risk(f"new {key}", key, 0.4, as_of=ago(10), horizon_days=30, band="medium")
        if number < 20:
            made.fact(
                "IN_SEGMENT", ("Customer", key), ("Segment", "big"), valid_from=ago(150), valid_to=ago(50)
            )
        if number < 10:
            outcome = {"outcome": "accepted" if number == 0 else "shown", "model_id": "x"}
            made.fact("OFFERED", ("Customer", key), ("Product", "pump"), valid_from=ago(90), **outcome)
    made.node("Product", "nut", name="Nut")
    return made


@pytest.mark.query("track_record.scores", "track_record.offers", "track_record.segments", "track_record.kept")
def test_the_record_tells_what_came_of_what_was_served(store: Store) -> None:
    world().load(store)
    assert run_sync(store, track_record) is None
    log = read_log(store)
    record = keep(store, log, NOW)
    assert record["pending"] == 40
    found = judged(store)
    assert (found.as_of, found.pending, len(found.lines)) == (NOW, 40, len(record["lines"]))
    churn = {(one.by, one.value): one for one in found.lines if one.task == "churn"}
    whole = churn["all", "all"]
    assert (whole.cases, whole.predicted, whole.realised) == (40, 0.8, 0.75)
    assert whole.low < 0.75 < whole.high
    assert set(churn) == {
        ("all", "all"), ("band", "high"), ("probability", "0.8–0.9"), ("segment", "Big"),
        ("industry", "Optics"), ("industry", "Pumps"),
    }  # fmt: skip
    assert churn["industry", "Pumps"].realised == 1.0, "none of the odd ones came back"
    assert churn["industry", "Optics"].realised == 0.5
    assert churn["segment", "Big"].cases == 20
    (offered,) = judged(store, task="cross-sell").lines
    assert (offered.cases, offered.accepted, offered.realised) == (10, 1, 0.3)
    assert judged(store, model_id="m").lines == tuple(churn.values())


def test_it_is_judged_anew_once_a_day(store: Store) -> None:
    world().load(store)
    log = read_log(store)
    keep_daily(store, log, ago(95))
    assert before(store) == (40, 0)
    keep_daily(store, log, NOW)
    assert before(store)[0] == 40
    world_later: dict[str, Any] = {"id": "old c00", "props": {"probability": 0.9}}
    store.upsert_nodes("RiskScore", [world_later])
    keep_daily(store, log, NOW)
    assert judged(store, task="churn").lines[0].predicted == 0.8


def before(store: Store) -> tuple[int, int]:
    found = judged(store)
    return found.pending, len(found.lines)


def judged(store: Store, **asked: Any) -> TrackRecord:
    """The record that stands."""
    found = run_sync(store, track_record, **asked)
    assert found is not None
    return found
