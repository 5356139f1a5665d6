"""Deals and leads: who is counted, what is learned, and that nothing of the future is looked at."""

from typing import Any

import numpy as np
import pandas as pd
import pytest
from sklearn.linear_model import LogisticRegression

from gnn.deals.fit import NOT_STATED, deal_horizon, deal_labels
from gnn.deals.models import StageRate
from gnn.deals.table import DealTable, Kind, open_deals
from gnn.errors import NotEnoughHistory, OneClassOnly
from gnn.evaluate.run import evaluate
from gnn.features.history import History
from gnn.own_model.errors import BadModel
from gnn.own_model.task import OwnTask
from gnn.snapshot import Log, cut, log_of
from gnn.tasks import find_task
from tests.gnn.synthetic import START, company

CUTOFF, HORIZON = START + pd.Timedelta(days=400), pd.Timedelta(days=60)
DAYS = 500
KEYS = {"Opportunity": "opportunity_id", "Lead": "lead_id"}


def with_deals(kind: Kind = "Opportunity", deals: int = 700, *, stages: bool = True, seed: int = 3) -> Log:
    """Deals of half a year at most, whose champions and stages tell how they will end."""
    draw, base = np.random.default_rng(seed), company(customers=60, days=DAYS)
    ids = [f"D{number:03d}" for number in range(deals)]
    good = draw.random(deals) < 0.5
    opened = START + pd.to_timedelta(draw.integers(0, DAYS - 20, deals), unit="D")
    closed = opened + pd.to_timedelta(draw.integers(20, 120, deals), unit="D")
    won = draw.random(deals) < np.where(good, 0.85, 0.15)
    frame = pd.DataFrame({KEYS[kind]: ids, "opened_at": opened, "closed_at": closed})
    frame["customer_id"] = draw.choice(base["customers"]["customer_id"], deals)
    frame["outcome"] = np.where(won, "won" if kind == "Opportunity" else "converted", "lost")
    roles = pd.DataFrame(
        {
            "opportunity_id": ids, "contact_id": "p", "role": np.where(good, "champion", "blocker"),
            "stance": np.where(good, 2.0, -2.0), "valid_from": opened, "known_from": opened,
        }
    )  # fmt: skip
    first = pd.DataFrame({"deal_id": ids, "stage": "open", "known_from": opened, "known_to": opened})
    first["known_to"] = opened + pd.Timedelta(days=5)
    later = pd.DataFrame({"deal_id": ids, "stage": np.where(good, "offer", "talks"), "known_from": opened})
    later["known_from"] = opened + pd.Timedelta(days=5)
    values = pd.concat([first, later]).assign(kind=kind, amount=100.0)
    more = {"opportunities" if kind == "Opportunity" else "leads": frame}
    more |= {"deal_roles": roles} if kind == "Opportunity" else {}
    return log_of({**base.tables, **more, **({"deal_values": values} if stages else {})})


