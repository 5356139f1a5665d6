"""What is learned, over several simulated companies: every candidate beside the baselines and the oracle.

Each company is made, loaded through `relgraph ingest` into a fresh embedded engine and read back; the tasks
are judged at the last cut-off whose horizon its data cover.
"""

import shutil
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
from scipy import stats

from bench.company import Exports, simulated
from bench.engines import bed
from bench.report import Cell, Table
from gnn.calendar import default_horizon
from gnn.snapshot import Log, read_log
from gnn.tasks import find_task
from graph.store import open_store
from relgraph.demo.closeness import ORACLES, learned
from simulate.oracle import FUTURES, find_truth

OWN: Mapping[str, tuple[str, ...]] = {
    "churn": (
        "recency", "rfm_logistic", "order_logistic", "gradient_boosting", "purchase_process", "process_blend",
    ),
    "cross-sell": ("popularity", "recent_popularity", "own_blend", "ease_text_trend"),
}  # fmt: skip
"""Candidates that look at a customer's own history (and at what sells at all), never along a link."""
LONG_DAYS = 180
EVAL_SEED = 7
LIFT = "selected − best own-history model"
NETWORK_LIFT = "gnn − best own-history model"
FORESEEN = f"oracle by {FUTURES} futures"
CLOSED = f"share of the gap to the {FORESEEN} closed"
SAME: Mapping[str, tuple[str, str]] = {
    "churn": ("relational_boosting", "gradient_boosting"),
    "cross-sell": ("blend", "own_blend"),
}
"""The same learner with and without what links and people tell: what relations add, and nothing else."""


@dataclass(frozen=True, slots=True)
class Judged:
    """One task on one company: metric per line of the table; `selected`, both oracles and lifts too."""

    relational: bool
    task: str
    horizon: str
    population: int
    values: Mapping[str, float]


def measure_quality(customers: int, seeds: int, folder: Path, *, relational: bool) -> list[Table]:
    """One table per task, horizon and kind of company; seeds 1 … `seeds`."""
    results = [
        judged
        for seed in range(1, seeds + 1)
        for judged in _company(customers, seed, folder / str(seed), relational_effects=relational)
    ]
    kinds = dict.fromkeys((judged.relational, judged.task, judged.horizon) for judged in results)
    return [_table(kind, results, customers, seeds) for kind in kinds]


def _company(customers: int, seed: int, folder: Path, *, relational_effects: bool) -> list[Judged]:
    exports = simulated(customers, folder / "exports", seed, relational_effects=relational_effects)
    log = _loaded(exports, folder / "home")
    judged = [
        Judged(relational_effects, task, name, *_judge(log, task, days, exports))
        for name, days in (("180 days", LONG_DAYS), ("default horizon", default_horizon(log).days))
        for task in ORACLES
    ]
    shutil.rmtree(folder, ignore_errors=True)
    summary = ", ".join(f"{one.task} {one.values['selected']:.3f}" for one in judged)
    sys.stderr.write(f"seed {seed}, relational effects {relational_effects}: {summary}\n")
    return judged


def _loaded(exports: Exports, home: Path) -> Log:
    with bed("embedded", home) as engine:
        engine.relgraph("ingest", str(exports.path), "--mapping", str(exports.mapping))
        with open_store(engine.config) as store:
            return read_log(store)


def _judge(log: Log, task: str, days: int, exports: Exports) -> tuple[int, dict[str, float]]:
    horizon, truth = pd.Timedelta(days=days), find_truth(exports.path)
    judged = learned(log, task, horizon, truth, exports.path, EVAL_SEED)
    values, selected = judged.models, judged.models[judged.selected]
    own = max(values[name] for name in OWN[task])
    more, less = SAME[task]
    lifts = {LIFT: selected - own, f"{more} − {less}": values[more] - values[less]}
    lifts |= {NETWORK_LIFT: values["gnn"] - own} if "gnn" in values else {}
    lifts |= {CLOSED: (selected - own) / (judged.foreseen - own)}
    oracles = {"oracle": judged.oracle, FORESEEN: judged.foreseen}
    return judged.population, values | {"selected": selected} | oracles | lifts


def paired(differences: pd.Series) -> str:
    """Student's 95% interval of the mean over the companies, on each of which both sides were judged."""
    if len(differences) < 2:
        return ""
    values = differences.to_numpy(dtype=float)
    reach = float(stats.t.ppf(0.975, len(values) - 1) * stats.sem(values))
    mean = float(values.mean())
    return f"{mean - reach:+.3f} … {mean + reach:+.3f}"


def _table(kind: tuple[bool, str, str], results: Iterable[Judged], customers: int, seeds: int) -> Table:
    relational, task, horizon = kind
    same = [one for one in results if (one.relational, one.task, one.horizon) == kind]
    values = pd.DataFrame([one.values for one in same])
    rows: list[tuple[Cell, ...]] = [
        (
            str(name),
            f"{column.mean():.3f}",
            f"{column.min():.3f} … {column.max():.3f}",
            paired(column) if "−" in str(name) or name == CLOSED else "",
        )
        for name, column in values.items()
    ]
    counted = [one.population for one in same]
    effects = "with" if relational else "without"
    return Table(
        title=f"{task}, {horizon}, {customers:,} customers {effects} relational effects",
        columns=(
            "model",
            f"{find_task(task).metric}, mean of {seeds} seeds",
            "lowest … highest",
            "paired 95% interval",
        ),
        rows=rows,
        notes=(
            f"{min(counted):,} … {max(counted):,} customers counted; "
            "trained before the last cut-off whose horizon the data cover; `selected` won on validation.",
            f"Own history: {', '.join(OWN[task])}. The oracle knows the planted rates; "
            "that by futures the state of the cut-off day.",
            "The interval of a difference is Student's over the companies, both sides on each.",
            f"{' − '.join(SAME[task])}: one learner with and without relations; about 0 in the control.",
        ),
    )
