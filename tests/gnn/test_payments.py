"""What invoices tell of a customer, as known at a cut-off."""

import numpy as np
import pandas as pd

from gnn.features.feature_set import feature_set
from gnn.features.history import Floats
from gnn.snapshot import Log, cut
from tests.gnn.synthetic import START, company, full

CUTOFF, HORIZON = START + pd.Timedelta(days=100), pd.Timedelta(days=60)
Bill = tuple[int, int | None, int | None, float]
NAMES = ("invoices_open", "invoices_overdue", "overdue_share", "days_late", "days_late_trend")


def test_features_count_what_was_open_and_due_then() -> None:
    found = told([(10, 40, 45, 100.0), (20, 50, None, 30.0), (90, 120, None, 90.0), (60, 90, 130, 60.0)])
    overdue, unpaid = 30.0 + 60.0, 30.0 + 90.0 + 60.0
    late = (5 + 50 + 10) / 3
    expected = [np.log1p(3), np.log1p(2), overdue / unpaid, np.log1p(late), 0.0]
    np.testing.assert_allclose(found, expected, rtol=1e-5)


def test_the_last_five_are_compared_with_those_before() -> None:
    """Six paid in time, then five paid 20 days late."""
    bills: list[Bill] = [(day, day + 5, day + 5, 10.0) for day in range(6)]
    bills += [(day, day + 5, day + 25, 10.0) for day in range(30, 35)]
    found = told(bills)
    np.testing.assert_allclose(found[3:], [np.log1p(20), np.log1p(20)], rtol=1e-5)


def test_what_comes_after_the_cut_off_changes_nothing() -> None:
    """A payment, an invoice and a due day of later."""
    before = told([(10, 40, None, 100.0)])
    assert told([(10, 40, 101, 100.0), (100, 101, None, 50.0)]).tolist() == before.tolist()
    assert told([(10, None, None, 100.0)]).tolist() == [np.log1p(np.float32(1)), 0.0, 0.0, 0.0, 0.0]


def test_without_invoices_all_is_zero_and_nothing_is_invented() -> None:
    features = feature_set(company(), CUTOFF, HORIZON)
    assert not features.table.columns(*NAMES).any()


def test_shuffling_the_future_leaves_the_features() -> None:
    log = full()
    later = log["invoices"].assign(
        paid_at=log["invoices"]["paid_at"].where(log["invoices"]["paid_at"] < CUTOFF)
    )
    known = Log(dict(log.tables) | {"invoices": later[later["issued_at"] < CUTOFF]})
    whole, cut_before = (feature_set(one, CUTOFF, HORIZON).table for one in (log, known))
    assert whole.columns(*NAMES).any(axis=0).all()
    np.testing.assert_array_equal(whole.columns(*NAMES), cut_before.columns(*NAMES))
    assert (cut(log, CUTOFF)["invoices"]["issued_at"] < CUTOFF).all()


def told(bills: list[Bill]) -> Floats:
    """Features of one customer with invoices `(issued, due, paid, amount)`, in days from the start."""
    moments = [
        [None if day is None else START + pd.Timedelta(days=day) for day in bill[:3]] for bill in bills
    ]
    invoices = pd.DataFrame(moments, columns=["issued_at", "due_at", "paid_at"]).astype("datetime64[us]")
    invoices["invoice_id"], invoices["customer_id"] = [f"I{n}" for n in range(len(bills))], "C000"
    invoices["amount"] = [bill[3] for bill in bills]
    log = Log(dict(company(customers=4).tables) | {"invoices": invoices})
    features = feature_set(log, CUTOFF, HORIZON)
    return np.asarray(features.table.columns(*NAMES)[0])
