"""Reading the truth folder and the orders as they stand in the exports."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
import orjson
import pandas as pd

from graph.errors import RelgraphError, UsageError
from simulate.company.market import Links, links_of_pairs
from simulate.config import Floats, Ints, SimulationConfig


class TruthMissing(RelgraphError):
    """The folder is no truth folder of a simulation."""

    def __init__(self, folder: Path) -> None:
        super().__init__(
            f"{folder} holds no truth.json: name the folder that `relgraph simulate` wrote the truth to"
        )


@dataclass(frozen=True, slots=True)
class OracleScore:
    """The best reachable scores at a cut-off: metric → value, over `population` customers."""

    task: str
    cutoff: date
    horizon_days: int
    population: int
    metrics: dict[str, float]
    base_rate: float | None = None


@dataclass(frozen=True, slots=True)
class Truth:
    """The parts of the truth that the oracles need; companies by number, customers by ERP number."""

    first_day: date
    last_day: date
    period_days: float
    config: SimulationConfig
    customer_no: "pd.Index[str]"
    company: Ints
    share: Floats
    rate: Floats


def find_truth(exports: Path) -> Path:
    """The truth folder beside `exports` (`<exports>-truth`).

    Raises `TruthMissing` where there is none.
    """
    folder = exports.absolute().with_name(f"{exports.absolute().name}-truth")
    if not (folder / "truth.json").is_file():
        raise TruthMissing(folder)
    return folder


def read_truth(folder: Path) -> Truth:
    if not (folder / "truth.json").is_file():
        raise TruthMissing(folder)
    about = orjson.loads((folder / "truth.json").read_bytes())
    customers = pd.read_parquet(folder / "customers.parquet")
    return Truth(
        first_day=date.fromisoformat(about["first_day"]),
        last_day=date.fromisoformat(about["last_day"]),
        period_days=float(about["period_days"]),
        config=SimulationConfig(
            about["customers"],
            about["seed"],
            about["dirt"],
            about["relational"],
            date.fromisoformat(about["last_day"]),
        ),
        customer_no=pd.Index(customers["customer_no"]),
        company=customers["company"].to_numpy(dtype=np.int64),
        share=customers["share"].to_numpy(dtype=np.float64),
        rate=pd.read_parquet(folder / "order_rate.parquet").to_numpy(dtype=np.float64),
    )


def read_links(folder: Path, companies: int) -> Links:
    """The links between companies."""
    pairs = pd.read_parquet(folder / "links.parquet")
    return links_of_pairs(companies, pairs["company_a"].to_numpy(), pairs["company_b"].to_numpy())


def read_sales(exports: Path, truth: Truth) -> pd.DataFrame:
    """Sales of known customers with a readable date: columns order, customer (row of `truth`), day (0 =
    first day)."""
    path = exports / "erp" / "sales_orders.csv"
    raw = pd.read_csv(path, dtype=str, usecols=["OrderNo", "CustomerNo", "OrderDate", "OrderType"])
    raw = raw[raw["OrderType"] == "OR"].drop_duplicates("OrderNo")
    day = (
        pd.to_datetime(raw["OrderDate"], format="%Y-%m-%d", errors="coerce") - pd.Timestamp(truth.first_day)
    ).dt.days
    customer = truth.customer_no.get_indexer(pd.Index(raw["CustomerNo"]))
    table = pd.DataFrame({"order": raw["OrderNo"].to_numpy(), "customer": customer, "day": day.to_numpy()})
    return table[(table["customer"] >= 0) & table["day"].notna()].astype({"day": np.int64})


def cutoff_day(truth: Truth, cutoff: date, horizon_days: int) -> int:
    """Day number of `cutoff`.

    Raises `UsageError` when the horizon leaves the history.
    """
    day = (cutoff - truth.first_day).days
    if horizon_days < 1 or day < 1 or day + horizon_days > (truth.last_day - truth.first_day).days + 1:
        raise UsageError(
            f"{cutoff} + {horizon_days} days leaves the history {truth.first_day} … {truth.last_day}"
        )
    return day


def overlap(truth: Truth, begin: float, end: float) -> Floats:
    """Per period, the part of it (0 … 1) that lies between the days `begin` and `end`."""
    edges = np.arange(truth.rate.shape[1] + 1) * truth.period_days
    inside = np.minimum(edges[1:], end) - np.maximum(edges[:-1], begin)
    return np.asarray(np.clip(inside, 0.0, None) / truth.period_days, dtype=np.float64)
