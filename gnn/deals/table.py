"""The deals or leads that are open at a cut-off, with what was known of each just before it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt
import pandas as pd

from gnn.features.feature_set import FeatureSet
from gnn.features.history import DAY, Doubles, Floats, History, Ints, newest_values
from gnn.features.sums import count, share, total

Kind = Literal["Opportunity", "Lead"]
TABLES: Mapping[Kind, tuple[str, str]] = {
    "Opportunity": ("opportunities", "opportunity_id"),
    "Lead": ("leads", "lead_id"),
}
"""The table of a kind, and its key."""
WON = frozenset(
    {"won", "converted", "qualified", "closed won", "closed - converted", "赢单", "已转化", "转化", "成交"}
)
"""Outcomes by which a lead became business; a deal's are `won` and `lost`."""
DECIDERS = ("decision_maker", "economic_buyer", "approver")
USUAL_WINS, USUAL_DEALS = 0.5, 2.0
"""A customer's share of deals won is counted as if so many had ended, that share of them well."""


@dataclass(frozen=True)
class DealTable:
    """One row per open deal, by id; `groups` names the columns by where they come from."""

    ids: pd.Index
    account: Ints
    """Row number of its customer, −1 where none is known."""
    values: Floats
    groups: Mapping[str, tuple[str, ...]]
    stages: npt.NDArray[np.object_]
    """None where not known as of the cut-off."""
    stated: float
    """The share of them of which some source row was known just before the cut-off."""

    @property
    def names(self) -> tuple[str, ...]:
        """Names of all columns."""
        return tuple(name for names in self.groups.values() for name in names)

    def columns(self, *groups: str) -> Floats:
        """The columns of these groups."""
        wanted = set(self.names_of(*groups))
        return self.values[:, [place for place, name in enumerate(self.names) if name in wanted]]

    def names_of(self, *groups: str) -> tuple[str, ...]:
        """Names of the columns of these groups, in their order."""
        wanted = {name for group in groups for name in self.groups[group]}
        return tuple(name for name in self.names if name in wanted)


def open_deals(history: History, kind: Kind) -> pd.DataFrame:
    """Those opened before the cut-off and not closed yet, by id."""
    table, key = TABLES[kind]
    frame = history.log[table]
    still = frame[frame["closed_at"].isna() & frame["opened_at"].notna()]
    return still.drop_duplicates(key).sort_values(key, ignore_index=True)


def days_open(ended: pd.DataFrame) -> pd.Series:
    """Days from opening to closing."""
    return (ended["closed_at"] - ended["opened_at"]).dt.total_seconds() / 86_400


def won(frame: pd.DataFrame) -> npt.NDArray[np.bool_]:
    """Per row whether it ended well."""
    return np.asarray(frame["outcome"].isin(WON), dtype=np.bool_)


def deal_table(features: FeatureSet, kind: Kind) -> DealTable:
    """Everything that the models of deals look at."""
    history, (_, key) = features.history, TABLES[kind]
    deals = open_deals(history, kind)
    ids: pd.Index = pd.Index(deals[key])
    account = history.rows(deals["customer_id"])
    versions = history.log["deal_values"]
    versions = versions[versions["kind"] == kind].drop(columns="kind")
    values = newest_values(versions, "deal_id", ids)
    parts: dict[str, dict[str, Floats | Doubles]] = {
        "deal": _deal(history, deals, account, kind),
        "chain": _chain(history, ids),
        "stated": _stated(history, values),
        "account": _account(features, account),
    }
    columns = [column for part in parts.values() for column in part.values()]
    return DealTable(
        ids,
        account,
        np.stack(columns, axis=1).astype(np.float32) if len(ids) else np.zeros((0, len(columns)), np.float32),
        {group: tuple(part) for group, part in parts.items()},
        np.asarray(values["stage"].astype(object).where(values["stage"].notna(), None), dtype=object),
        float(ids.isin(versions["deal_id"]).mean()) if len(ids) else 1.0,
    )


def _deal(history: History, deals: pd.DataFrame, account: Ints, kind: Kind) -> dict[str, Floats | Doubles]:
    """How old it is, for itself and for its kind, and how the customer's earlier ones ended."""
    every = history.log[TABLES[kind][0]]
    ended = every[every["closed_at"].notna()]
    age = history.age(deals["opened_at"])
    usual = float(days_open(ended).median() if len(ended) else history.horizon / DAY)
    size, well = history.shape[0], won(ended)
    rows = history.rows(ended["customer_id"])
    wins, ends = count(rows, size, well), count(rows, size)
    known = account >= 0
    place = np.maximum(account, 0)
    rate = share(wins + USUAL_WINS * USUAL_DEALS, ends + USUAL_DEALS)
    return {
        "age": np.log1p(age),
        "age_for_its_kind": np.clip(np.log((age + 1) / (usual + 1)), -4, 4),
        "deals_before": np.where(known, np.log1p(ends[place]), 0) if size else np.zeros(len(age)),
        "won_before": np.where(known, rate[place], USUAL_WINS) if size else np.full(len(age), USUAL_WINS),
        "of_a_customer": known.astype(np.float64),
    }


def _chain(history: History, ids: pd.Index) -> dict[str, Floats | Doubles]:
    """Who decides, and how they stand, as far as somebody stated it."""
    roles = history.log["deal_roles"]
    roles = roles[roles["valid_to"].isna()]
    rows = np.asarray(ids.get_indexer(pd.Index(roles["opportunity_id"])), dtype=np.int64)
    stance = roles["stance"].to_numpy(dtype=np.float64)
    stated, size = np.isfinite(stance), len(ids)
    decides = roles["role"].isin(DECIDERS).to_numpy()
    return {
        "people": np.log1p(count(rows, size)),
        "champions": count(rows, size, roles["role"].eq("champion").to_numpy()),
        "blockers": count(rows, size, roles["role"].eq("blocker").to_numpy()),
        "decider_known": np.minimum(count(rows, size, decides), 1),
        "stances": count(rows, size, stated),
        "stance": share(total(rows, stance, size), count(rows, size, stated) + 1),
        "decider_stance": total(rows, np.where(decides, stance, np.nan), size),
    }


def _stated(history: History, values: pd.DataFrame) -> dict[str, Floats | Doubles]:
    """Amount and planned end, as its source stated them then."""
    amount = values["amount"].to_numpy(dtype=np.float64)
    ahead = -history.age(values["expected_at"])
    return {
        "amount": np.nan_to_num(np.log1p(np.maximum(amount, 0))),
        "amount_known": np.isfinite(amount).astype(np.float64),
        "due_in": np.nan_to_num(np.clip(ahead / 30, -12, 12)),
        "overdue": (ahead < 0).astype(np.float64),
        "due_known": np.isfinite(ahead).astype(np.float64),
    }


def _account(features: FeatureSet, account: Ints) -> dict[str, Floats | Doubles]:
    """The customer's own features; 0 where no customer is known."""
    table = features.table
    known = account >= 0
    values = np.zeros((len(account), len(table.names)), np.float32)
    values[known] = table.values[account[known]]
    return {f"account.{name}": values[:, place] for place, name in enumerate(table.names)}
