"""How close each answer came to the planted truth, beside the best that anybody could reach."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

import pandas as pd

from gnn.evaluate.run import Task, evaluate
from gnn.snapshot.tables import Log
from gnn.task.calendar import data_end, default_horizon
from graph.batches import batches
from graph.decision_chain.model import DecisionChain
from graph.decision_chain.read import chains
from graph.service import run_sync
from graph.store import Store
from relgraph.demo.company import Company
from simulate.oracle import (
    OracleScore,
    Share,
    churn_oracle,
    cross_sell_oracle,
    share_right,
    true_decision_makers,
    true_managers,
)

METRIC = {"churn": "auc", "cross-sell": "recall@20"}
BASELINE = {"churn": "rfm_logistic", "cross-sell": "popularity"}
CHAINS_AT_ONCE = 100


@dataclass(frozen=True, slots=True)
class Learned:
    """One task judged on a horizon that no model saw: every model's metric, and the oracle's."""

    task: str
    metric: str
    cutoff: str
    horizon_days: int
    population: int
    baseline: str
    selected: str
    models: dict[str, float]
    oracle: float


def learned(log: Log, task: Task, company: Company, seed: int) -> Learned:
    """Judge a task at the last cut-off whose horizon the data cover."""
    horizon = default_horizon(log)
    cutoff = data_end(log) - horizon
    report = evaluate(log, task, cutoff, horizon.days, seed)
    metric = METRIC[task]
    values = {row["model"]: float(row[metric]) for row in report["rows"]}
    best = _oracle(task, company, cutoff, horizon.days)
    return Learned(
        task, metric, report["cutoff"], horizon.days, report["population"],
        BASELINE[task], report["selected"],
        values, best.metrics[metric],
    )  # fmt: skip


def _oracle(task: Task, company: Company, cutoff: pd.Timestamp, horizon_days: int) -> OracleScore:
    day: date = cutoff.date()
    best = churn_oracle if task == "churn" else cross_sell_oracle
    return best(company.truth, company.exports, day, horizon_days)


def decision_makers(store: Store, company: Company, now: datetime) -> Share:
    """Largest open opportunity of every customer: is the chain's first decision maker the true one?"""
    customers = [row["customer_id"] for row in store.read("demo.open_deals")]
    answered: dict[str, str | None] = {}
    for batch in batches(customers, CHAINS_AT_ONCE):
        found = run_sync(store, chains, customer_ids=batch, now=now)
        answered |= {_key(c.opportunity_id): _decides(c) for c in found.values() if c.opportunity_id}
    return share_right(true_decision_makers(company.truth), answered, set(answered))


def reporting_lines(store: Store, company: Company) -> Mapping[str, Share]:
    """Are the superiors the true ones: those that the CRM states, and those inferred where it states none?"""
    truth = true_managers(company.truth)
    shares = {}
    for basis in ("observed", "inferred"):
        rows = store.read("demo.managers", basis=basis)
        answered: dict[str, str | None] = {_key(row["contact_id"]): _key(row["manager_id"]) for row in rows}
        shares[basis] = share_right(truth, answered, set(answered))
    return shares


def _decides(chain: DecisionChain) -> str | None:
    return next((_key(m.contact_id) for m in chain.members if m.role == "decision_maker"), None)


def _key(typed: str | None) -> str:
    return (typed or "").partition(":")[2]


def as_rows(tasks: list[Learned], deciders: Share, lines: Mapping[str, Share]) -> dict[str, Any]:
    """Plain values for the report."""
    return {
        "learned": [asdict(task) for task in tasks],
        "decision_makers": {"right": deciders.right, "answered": deciders.answered, "asked": deciders.known},
        "reporting_lines": {
            basis: {"right": share.right, "answered": share.answered} for basis, share in lines.items()
        },
    }
