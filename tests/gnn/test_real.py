"""A real wholesaler's order lines: the selected ranker beats popularity, the selected churn model recency."""

import numpy as np
import pandas as pd
import pytest

from gnn.churn.task import CHURN
from gnn.cross_sell.rankers import SINGLE
from gnn.cross_sell.task import CROSS_SELL
from gnn.evaluate.run import evaluate
from gnn.snapshot import Log, log_of
from tests.paths import shared_data

CUTOFF = pd.Timestamp("2011-07-01")


@pytest.fixture(scope="module")
def wholesaler() -> Log:
    """Customers, orders and products; cancellations are returns."""
    file = shared_data("online_retail") / "transactions.csv.gz"
    text = {"InvoiceNo": str, "StockCode": str, "CustomerID": str}
    read = pd.read_csv(file, dtype=text).dropna(subset=["CustomerID"]).drop_duplicates()
    read["amount"], read["at"] = read["Quantity"] * read["UnitPrice"], pd.to_datetime(read["InvoiceDate"])
    names = {
        "InvoiceNo": "order_id",
        "StockCode": "product_id",
        "CustomerID": "customer_id",
        "Quantity": "quantity",
    }
    lines = read.rename(columns=names).assign(line=np.arange(len(read)))
    orders = lines.groupby("order_id", as_index=False).agg(
        {"customer_id": "first", "at": "min", "amount": "sum"}
    )
    orders["kind"] = np.where(orders["order_id"].str.startswith("C"), "return", "sale")
    return log_of(
        {
            "customers": orders[["customer_id"]].drop_duplicates(),
            "orders": orders,
            "lines": lines[["order_id", "product_id", "line", "quantity", "amount"]],
            "products": lines[["product_id"]].drop_duplicates(),
        }
    )


@pytest.mark.slow
def test_the_selected_ranker_beats_popularity_and_is_no_worse_than_any_baseline(wholesaler: Log) -> None:
    report = evaluate(wholesaler, CROSS_SELL, CUTOFF, 60, seed=7)
    recall = {row["model"]: row["recall@20"] for row in report["rows"]}
    assert recall[report["selected"]] > 1.5 * recall["popularity"]
    assert recall[report["selected"]] > 0.95 * max(recall[name] for name in SINGLE if name in recall)


@pytest.mark.slow
def test_the_selected_churn_model_beats_the_rule_of_thumb(wholesaler: Log) -> None:
    report = evaluate(wholesaler, CHURN, CUTOFF, 60, seed=7)
    auc = {row["model"]: row["auc"] for row in report["rows"]}
    assert auc[report["selected"]] > auc["recency"] + 0.05
    assert auc[report["selected"]] > max(auc.values()) - 0.02
