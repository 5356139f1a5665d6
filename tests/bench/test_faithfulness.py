"""Records that reasons name are taken away from their own customers alone."""

from dataclasses import replace
from types import SimpleNamespace
from typing import Any, cast

import numpy as np
import pandas as pd
import pytest
import typer

from bench.faithfulness import Asked, removals_of, retrained, without
from gnn.churn.base_rate import BaseRate
from gnn.churn.calibration import ChurnCalibration
from gnn.churn.cutoffs import churn_cutoffs
from gnn.churn.fit import tabular
from gnn.churn.labels import churn_labels
from gnn.churn.purchase_process import PurchaseProcess
from gnn.features.feature_set import feature_set
from gnn.learn.windows import feature_sets, label_windows
from gnn.registry import CALIBRATION, Artefact
from gnn.snapshot import cut
from tests.gnn.synthetic import START, full

AT, HORIZON = START + pd.Timedelta(days=400), 60
ARTEFACT = cast(
    Artefact, SimpleNamespace(config=SimpleNamespace(horizon_days=HORIZON, industries=("Optics", "Pumps")))
)


def reason(kind: str, *evidence: str) -> dict[str, Any]:
    return {"feature": kind, "evidence": list(evidence)}


def test_a_customer_loses_what_was_named_or_drawn_and_nobody_else_does() -> None:
    features = feature_set(full(), AT, pd.Timedelta(days=HORIZON), ("Optics", "Pumps"))
    history, table = features.history, features.table
    orders = history.sales.sort_values("age").groupby("row")["order_id"].agg(list)
    row = int(orders[orders.map(len) >= 6].index[0])
    named = tuple(orders[row][:3])
    told = {
        row: [reason("peers"), reason("silence", *(f"Order:{one}" for one in named))],
        row + 1: [reason("linked_companies", "Customer:C000")],
    }
    (found,) = removals_of(features, told, np.random.default_rng(0))
    assert (found.row, found.reason, found.kind, found.named) == (row, "silence", "Order", named)
    assert len(set(found.drawn)) == 3
    assert set(found.drawn) <= set(orders[row]) - set(named)
    recency, age = table.names.index("recency"), history.sales.set_index("order_id")["age"]
    altered = without(features, [found], "named", ARTEFACT).table
    assert np.isclose(altered.values[row, recency], np.log1p(age[orders[row][3]]), atol=1e-4)
    assert (
        altered.values[row, table.names.index("frequency")]
        < table.values[row, table.names.index("frequency")]
    )
    others = np.arange(len(table.values)) != row
    assert np.array_equal(altered.values[others], table.values[others])
    drawn = without(features, [found], "drawn", ARTEFACT).table
    assert drawn.values[row, recency] == table.values[row, recency], "the newest order stands"


def test_a_customer_without_other_records_is_left_out() -> None:
    features = feature_set(full(), AT, pd.Timedelta(days=HORIZON), ("Optics", "Pumps"))
    owned = features.history.log["orders"].groupby("customer_id")["order_id"].agg(list)
    customer = str(owned.index[0])
    row = int(features.history.rows(pd.Series([customer]))[0])
    every = reason("silence", *(f"Order:{one}" for one in owned[customer]))
    assert [*removals_of(features, {row: [every]}, np.random.default_rng(0))] == []


@pytest.mark.slow
def test_a_model_that_never_saw_the_records_moves_its_own_customers_most() -> None:
    """Of a trained model; a network is not trained anew."""
    log = full()
    known = cut(log, AT)
    windows = label_windows(
        churn_labels, known, feature_sets(known, churn_cutoffs(known, AT, pd.Timedelta(days=HORIZON))), 1
    )
    kept = SimpleNamespace(
        config=ARTEFACT.config,
        states={
            "rfm_logistic": tabular("rfm_logistic", windows.every, 1).state(),
            CALIBRATION: ChurnCalibration(
                1.0,
                BaseRate.fit(
                    PurchaseProcess.fit(windows.final.history), windows.final.history, windows.every
                ),
            ).state(),
        },
    )
    asked = Asked(cast(Artefact, kept), "rfm_logistic", 1000)
    found = retrained(log, AT, asked, 20, seed=3)
    assert found["retrained"]
    assert 5 <= found["compared"] <= 20
    assert sum(kind["compared"] for kind in found["by_reason"].values()) == found["compared"]
    assert found["named"] > 2 * found["bystanders"] > 0
    with pytest.raises(typer.BadParameter, match="gnn is not trained anew"):
        retrained(log, AT, replace(asked, model="gnn"), 20, seed=3)