def rows(report: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Rows of a report by model."""
    return {row["model"]: row for row in report["rows"]}


@pytest.mark.parametrize("kind", ["Opportunity", "Lead"])
def test_open_deals_are_counted_and_those_won_in_time_are_one(kind: Kind) -> None:
    log = with_deals(kind)
    history = History(cut(log, CUTOFF), CUTOFF, HORIZON)
    labels = deal_labels(kind, log, history)
    found = dict(zip(open_deals(history, kind)[KEYS[kind]], labels.came, strict=True))
    name = "opportunities" if kind == "Opportunity" else "leads"
    expected = {}
    for one in log[name].to_dict("records"):
        if one["opened_at"] < CUTOFF <= one["closed_at"]:
            in_time = one["closed_at"] < CUTOFF + HORIZON
            expected[one[KEYS[kind]]] = float(in_time and one["outcome"] != "lost")
    assert found == expected
    assert 0 < sum(expected.values()) < len(expected)


def test_what_decides_is_learned_and_beats_the_base_rate() -> None:
    report = evaluate(with_deals(), find_task("win"), CUTOFF, HORIZON.days, 7)
    found = rows(report)
    assert found["base_rate"]["auc"] == 0.5
    assert found["base_rate"]["brier"] < 0.26
    assert found["stage_rate"]["auc"] > 0.65
    assert found["deal_logistic"]["auc"] > 0.7
    assert found[report["selected"]]["brier"] < found["base_rate"]["brier"]
    assert report["population"] == len(
        open_deals(History(cut(with_deals(), CUTOFF), CUTOFF, HORIZON), "Opportunity")
    )


def test_leads_are_learned_by_their_stages() -> None:
    found = rows(evaluate(with_deals("Lead"), find_task("lead"), CUTOFF, HORIZON.days, 7))
    assert found["stage_rate"]["auc"] > 0.65


def test_stages_that_only_open_deals_have_are_not_looked_at() -> None:
    """An export of today states the stage of what is still open: that alone tells how others ended."""
    log = with_deals()
    values = log["deal_values"]
    today = values[values["known_to"].isna()].assign(known_from=START + pd.Timedelta(days=DAYS - 1))
    report = evaluate(log_of({**log.tables, "deal_values": today}), find_task("win"), CUTOFF, HORIZON.days, 7)
    assert rows(report)["stage_rate"] == {"model": "stage_rate", "not_run": NOT_STATED}


def test_the_future_changes_no_forecast() -> None:
    log = with_deals()
    before = evaluate(log, find_task("win"), CUTOFF, HORIZON.days, 7)
    far = CUTOFF + HORIZON
    deals = log["opportunities"]
    flipped = deals.assign(
        outcome=deals["outcome"].mask(deals["closed_at"] >= far, "won"),
        closed_at=deals["closed_at"].mask(deals["closed_at"] >= far, far + pd.Timedelta(days=9)),
    )
    values = log["deal_values"]
    later = values.assign(stage=values["stage"].mask(values["known_from"] >= CUTOFF, "offer"))
    after = evaluate(
        log_of({**log.tables, "opportunities": flipped, "deal_values": later}),
        find_task("win"), CUTOFF, HORIZON.days, 7,
    )  # fmt: skip
    assert before["rows"] == after["rows"]


def test_a_stage_is_the_same_however_its_spaces_stand() -> None:
    stages = np.array(["In  talks", "In talks ", "Offer\nsent", None] * 10, dtype=object)
    none = np.zeros(0)
    table = DealTable(pd.RangeIndex(40), none.astype(np.int64), none.astype(np.float32), {}, stages, 1.0)
    model = StageRate.fit([table], np.array([1.0, 1.0, 0.0, 0.0] * 10))
    kept = StageRate.of_state(model.state())
    assert kept.rates["In talks"] > 0.7
    assert kept.rates["Offer sent"] < 0.4
    talks, same, offer, unknown = kept.logits(table)[:4]
    assert talks == same > unknown > offer


def test_too_little_and_one_sided_histories_are_told() -> None:
    with pytest.raises(NotEnoughHistory, match="open deals"):
        evaluate(company(days=DAYS), find_task("win"), CUTOFF, HORIZON.days, 7)
    log = with_deals()
    lost = log["opportunities"].assign(outcome="lost")
    with pytest.raises(OneClassOnly, match="none of the"):
        evaluate(log_of({**log.tables, "opportunities": lost}), find_task("win"), CUTOFF, HORIZON.days, 7)


def test_the_horizon_is_of_the_deals_own_length() -> None:
    log = with_deals()
    deals = log["opportunities"]
    longest = float(np.quantile((deals["closed_at"] - deals["opened_at"]).dt.days, 0.8))
    assert deal_horizon("Opportunity", log).days == 30 * int(np.ceil(longest / 30))


def test_frames_and_what_candidates_say_in_python() -> None:
    log = with_deals()
    task = OwnTask(find_task("win"), log, CUTOFF, HORIZON.days)
    _, _, test = task.split()
    labels = deal_labels("Opportunity", log, History(cut(log, CUTOFF), CUTOFF, HORIZON))
    assert test["won"].tolist() == labels.came.tolist()
    assert {"champions", "account.recency"} <= set(task.features)
    assert not {"record_id", "customer_id", "name", "won"} & set(task.features)
    said = task.predictions()
    assert said["record_id"].tolist() == test["record_id"].tolist()
    assert said["won"].tolist() == test["won"].tolist()
    assert said["deal_logistic"].between(0, 1).all()
    with pytest.raises(BadModel, match="so far"):
        task.compare(LogisticRegression(), seeds=1)
