"""What is true of a simulated company, and from which day on."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pandas as pd

from simulate.config import Floats
from simulate.oracle import true_decision_makers
from simulate.oracle.read import read_truth

FALLEN = 0.5
"""A customer is lost once its true rate of orders is below half of the best of the year before …"""
PERIODS = 3
"""… and stays so for a quarter of a year."""


@dataclass(frozen=True, slots=True)
class Planted:
    """The truth by keys of the CRM, with the days on which things come to pass."""

    account_of: Mapping[str, str]
    """The one account of a company, by any typed id of its records."""
    left: Mapping[tuple[str, str], date]
    """Ends of jobs by contact and account."""
    lost_deals: Mapping[str, date]
    lost_accounts: Mapping[str, tuple[date, ...]]
    """Days from which on the customer was lost; it may have been won back between."""
    deciders: Mapping[str, str]
    """Contact by deal."""


def read_planted(exports: Path, truth: Path) -> Planted:
    """From the exports of the whole history and its truth."""
    return Planted(
        _accounts(truth),
        _left(truth),
        _lost_deals(exports),
        _lost_accounts(truth),
        true_decision_makers(truth),
    )


def _accounts(truth: Path) -> dict[str, str]:
    customers = pd.read_parquet(truth / "customers.parquet")
    doubles = pd.read_parquet(truth / "doubles.parquet")
    first = dict(zip(customers["company"][::-1], customers["account_id"][::-1], strict=True))
    numbers = zip(customers["customer_no"], customers["company"], strict=True)
    found = {f"erp:{number}": str(first[company]) for number, company in numbers}
    found |= {f"crm:{account}": str(account) for account in first.values()}
    of_crm = doubles[doubles["system"] == "crm"]
    pairs = zip(of_crm["id"], of_crm["double_id"], strict=True)
    return found | {f"crm:{double}": str(account) for account, double in pairs}


def _left(truth: Path) -> dict[tuple[str, str], date]:
    jobs = pd.read_parquet(truth / "jobs.parquet")
    ended = jobs[jobs["to"] != ""]
    pairs = zip(ended["contact_id"], ended["account_id"], strict=True)
    return dict(zip(pairs, map(date.fromisoformat, ended["to"]), strict=True))


def _lost_deals(exports: Path) -> dict[str, date]:
    deals = pd.read_csv(exports / "crm" / "Opportunity.csv", dtype=str)
    lost = deals[(deals["IsClosed"] == "true") & (deals["IsWon"] == "false")]
    known = lost.assign(day=pd.to_datetime(lost["CloseDate"], format="%Y-%m-%d", errors="coerce"))
    known = known[known["day"].notna()]
    return dict(zip(known["Id"], known["day"].dt.date, strict=True))


def _lost_accounts(truth: Path) -> dict[str, tuple[date, ...]]:
    about, customers = read_truth(truth), pd.read_parquet(truth / "customers.parquet")
    length = timedelta(days=about.period_days)
    first = customers.drop_duplicates("company")
    return {
        str(account): tuple(about.first_day + period * length for period in falls(about.rate[company]))
        for account, company in zip(first["account_id"], first["company"], strict=True)
    }


def falls(rate: Floats) -> list[int]:
    """The periods from which on the rate is low and stays so."""
    before = [float(np.max(rate[max(period - 12, 0) : period + 1])) for period in range(len(rate))]
    low = [bool(rate[period] < FALLEN * before[period]) for period in range(len(rate))]
    starts = (period for period in range(1, len(rate)) if low[period] and not low[period - 1])
    return [period for period in starts if all(low[period : period + PERIODS])]
