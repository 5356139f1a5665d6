"""What a source deleted: known in windows that begin before, missing afterwards."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
import pytest

from gnn.calendar import data_end, data_start, default_horizon
from gnn.churn.labels import churn_labels
from gnn.cross_sell.labels import cross_sell_labels
from gnn.features.feature_set import FeatureSet, feature_set
from gnn.features.history import History
from gnn.forecast.question import next_order_labels, value_labels
from gnn.snapshot import Log, content_hash, cut, log_of
from gnn.snapshot.cut import as_of
from tests.gnn.synthetic import START, full

HORIZON = pd.Timedelta(days=60)
DELETED = START + pd.Timedelta(days=300)
BEFORE, AFTER = DELETED - pd.Timedelta(days=90), DELETED + pd.Timedelta(days=30)
RECORDS = {
    "orders": "order_id", "tickets": "ticket_id", "opportunities": "opportunity_id",
    "interactions": "interaction_id", "invoices": "invoice_id",
}  # fmt: skip


def gone(log: Log) -> dict[str, pd.Series]:
    """Per table which rows are deleted: every third that there was by then."""
    moments = {"orders": "at", "interactions": "at", "invoices": "issued_at"}
    return {
        name: (log[name][moments.get(name, "opened_at")] < DELETED) & (np.arange(len(log[name])) % 3 == 0)
        for name in RECORDS
    }


def deleted(log: Log) -> Log:
    """The log with these records deleted on the day."""
    ended = {
        name: log[name].assign(ended_at=pd.Series(DELETED, index=log[name].index).where(rows))
        for name, rows in gone(log).items()
    }
    return log_of({**log.tables, **ended})


def without(log: Log) -> Log:
    """The log as if these records had never been."""
    return log_of({**log.tables, **{name: log[name][~rows] for name, rows in gone(log).items()}})


def features(log: Log, at: pd.Timestamp) -> FeatureSet:
    return feature_set(log, at, HORIZON, ("Optics", "Pumps"))


def test_a_window_that_begins_before_knows_the_records() -> None:
    log = full()
    np.testing.assert_array_equal(
        features(deleted(log), BEFORE).table.values, features(log, BEFORE).table.values
    )
    assert content_hash(cut(deleted(log), BEFORE)) == content_hash(cut(log, BEFORE))


def test_from_then_on_they_are_as_if_they_had_never_been() -> None:
    log = full()
    then = features(deleted(log), AFTER)
    np.testing.assert_array_equal(then.table.values, features(without(log), AFTER).table.values)
    assert (then.table.values != features(log, AFTER).table.values).any()
    for name, key in RECORDS.items():
        kept = as_of(deleted(log), AFTER)
        assert set(kept[name][key]) == set(as_of(without(log), AFTER)[name][key]), name


def outcomes(log: Log, history: History) -> Sequence[np.ndarray]:
    """What came, by four tasks."""
    return (
        churn_labels(log, history).churned,
        cross_sell_labels(log, history).bought.toarray(),
        next_order_labels(log, history).came,
        value_labels(log, history).came,
    )


@pytest.mark.parametrize(
    ("begins", "counts"),
    [(DELETED - HORIZON, True), (DELETED - HORIZON + pd.Timedelta(days=1), False)],
    ids=["deleted when it was over", "deleted within it"],
)
def test_an_order_counts_that_stood_when_the_window_ended(begins: pd.Timestamp, counts: bool) -> None:
    log = full()
    history = features(log, begins).history
    came = outcomes(deleted(log), history)
    expected = outcomes(log if counts else without(log), history)
    for ours, theirs in zip(came, expected, strict=True):
        np.testing.assert_array_equal(ours, theirs)
    other = outcomes(without(log) if counts else log, history)
    assert any((ours != theirs).any() for ours, theirs in zip(came, other, strict=True))


def test_a_customer_that_was_deleted_is_learned_from_and_not_counted_any_more() -> None:
    log = full()
    customers = log["customers"]
    first = customers["customer_id"].iloc[0]
    ended = pd.Series(DELETED, index=customers.index).where(customers["customer_id"] == first)
    left = log_of({**log.tables, "customers": customers.assign(ended_at=ended)})
    for at, counted in ((BEFORE, True), (AFTER, False)):
        history = features(left, at).history
        assert bool(history.has_order[history.customers.get_loc(first)]) == counted


def test_a_mistyped_day_that_was_taken_back_moves_no_window() -> None:
    log = full()
    orders = log["orders"]
    wrong = orders.head(2).assign(
        order_id=["old", "new"], at=[pd.Timestamp("1970-03-01"), pd.Timestamp("2069-03-01")], ended_at=DELETED
    )
    more = log_of({**log.tables, "orders": pd.concat([orders, wrong])})
    for asked in (data_start, data_end, default_horizon):
        assert asked(more) == asked(log)
