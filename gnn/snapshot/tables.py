"""The tables of a snapshot: what each holds, and a `Log` of all of them with dtypes put right.

Times are naive `datetime64[us]` in UTC, numbers `float64`, the rest text (`object`, None where absent).
Only customers, orders, lines and products must have rows; every other table may be empty.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import pandas as pd


@dataclass(frozen=True)
class Table:
    """The columns of one table, and the rule by which it is cut at a moment."""

    text: tuple[str, ...]
    number: tuple[str, ...] = ()
    time: tuple[str, ...] = ()
    event: str | None = None
    """The column that says when the row happened; rows at or after a cut-off do not exist yet."""
    fact: bool = False
    """True where the rows are facts with the four clock columns."""
    until: tuple[str, ...] = ()
    """Columns that do not exist before `closed_at`."""
    happens: tuple[str, ...] = ()
    """Moments of a row that are missing until they have come."""
    replaced: bool = False
    """Of versions: whether those that others replaced are still told, as the course that a deal took."""

    @property
    def columns(self) -> list[str]:
        """All column names, in their stored order."""
        return [*self.text, *self.number, *self.time]


CLOCKS = ("valid_from", "valid_to", "known_from", "known_to")

TABLES: Mapping[str, Table] = {
    "customers": Table(("customer_id",), time=("created_at", "ended_at")),
    "customer_values": Table(
        ("customer_id", "name", "industry", "region", "country"),
        ("employees", "revenue"),
        ("known_from", "known_to"),
    ),
    "products": Table(("product_id",)),
    "product_values": Table(("product_id", "name", "family"), ("list_price",), ("known_from", "known_to")),
    "orders": Table(
        ("order_id", "customer_id", "kind", "currency"), ("amount", "rate"), ("at", "ended_at"), event="at"
    ),
    "lines": Table(("order_id", "product_id"), ("line", "quantity", "amount")),
    "jobs": Table(("contact_id", "customer_id", "seniority"), time=CLOCKS, fact=True),
    "roles": Table(("contact_id", "customer_id", "role"), ("stance", "influence"), CLOCKS, fact=True),
    "links": Table(("kind", "start_id", "end_id"), time=CLOCKS, fact=True),
    "owners": Table(("employee_id", "customer_id"), time=CLOCKS, fact=True),
    "tickets": Table(
        ("ticket_id", "customer_id", "contact_id"),
        ("urgent", "sla_breached", "satisfaction"),
        ("opened_at", "closed_at", "ended_at"),
        event="opened_at",
        until=("sla_breached", "satisfaction"),
    ),
    "opportunities": Table(
        ("opportunity_id", "customer_id", "outcome"),
        time=("opened_at", "closed_at", "ended_at"),
        event="opened_at",
        until=("outcome",),
    ),
    "interests": Table(("kind", "source_id", "product_id"), time=("at",), event="at"),
    "interactions": Table(
        ("interaction_id", "customer_id", "channel", "direction"), time=("at", "ended_at"), event="at"
    ),
    "participations": Table(("interaction_id", "person_id", "side")),
    "items": Table(("item_id", "kind", "customer_id", "relation"), time=CLOCKS, fact=True),
    "item_values": Table(("item_id", "kind", "name"), ("number",), ("moment", "known_from", "known_to")),
    "leads": Table(
        ("lead_id", "customer_id", "channel", "outcome"),
        time=("opened_at", "closed_at", "ended_at"),
        event="opened_at",
        until=("customer_id", "outcome"),
    ),
    "deal_values": Table(
        ("kind", "deal_id", "stage"), ("amount",), ("expected_at", "known_from", "known_to"), replaced=True
    ),
    "deal_roles": Table(("opportunity_id", "contact_id", "role"), ("stance", "influence"), CLOCKS, fact=True),
    "invoices": Table(
        ("invoice_id", "customer_id"),
        ("amount",),
        ("issued_at", "due_at", "paid_at", "ended_at"),
        event="issued_at",
        happens=("paid_at",),
    ),
}
"""Table per name. `interests` says which product a ticket or an opportunity is about; `items` has a row for
each customer that an item is linked to, `item_values` one for each of its numbers, truth values and days;
`deal_values` are versions of opportunities and leads, by `kind`; `rate` is by what the amounts of an order's
lines are to be multiplied to be in its `currency`; `ended_at` is when their source deleted them."""
LATER = frozenset({"items", "item_values", "leads", "deal_values", "deal_roles", "invoices"})
"""Tables that snapshots did not have at first: where they are empty, a snapshot is as it was without them."""


@dataclass(frozen=True)
class Log:
    """All tables of a snapshot; missing ones are empty. `cutoff` is set once it has been cut."""

    tables: Mapping[str, pd.DataFrame]
    cutoff: pd.Timestamp | None = field(default=None)

    def __getitem__(self, name: str) -> pd.DataFrame:
        return self.tables[name]


def log_of(tables: Mapping[str, pd.DataFrame]) -> Log:
    """A log from loosely typed frames: absent tables and columns are filled, dtypes set, rows sorted."""
    unknown = set(tables) - set(TABLES)
    if unknown:
        raise KeyError(f"no such snapshot table: {sorted(unknown)}")
    return Log({name: _typed(tables.get(name), table) for name, table in TABLES.items()})


def _typed(frame: pd.DataFrame | None, table: Table) -> pd.DataFrame:
    source = pd.DataFrame() if frame is None else frame
    columns = {name: _text(source, name) for name in table.text}
    columns |= {name: _number(source, name) for name in table.number}
    columns |= {name: times(source.get(name), len(source)) for name in table.time}
    typed = pd.DataFrame(columns)
    return typed.sort_values(table.columns, kind="stable", ignore_index=True) if len(typed) else typed


def _text(source: pd.DataFrame, name: str) -> pd.Series:
    if name not in source:
        return pd.Series([None] * len(source), dtype=object)
    column = source[name].astype(object).reset_index(drop=True)
    return column.where(column.notna(), None)


def _number(source: pd.DataFrame, name: str) -> pd.Series:
    if name not in source:
        return pd.Series(np.full(len(source), np.nan))
    return pd.to_numeric(source[name].reset_index(drop=True)).astype("float64")


def times(column: pd.Series | None, length: int) -> pd.Series:
    """The column as naive UTC `datetime64[us]`, or all missing; numbers are milliseconds since 1970."""
    if column is None:
        return pd.Series(np.full(length, np.datetime64("NaT", "us")))
    given, counted = column.reset_index(drop=True), pd.api.types.is_numeric_dtype(column.dtype)
    instants = pd.to_datetime(given, utc=True, unit="ms") if counted else pd.to_datetime(given, utc=True)
    return instants.dt.tz_localize(None).astype("datetime64[us]")
