"""The grocer's log that large ranges are measured on: its shape, and that our own mapping reads it."""

from pathlib import Path

import pandas as pd

from bench.groceries import Shape, write_groceries
from ingest.mapping.read import read_mapping

SHAPE = Shape(households=60, lines=6_000, products=900, seed=3)


def test_the_log_has_the_shape_asked_for_and_is_the_same_for_a_seed(tmp_path: Path) -> None:
    mapping = write_groceries(tmp_path / "a", SHAPE)
    write_groceries(tmp_path / "b", SHAPE)
    lines = pd.read_csv(tmp_path / "a" / "transactions.csv")
    assert lines.equals(pd.read_csv(tmp_path / "b" / "transactions.csv"))
    assert lines["household_id"].nunique() == SHAPE.households
    assert abs(len(lines) - SHAPE.lines) < SHAPE.lines * 0.05
    assert len(pd.read_csv(tmp_path / "a" / "products.csv")) == SHAPE.products
    assert lines.groupby("basket_id")["household_id"].nunique().max() == 1
    bought = lines.groupby(["household_id", "product_id"]).size()
    assert (bought > 1).mean() > 0.1
    assert set(read_mapping(mapping).datasets) == {"transactions", "products"}
