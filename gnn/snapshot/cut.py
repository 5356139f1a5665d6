"""The one place where the future is cut off: nothing at or after the cut-off passes, on either clock.

Rules, per kind of table:
- events (orders, tickets, opportunities, interactions): the event's time lies before the cut-off;
- facts: `valid_from` and `known_from` lie before it; an end, or that they are wrong (`known_to`), is missing
  where it lies at or after the cut-off;
- versions of attribute values: `known_from` lies before it (a missing one is timeless);
- facts known to be wrong and superseded versions stay, since windows that begin earlier knew no better: a cut
  that dropped them would tell these windows what changed later. `as_of` leaves them out, but for deals';
- records that their source deleted are missing from then on: a window that begins before knew them;
- what exists only after closing (outcome, satisfaction, closed_at) is missing while the record is open,
  and so is the day of payment of what is not paid yet;
- the customer of a lead is missing until it closed: sources link it when they convert it, and name no day;
- lines, interests and participations follow their record; a product of a deal also has the day on which it
  was put there, and without one it is not learned from;
- a customer or product exists once anything about it is dated before the cut-off.
"""

import numpy as np
import pandas as pd

from gnn.snapshot.tables import TABLES, Log, Table

FOLLOWERS = {
    "lines": ("order_id", ("orders",), ("order_id",)),
    "interests": ("source_id", ("opportunities", "tickets"), ("opportunity_id", "ticket_id")),
    "participations": ("interaction_id", ("interactions",), ("interaction_id",)),
}
"""Table → its reference, and the tables and columns it refers to."""


def cut(log: Log, cutoff: pd.Timestamp) -> Log:
    """What was known just before `cutoff` (naive UTC); cutting twice equals cutting once at the earlier."""
    return _consistent({name: _cut_table(log[name], table, cutoff) for name, table in TABLES.items()}, cutoff)


def as_of(log: Log, cutoff: pd.Timestamp) -> Log:
    """What was held true just before `cutoff`: without what had been superseded or found wrong by then."""
    kept = {name: _cut_table(log[name], table, cutoff) for name, table in TABLES.items()}
    standing = {name: _standing(frame, TABLES[name]) for name, frame in kept.items()}
    customers, orders = kept["customers"], standing["orders"]
    gone = customers.loc[customers["ended_at"].notna(), "customer_id"]
    standing["orders"] = orders[~orders["customer_id"].isin(gone)].reset_index(drop=True)
    return _consistent(standing, cutoff)


def happened(frame: pd.DataFrame, at: str, begin: pd.Timestamp, end: pd.Timestamp) -> pd.DataFrame:
    """The rows whose moment `at` lies in [begin, end), but for those deleted before the end."""
    within = (frame[at] >= begin) & (frame[at] < end)
    return frame[within & ~(frame["ended_at"] < end)]


def standing_rows(frame: pd.DataFrame) -> pd.DataFrame:
    """The rows that their source has not deleted."""
    return frame[frame["ended_at"].isna()]


def _standing(frame: pd.DataFrame, table: Table) -> pd.DataFrame:
    if table.event and "ended_at" in frame:
        return standing_rows(frame).reset_index(drop=True)
    if "known_to" not in frame or table.replaced:
        return frame
    return frame[frame["known_to"].isna()].reset_index(drop=True)


def _consistent(kept: dict[str, pd.DataFrame], cutoff: pd.Timestamp) -> Log:
    """Without what refers to something that is not there."""
    for name, (reference, owners, keys) in FOLLOWERS.items():
        known = pd.concat([kept[owner][key] for owner, key in zip(owners, keys, strict=True)])
        kept[name] = kept[name][kept[name][reference].isin(known)].reset_index(drop=True)
    created = kept["customers"]["created_at"]
    kept["customers"]["created_at"] = created.where(created < cutoff)
    kept["customers"] = _existing(kept["customers"], "customer_id", _customers_seen(kept))
    kept["products"] = _existing(kept["products"], "product_id", _products_seen(kept))
    return Log(kept, cutoff)


def _cut_table(frame: pd.DataFrame, table: Table, cutoff: pd.Timestamp) -> pd.DataFrame:
    if table.fact:
        return _cut_facts(frame, cutoff)
    if "known_from" in table.time:
        return _cut_versions(frame, cutoff)
    kept = _cut_events(frame, table, cutoff) if table.event else frame.copy()
    if "ended_at" in kept:
        kept["ended_at"] = kept["ended_at"].where(kept["ended_at"] < cutoff)
    return kept


def _cut_events(frame: pd.DataFrame, table: Table, cutoff: pd.Timestamp) -> pd.DataFrame:
    kept = frame[frame[table.event] < cutoff].reset_index(drop=True)
    for column in table.happens:
        kept[column] = kept[column].where(kept[column] < cutoff)
    if "closed_at" not in kept:
        return kept
    kept["closed_at"] = kept["closed_at"].where(kept["closed_at"] < cutoff)
    is_open = kept["closed_at"].isna()
    for column in table.until:
        missing = None if column in table.text else np.nan
        kept[column] = kept[column].mask(is_open, missing)
    return kept


def _cut_facts(frame: pd.DataFrame, cutoff: pd.Timestamp) -> pd.DataFrame:
    known_from = frame["known_from"].fillna(frame["valid_from"])
    begun = (frame["valid_from"] < cutoff) & (known_from < cutoff)
    kept = frame[begun].reset_index(drop=True)
    kept["valid_to"] = kept["valid_to"].where(kept["valid_to"] < cutoff)
    kept["known_to"] = kept["known_to"].where(kept["known_to"] < cutoff)
    return kept


def _cut_versions(frame: pd.DataFrame, cutoff: pd.Timestamp) -> pd.DataFrame:
    known = frame["known_from"].isna() | (frame["known_from"] < cutoff)
    kept = frame[known].reset_index(drop=True)
    kept["known_to"] = kept["known_to"].where(kept["known_to"] < cutoff)
    return kept


def _existing(frame: pd.DataFrame, key: str, seen: list[str]) -> pd.DataFrame:
    return frame[frame[key].isin(seen)].reset_index(drop=True)


def _customers_seen(kept: dict[str, pd.DataFrame]) -> list[str]:
    created = kept["customers"]
    holders = ("customer_values", "orders", "jobs", "roles", "owners", "tickets", "opportunities", "leads")
    columns = [kept[name]["customer_id"] for name in (*holders, "interactions", "invoices")]
    columns += [kept["links"]["start_id"], kept["links"]["end_id"]]
    return list(pd.concat([created.loc[created["created_at"].notna(), "customer_id"], *columns]).unique())


def _products_seen(kept: dict[str, pd.DataFrame]) -> list[str]:
    return list(
        pd.concat([kept[name]["product_id"] for name in ("lines", "product_values", "interests")]).unique()
    )
