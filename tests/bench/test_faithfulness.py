"""Records that reasons name are taken away from their own customers alone."""

from types import SimpleNamespace
from typing import Any, cast

import numpy as np
import pandas as pd

from bench.faithfulness import removals_of, without
from gnn.features.feature_set import feature_set
from gnn.registry import Artefact
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
