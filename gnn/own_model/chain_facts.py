"""Who decides at a customer and how it stands with us, in columns, as known at a cut-off."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from gnn.features.feature_set import FeatureSet
from gnn.features.history import Ints
from gnn.features.neighbours import org_adjacency
from gnn.features.people import HALF_YEAR

DECIDING = ("decision_maker", "economic_buyer", "approver")


def chain_facts(features: FeatureSet, rows: Ints, people: Mapping[str, str]) -> pd.DataFrame:
    """A row per customer row: people by name where `people` knows it, else by id.

    Columns: `contacts` (at work there), `decide`, `champions`, `left` (within 182 days), `talking` (contacts
    that talked with us within 182 days), `owners` (of us), `open_tickets`, `linked_companies`.
    """
    history, jobs = features.history, features.people.jobs
    here = jobs["left"].isna().to_numpy()
    gone = (jobs["left"] <= HALF_YEAR).to_numpy()
    talking = here & (features.people.talk_counts(0, HALF_YEAR) > 0)
    roles = history.log["roles"]
    roles = roles[roles["valid_to"].isna()].assign(row=lambda frame: history.rows(frame["customer_id"]))
    owners = history.log["owners"]
    owners = owners[owners["valid_to"].isna()].assign(row=lambda frame: history.rows(frame["customer_id"]))
    tickets = history.log["tickets"]
    still = history.rows(tickets.loc[tickets["closed_at"].isna(), "customer_id"])
    size = len(history.customers)
    deciding, champions = roles[roles["role"].isin(DECIDING)], roles[roles["role"] == "champion"]
    columns: dict[str, Ints | dict[int, str]] = {
        "contacts": _count(jobs.loc[here, "row"], size),
        "decide": _named(deciding["row"], deciding["contact_id"], people),
        "champions": _named(champions["row"], champions["contact_id"], people),
        "left": _named(jobs.loc[gone, "row"], jobs.loc[gone, "contact_id"], people),
        "talking": _count(jobs.loc[talking, "row"], size),
        "owners": _named(owners["row"], owners["employee_id"], people),
        "open_tickets": _count(pd.Series(still), size),
        "linked_companies": np.diff(org_adjacency(history).indptr),
    }
    return pd.DataFrame(
        {
            name: [column.get(int(row), "") for row in rows] if isinstance(column, dict) else column[rows]
            for name, column in columns.items()
        }
    )


def _count(rows: pd.Series, size: int) -> Ints:
    known = rows.to_numpy()
    return np.bincount(known[known >= 0], minlength=size).astype(np.int64)


def _named(rows: pd.Series, ids: pd.Series, people: Mapping[str, str]) -> dict[int, str]:
    """Per customer row the people, separated by commas."""
    found: dict[int, list[str]] = {}
    for row, identity in sorted(set(zip(rows.tolist(), ids.tolist(), strict=True))):
        found.setdefault(int(row), []).append(people.get(identity, identity))
    return {row: ", ".join(names) for row, names in found.items()}
