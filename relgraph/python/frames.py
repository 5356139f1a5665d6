"""A company as named DataFrames."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from functools import partial

import orjson
import pandas as pd

from gnn.snapshot.cut import standing_rows
from gnn.snapshot.tables import Log
from graph.errors import UsageError
from graph.history import History
from graph.history.tables import ATTRIBUTES
from graph.sql import statement
from graph.store import Store
from relgraph.explore import knows

NAMES = (
    "customers", "contacts", "employees", "products", "orders", "lines", "opportunities", "tickets",
    "interactions", "participations", "jobs", "roles", "owners", "links", "items",
)  # fmt: skip
"""Frames that are read from the history; `frame.<name>` is the statement of each."""
TIES = ("employee_id", "employee", "contact_id", "contact", "strength", "interactions", "last_at")
VALUES = ("customer_values", "product_values")
"""Tables of a snapshot that its frames of customers and products hold."""
KEYS = {"customers": "customer_id", "products": "product_id"}


class FrameUnknown(UsageError):
    """No DataFrame goes by this name here."""

    def __init__(self, name: str, known: list[str]) -> None:
        super().__init__(f"no frame is called {name!r}; there are {', '.join(known)}")


class Frames(Mapping[str, pd.DataFrame]):
    """DataFrames by name, each read when it is first asked for; also `frames.orders`. Raises FrameUnknown.

    Moments are naive UTC. Only what everybody of the company may see is in them.
    """

    def __init__(self, makers: Mapping[str, Callable[[], pd.DataFrame]]) -> None:
        self._makers = dict(makers)
        self._made: dict[str, pd.DataFrame] = {}

    def __getitem__(self, name: str) -> pd.DataFrame:
        if name not in self._makers:
            raise FrameUnknown(name, list(self._makers))
        if name not in self._made:
            self._made[name] = self._makers[name]()
        return self._made[name].copy()

    def __getattr__(self, name: str) -> pd.DataFrame:
        if name.startswith("_"):
            raise AttributeError(name)
        return self[name]

    def __contains__(self, name: object) -> bool:
        return name in self._makers

    def __iter__(self) -> Iterator[str]:
        return iter(self._makers)

    def __len__(self) -> int:
        return len(self._makers)

    def __dir__(self) -> list[str]:
        return [*super().__dir__(), *self._makers]

    def __repr__(self) -> str:
        return f"Frames({', '.join(self._makers)})"


def home_frames(history: History, store: Store, now: datetime) -> Frames:
    """The frames of a home; custom attributes are columns named `x_…`. `ties` are as of `now`."""
    read = {name: partial(_of_history, history, name) for name in NAMES}
    return Frames({**read, "ties": partial(_ties, store, now)})


def _of_history(history: History, name: str) -> pd.DataFrame:
    asked = statement(f"frame.{name}")
    return with_attributes(history.connection.sql(asked.text).df())


def with_attributes(frame: pd.DataFrame) -> pd.DataFrame:
    """The frame with the custom attributes that are JSON in `attributes` as columns of their own."""
    if ATTRIBUTES not in frame:
        return frame
    texts = frame[ATTRIBUTES]
    rows = [orjson.loads(text) if isinstance(text, str) else {} for text in texts]
    custom = pd.DataFrame(rows, index=frame.index)
    return pd.concat([frame.drop(columns=ATTRIBUTES), custom[sorted(custom.columns)]], axis=1)


def _ties(store: Store, now: datetime) -> pd.DataFrame:
    return pd.DataFrame(knows(store, now), columns=list(TIES))


def snapshot_frames(log: Log) -> Frames:
    """The frames of a snapshot: its tables by name, customers and products with their newest values.

    What its source had deleted is left out.

    It has no names of people, no texts and no custom attributes, for a snapshot keeps none.
    """
    made = {name: partial(_of_log, log, name) for name in log.tables if name not in VALUES}
    people: dict[str, Callable[[], pd.DataFrame]] = {
        "contacts": partial(_distinct, log["jobs"], "contact_id"),
        "employees": partial(_distinct, log["owners"], "employee_id"),
    }
    return Frames({**made, **people})


def _of_log(log: Log, name: str) -> pd.DataFrame:
    frame = log[name]
    if "ended_at" in frame:
        frame = standing_rows(frame).drop(columns="ended_at")
    if name not in KEYS:
        return frame
    key = KEYS[name]
    versions = log[f"{key.removesuffix('_id')}_values"].sort_values("known_from", na_position="first")
    newest = versions.groupby(key).last().drop(columns=["known_from", "known_to"])
    return frame.merge(newest.reset_index(), on=key, how="left")


def _distinct(frame: pd.DataFrame, key: str) -> pd.DataFrame:
    return frame[[key]].drop_duplicates().sort_values(key, ignore_index=True)
