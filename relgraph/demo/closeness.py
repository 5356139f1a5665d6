"""How close each answer came to the planted truth, beside the best that anybody could reach."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import pandas as pd

from gnn.calendar import data_end, default_horizon
from gnn.evaluate.run import evaluate
from gnn.snapshot.tables import Log
from gnn.tasks import find_task
from graph.batches import batches
from graph.decision_chain.model import DecisionChain
from graph.decision_chain.read import chains
from graph.errors import RelgraphError
from graph.service import run_sync
from graph.store import Store
from relgraph.demo.company import Company, simulated_key
from relgraph.demo.roles import Roles
from simulate.oracle import (
    Share,
    churn_oracle,
    cross_sell_oracle,
    foreseen_churn,
    foreseen_cross_sell,
    share_right,
    true_decision_makers,
    true_managers,
)

ORACLES = {
    "churn": (churn_oracle, foreseen_churn),
    "cross-sell": (cross_sell_oracle, foreseen_cross_sell),
}
"""Per task that the simulation plants a truth for: the best that anybody could reach who knew the true rates,
and who knew the state of the cut-off day and drew `FUTURES` futures from it."""
CHAINS_AT_ONCE = 100


@dataclass(frozen=True, slots=True)
class Learned:
    """One task judged on a horizon that no model saw: the metric of models, and the oracle's."""

    task: str
    metric: str
    cutoff: str
    horizon_days: int
    population: int
    baseline: str
    selected: str
    models: dict[str, float]
    oracle: float
    foreseen: float
    """By many futures from the state of the cut-off day."""


@contextmanager
def judging(log: Log, company: Company, seed: int) -> Iterator[Future[list[Learned]]]:
    """Both tasks judged in a process of their own meanwhile: learning uses one core, to be reproducible.

    What comes of it is the same as in this process, and the same before a derive as after it: what a derive
    infers is known from then on, which no cut-off before it sees. `result()` raises RelgraphError.
    """
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as processes:
        yield processes.submit(judged, log, company, seed)


def judged(log: Log, company: Company, seed: int) -> list[Learned]:
    """Every task that the simulation plants a truth for, over the default horizon. Raises RelgraphError.

    Of all models the one that serves and the baseline are judged, since these are shown.
    """
    horizon = default_horizon(log)
    try:
        return [
            learned(log, task, horizon, company.truth, company.exports, seed, [find_task(task).baseline])
            for task in ORACLES
        ]
    except RelgraphError as error:
        raise RelgraphError(str(error)) from error  # its own class may not come through to another process


def learned(
    log: Log,
    name: str,
    horizon: pd.Timedelta,
    truth: Path,
    exports: Path,
    seed: int,
    names: Collection[str] | None = None,
) -> Learned:
    """Judge a task at the last cut-off whose horizon the data cover, beside the oracle of its `truth`.

    names: of the models that are judged beside the one that serves; without them all are.
    """
    task = replace(find_task(name), lift=None)  # what each kind of information adds is not shown
    cutoff = data_end(log) - horizon
    report = evaluate(log, task, cutoff, horizon.days, seed, names=names)
    known, foreseen = (one(truth, exports, cutoff.date(), horizon.days) for one in ORACLES[name])
    return Learned(
        task=name,
        metric=task.metric,
        cutoff=report["cutoff"],
        horizon_days=horizon.days,
        population=report["population"],
        baseline=task.baseline,
        selected=report["selected"],
        models={row["model"]: float(row[task.metric]) for row in report["rows"] if "not_run" not in row},
        oracle=known.metrics[task.metric],
        foreseen=foreseen.metrics[task.metric],
    )


def chains_of_deals(store: Store, now: datetime) -> list[DecisionChain]:
    """The chain of the largest open opportunity of every customer that has one."""
    customers = [row["customer_id"] for row in store.read("demo.open_deals")]
    return [
        chain
        for batch in batches(customers, CHAINS_AT_ONCE)
        for chain in run_sync(store, chains, customer_ids=batch, now=now).values()
        if chain.opportunity_id
    ]


def decision_makers(deals: Sequence[DecisionChain], company: Company) -> Share:
    """Is the first decision maker of each deal's chain the true one?"""
    answered = {simulated_key(chain.opportunity_id): _decides(chain) for chain in deals}
    return share_right(true_decision_makers(company.truth), answered, set(answered))


def reporting_lines(store: Store, company: Company) -> Mapping[str, Share]:
    """Are the superiors the true ones: those that the CRM states, and those inferred where it states none?"""
    truth = true_managers(company.truth)
    shares = {}
    for basis in ("observed", "inferred"):
        rows = store.read("demo.managers", basis=basis)
        answered: dict[str, str | None] = {
            simulated_key(row["contact_id"]): simulated_key(row["manager_id"]) for row in rows
        }
        shares[basis] = share_right(truth, answered, set(answered))
    return shares


def _decides(chain: DecisionChain) -> str | None:
    return next((simulated_key(m.contact_id) for m in chain.members if m.role == "decision_maker"), None)


def as_rows(
    tasks: list[Learned], deciders: Share, lines: Mapping[str, Share], parts: Roles
) -> dict[str, Any]:
    """Plain values for the report."""
    return {
        "roles": asdict(parts),
        "learned": [asdict(task) for task in tasks],
        "decision_makers": {"right": deciders.right, "answered": deciders.answered, "asked": deciders.known},
        "reporting_lines": {
            basis: {"right": share.right, "answered": share.answered} for basis, share in lines.items()
        },
    }
