"""Reading the tables of a snapshot from the graph, only what was known before a moment.

Times come as milliseconds: the driver builds a date object in more time than all else of a row takes.
"""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from itertools import pairwise
from typing import Any, Protocol

import numpy as np
import orjson
import pandas as pd

from gnn.snapshot.currency import comparable
from gnn.snapshot.moments import utc_text
from gnn.snapshot.tables import TABLES, Log, log_of

URGENT = ("urgent", "critical", "high", "p1", "p2", "1", "2", "1 - critical", "2 - high", "紧急", "高")
"""Words of the usual help desks for tickets that cannot wait."""
PAGED = {
    "orders": "order_span",
    "lines": "order_span",
    "interactions": "interaction_span",
    "participations": "interaction_span",
}
"""The long tables, read in pages of time, lest a query meet the engine's limit; and what tells the pages."""
PAGE = 50_000
WHOLE = ("jobs", "roles", "links", "owners", "opportunities", "interests")
FAR = datetime(9000, 1, 1, tzinfo=UTC)


class Reader(Protocol):
    """The part of a store that is needed: rows of named queries."""

    def stream(self, asked: str, /, **params: Any) -> Iterator[dict[str, Any]]:
        """Rows of a read query one by one."""


def read_log(store: Reader, before: datetime | None = None) -> Log:
    """All tables as known before the moment (default: everything there is)."""
    moment = utc_text(before or FAR)
    pages = {span: _pages(store, span, moment) for span in set(PAGED.values())}
    frames = {name: _paged(store, name, pages[span]) for name, span in PAGED.items()}
    frames["orders"], frames["lines"] = comparable(frames["orders"], frames["lines"])
    frames |= {name: _frame(store, name, before=moment) for name in WHOLE}
    frames["tickets"] = _tickets(store, moment)
    for label, key in (("customer", "customer_id"), ("product", "product_id")):
        nodes = pd.DataFrame(list(store.stream(f"snapshot.{label}s")))
        frames[f"{label}s"] = nodes
        frames[f"{label}_values"] = _values(store, label, key, nodes, moment)
    return log_of(frames | {name: _known(frame, name) for name, frame in frames.items()})


def _pages(store: Reader, span: str, moment: str) -> list[tuple[str, str]]:
    """Spans of equal length that hold all events before the moment, some 50,000 each."""
    (row,) = store.stream(f"snapshot.{span}", before=moment)
    if not row["events"]:
        return []
    pages = -(-row["events"] // PAGE)
    bounds = pd.to_datetime(
        np.linspace(row["first"], row["last"] + 1, 1 + pages).round(), unit="ms", utc=True
    )
    edges = [*(bound.isoformat() for bound in bounds[:-1]), moment]
    return list(pairwise(edges))


def _paged(store: Reader, name: str, pages: list[tuple[str, str]]) -> pd.DataFrame:
    frames = [_frame(store, name, since=since, before=before) for since, before in pages]
    return pd.concat(frames) if frames else pd.DataFrame()


def _frame(store: Reader, name: str, **params: str) -> pd.DataFrame:
    return pd.DataFrame(list(store.stream(f"snapshot.{name}", **params)))


def _known(frame: pd.DataFrame, name: str) -> pd.DataFrame:
    return frame[[column for column in frame.columns if column in TABLES[name].columns]]


def _tickets(store: Reader, moment: str) -> pd.DataFrame:
    frame = _frame(store, "tickets", before=moment)
    if len(frame):
        priority = frame["priority"].astype(object).where(frame["priority"].notna(), "")
        frame["urgent"] = priority.astype(str).str.lower().isin(URGENT).astype(float)
        frame["sla_breached"] = frame["sla_breached"].astype("float64")
    return frame


def _values(store: Reader, label: str, key: str, nodes: pd.DataFrame, moment: str) -> pd.DataFrame:
    """Versions from the source records; a node without any gives its current values, timelessly."""
    fields = [
        name for name in TABLES[f"{label}_values"].columns if name not in (key, "known_from", "known_to")
    ]
    rows = [_version(row, key, fields) for row in store.stream(f"snapshot.{label}_versions", before=moment)]
    versions = pd.DataFrame(rows)
    if not len(nodes):
        return versions
    timeless = nodes[~nodes["recorded"].astype(bool)]
    return pd.concat([versions, timeless[[key, *fields]]]) if len(timeless) else versions


def _version(row: Mapping[str, Any], key: str, fields: list[str]) -> dict[str, Any]:
    values = orjson.loads(row["values"])
    picked = {name: values.get(name) for name in fields}
    return {key: row[key], "known_from": row["known_from"], "known_to": row["known_to"]} | picked
