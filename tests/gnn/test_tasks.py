"""Populations and labels against plain Python, and when a question cannot be answered."""

import pandas as pd
import pytest

from gnn.calendar import check_evaluation, cutoffs_before, data_end, default_horizon
from gnn.churn.cutoffs import churn_cutoffs
from gnn.churn.labels import churn_labels
from gnn.cross_sell.labels import cross_sell_labels
from gnn.errors import CutoffOutsideData, HorizonNotObserved, NotEnoughHistory
from gnn.features.history import History
from gnn.snapshot import cut, log_of
from tests.gnn.synthetic import START, company, tables

CUTOFF, HORIZON = START + pd.Timedelta(days=300), pd.Timedelta(days=60)
END = CUTOFF + HORIZON


def test_labels_match_plain_python() -> None:
    log = company()
    history = History(cut(log, CUTOFF), CUTOFF, HORIZON)
    before: dict[str, set[str]] = {}
    after: dict[str, set[str]] = {}
    joined = log["orders"].merge(log["lines"], on="order_id")
    for customer, at, product in zip(joined["customer_id"], joined["at"], joined["product_id"], strict=True):
        if at < CUTOFF:
            before.setdefault(customer, set()).add(product)
        elif at < END:
            after.setdefault(customer, set()).add(product)
    sold = set().union(*before.values())
    churn, sell = churn_labels(log, history), cross_sell_labels(log, history)
    assert dict(zip(history.customers[churn.rows], churn.churned, strict=True)) == {
        c: float(c not in after) for c in before
    }
    new = {c: (after[c] - before[c]) & sold for c in before if c in after}
    found = {history.customers[row]: set(history.products[sell.bought[[row]].indices]) for row in sell.rows}
    assert found == {c: products for c, products in new.items() if products}


def test_a_return_alone_is_no_order() -> None:
    orders = [
        ("O1", "C000", "sale", 9.0, CUTOFF - pd.Timedelta(days=50)),
        ("O2", "C001", "return", -9.0, CUTOFF - pd.Timedelta(days=40)),
        ("O3", "C000", "return", -9.0, CUTOFF + pd.Timedelta(days=5)),
    ]
    lines = [("O1", "P1", 1, 1.0, 9.0), ("O2", "P1", 1, -1.0, -9.0), ("O3", "P1", 1, -1.0, -9.0)]
    log = log_of(tables(orders, lines, 2))
    labels = churn_labels(log, history := History(cut(log, CUTOFF), CUTOFF, HORIZON))
    assert history.customers[labels.rows].tolist() == ["C000"]
    assert labels.churned.tolist() == [1.0]


def test_every_window_ends_before_the_next_begins_to_judge() -> None:
    made = cutoffs_before(company(), CUTOFF, HORIZON)
    (valid,) = made.valid
    assert valid + HORIZON <= CUTOFF
    assert all(at + HORIZON <= valid for at in made.train)


def test_one_window_only_is_split_by_customers() -> None:
    made = cutoffs_before(company(), START + pd.Timedelta(days=90), HORIZON)
    assert (len(made.train), made.valid) == (1, ())


@pytest.mark.parametrize("days", [400, 300, 200, 120, 80])
def test_churn_windows_end_where_the_choice_begins(days: int) -> None:
    log, cutoff = company(), START + pd.Timedelta(days=days)
    made = churn_cutoffs(log, cutoff, HORIZON)
    assert all(at + HORIZON <= cutoff for at in made.every)
    assert set(made.train) | set(made.valid) <= set(made.every)
    assert (pd.Series(made.every).diff().dropna() >= pd.Timedelta(days=HORIZON.days // 6)).all()
    if made.valid:
        assert min(len(made.train), len(made.valid)) >= 2
        assert max(made.train) + HORIZON <= min(made.valid)
    else:
        assert made.train == made.every


def test_questions_that_cannot_be_answered() -> None:
    log = company()
    with pytest.raises(CutoffOutsideData, match="lies outside the data") as outside:
        check_evaluation(log, pd.Timestamp("2031-01-01"), HORIZON)
    assert outside.value.exit_code == 2
    with pytest.raises(HorizonNotObserved, match="horizon is not yet observed"):
        check_evaluation(log, data_end(log) - pd.Timedelta(days=10), HORIZON)
    with pytest.raises(NotEnoughHistory, match="too few"):
        cutoffs_before(log, START + pd.Timedelta(days=40), HORIZON)
    with pytest.raises(NotEnoughHistory, match="no orders"):
        data_end(log_of({}))
    with pytest.raises(NotEnoughHistory, match="no orders"):
        check_evaluation(log_of({}), START, HORIZON)


@pytest.mark.parametrize(("horizon", "missing"), [(120, 12), (10, 3), (60, 0)])
def test_data_may_end_a_little_before_the_horizon(horizon: int, missing: int) -> None:
    log = company()
    cutoff = data_end(log) - pd.Timedelta(days=horizon - missing)
    assert check_evaluation(log, cutoff, pd.Timedelta(days=horizon)) == horizon - missing
    later = cutoff + pd.Timedelta(days=max(horizon // 10, 3) + 1 - missing)
    with pytest.raises(HorizonNotObserved, match="horizon is not yet observed"):
        check_evaluation(log, later, pd.Timedelta(days=horizon))


def test_the_default_horizon_follows_the_customers_rhythm() -> None:
    assert default_horizon(company(days=500)).days in (60, 90)
    assert default_horizon(company(days=120)).days == 30
