"""The customers that a window counts, by id and name."""

from typing import Any

import pandas as pd

from gnn.learn.windows import Window


def counted_customers(window: Window[Any]) -> pd.DataFrame:
    """`customer_id, name`, one row each."""
    history, rows = window.features.history, window.labels.rows
    told = {"customer_id": history.customers[rows], "name": history.values["name"].to_numpy()[rows]}
    return pd.DataFrame(told)
