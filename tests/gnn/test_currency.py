"""Amounts of several currencies become comparable for features; those of one stay as they are."""

import numpy as np
import pandas as pd

from gnn.features.history import History
from gnn.forecast.forecasts import in_own_currency
from gnn.forecasts import Forecasts
from gnn.reasons import Reason
from gnn.snapshot import cut, log_of
from gnn.snapshot.currency import scale_of, scales


def orders(*rows: tuple[str, float, str | None]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["order_id", "amount", "currency"])


def amounts(placed: pd.DataFrame) -> list[float]:
    return (placed["amount"] * scale_of(placed, scales(placed))).tolist()


def test_one_currency_stays_as_it_is() -> None:
    assert amounts(orders(("a", 10.0, "EUR"), ("b", 20.0, "EUR"))) == [10.0, 20.0]
    assert amounts(orders(("a", 10.0, None), ("b", 20.0, None))) == [10.0, 20.0]
    assert amounts(orders()) == []


def test_a_median_order_weighs_the_same_in_every_currency() -> None:
    several = orders(
        ("a", 10.0, "EUR"), ("b", 20.0, "EUR"), ("e", 15.0, "EUR"), ("c", 3000.0, "JPY"), ("d", 1500.0, "JPY")
    )
    assert amounts(several) == [10.0, 20.0, 15.0, 20.0, 10.0]
    unknown = orders(("f", 7.0, "SEK"))
    assert scale_of(unknown, scales(several)).tolist() == [1.0], "no order told its size yet"


def test_lines_follow_the_rate_of_their_order() -> None:
    """A converted order's lines are in the currency that was paid."""
    placed = orders(("a", 5.0, "EUR")).assign(rate=0.5, customer_id="C1", kind="sale", at="2024-01-01")
    lines = pd.DataFrame({"order_id": "a", "product_id": ["P1", "P2"], "quantity": 1, "amount": [6.0, 4.0]})
    log = log_of({"customers": placed[["customer_id"]], "orders": placed, "lines": lines})
    before = pd.Timestamp("2024-02-01")
    history = History(cut(log, before), before, pd.Timedelta(days=30))
    assert history.sales["amount"].tolist() == [5.0]
    assert history.purchases["amount"].tolist() == [3.0, 2.0]


def test_forecasts_are_in_the_currency_of_the_customers_orders() -> None:
    """C3 ordered in two, so that its sum has no currency; C4 has none named; C2's euros come later."""
    placed = orders(
        ("a", 10.0, "EUR"), ("b", 20.0, "EUR"), ("c", 100_000.0, "JPY"), ("d", 15.0, "EUR"),
        ("e", 200_000.0, "JPY"), ("f", 7.0, None), ("g", 12.0, "EUR"),
    )  # fmt: skip
    placed = placed.assign(customer_id=["C1", "C1", "C2", "C3", "C3", "C4", "C2"], kind="sale")
    placed["at"] = pd.to_datetime(["2024-01-01"] * 6 + ["2024-03-01"])
    customers = pd.DataFrame({"customer_id": ["C1", "C2", "C3", "C4"]})
    log = log_of({"customers": customers, "orders": placed})
    before = pd.Timestamp("2024-02-01")
    history = History(cut(log, before), before, pd.Timedelta(days=30))
    amounts, ids = history.sales.set_index("order_id")["amount"], history.customers

    def told(place: int) -> list[Reason]:
        return [{"feature": str(ids[place])}]

    learned = np.array([12.0, amounts["c"], 30.0, amounts["f"]])
    forecasts = Forecasts("Customer", ids, ids, "amount", learned, told, learned / 2, learned * 2)
    made = in_own_currency(forecasts, history)
    assert made.low is not None
    assert made.high is not None
    assert made.currency is not None
    assert [made.reasons(place)[0]["feature"] for place in range(len(made.ids))] == [*made.ids]
    found = zip(made.ids, made.currency, made.value, made.low, made.high, strict=True)
    assert {one: (currency, *(round(number, 6) for number in told)) for one, currency, *told in found} == {
        "C1": ("EUR", 12.0, 6.0, 24.0), "C2": ("JPY", 100_000.0, 50_000.0, 200_000.0),
        "C4": (None, 7.0, 3.5, 14.0),
    }  # fmt: skip
