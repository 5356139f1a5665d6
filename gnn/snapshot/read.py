"""Reading the tables of a snapshot from the history, only what was known before a moment.

Each table is one statement (`gnn/sql/snapshot/`); moments are kept to the millisecond.
"""

from datetime import UTC, datetime
from typing import Any

import pandas as pd
import pyarrow as pa

from gnn.snapshot.moments import naive
from gnn.snapshot.tables import TABLES, Log, log_of
from gnn.sql import statement
from graph.history import History, read_history
from graph.history.pages import Reader

URGENT = ("urgent", "critical", "high", "p1", "p2", "1", "2", "1 - critical", "2 - high", "紧急", "高")
"""Words of the usual help desks for tickets that cannot wait."""
FAR = datetime(9000, 1, 1, tzinfo=UTC)
ALWAYS = ("customers", "products")
"""Tables that are read whole and cut later, by what is known of their rows."""


def read_log(store: Reader, before: datetime | None = None) -> Log:
    """All tables as known before the moment (default: everything there is), read from the graph."""
    with read_history(store) as history:
        return history_log(history, before)


def history_log(history: History, before: datetime | None = None) -> Log:
    """All tables as known before the moment (default: everything there is)."""
    moment = naive(before or FAR)
    return log_of({name: _known(_frame(history, name, moment), name) for name in TABLES})


def _frame(history: History, name: str, before: pd.Timestamp) -> pd.DataFrame:
    params: dict[str, Any] = {} if name in ALWAYS else {"before": before.to_pydatetime()}
    if name == "tickets":
        params["urgent"] = list(URGENT)
    asked = statement(f"snapshot.{name}", **params)
    rows = history.connection.sql(asked.text, params=dict(asked.values)).to_arrow_table()
    return pd.DataFrame({column: _shared(rows[column]) for column in rows.column_names})


def _shared(column: pa.ChunkedArray) -> pd.Series:
    """A column for pandas; a text that stands in many rows is held once."""
    shared = pa.types.is_string(column.type)
    values: pd.Series = (column.dictionary_encode() if shared else column).to_pandas()
    return values.astype(object) if shared else values


def _known(frame: pd.DataFrame, name: str) -> pd.DataFrame:
    return frame[[column for column in frame.columns if column in TABLES[name].columns]]
