"""Oracles by simulation: what comes in many futures from the state of the cut-off day, and no knowledge of
which of them came.

They know the rules and the whole state, so nobody who looks at the same past can expect to do better; unlike
the other oracles they do not know how rates went on. Up to the noise of so many futures.
"""

from datetime import date
from pathlib import Path

import numpy as np

from simulate.company.needs import family_weight, product_weight
from simulate.config import Floats, Ints
from simulate.futures import Future, Today, futures, today
from simulate.oracle.churn import auc, who_churned
from simulate.oracle.cross_sell import ranked_scores, who_buys_new
from simulate.oracle.read import OracleScore, Truth, cutoff_day, overlap, read_truth
from simulate.strengths import NEEDS

FUTURES = 200


def foreseen_churn(
    truth_dir: Path, exports_dir: Path, cutoff: date, horizon_days: int, count: int = FUTURES
) -> OracleScore:
    """AUC of the share of futures without a sale, over the customer numbers of `churn_oracle`.

    Raises `TruthMissing`, and `UsageError` when the horizon leaves the history.
    """
    truth, day, now, within = _read(truth_dir, cutoff, horizon_days)
    chance = np.zeros(len(truth.company))
    for future in futures(now, within, truth.config.seed, count):
        chance += (1.0 - truth.share) ** future.orders.sum(axis=1)[truth.company]
    before, churned = who_churned(exports_dir, truth, day, horizon_days)
    metrics = {"auc": auc(churned[before], chance[before])}
    base = float(churned[before].mean())
    return OracleScore("churn", cutoff, horizon_days, int(before.sum()), metrics, base)


def foreseen_cross_sell(
    truth_dir: Path, exports_dir: Path, cutoff: date, horizon_days: int, count: int = FUTURES
) -> OracleScore:
    """Recall@20 and NDCG@20 of the mean chance to be bought, over the customers of `cross_sell_oracle`.

    Raises `TruthMissing`, and `UsageError` when the horizon leaves the history.
    """
    truth, day, now, within = _read(truth_dir, cutoff, horizon_days)
    owned, wanted, counted = who_buys_new(truth_dir, exports_dir, truth, day, horizon_days)
    company, share = truth.company[counted], truth.share[counted]
    suits = _suits(now, company)
    chance = np.zeros((len(counted), suits.shape[1] * suits.shape[2]))
    for future in futures(now, within, truth.config.seed, count):
        lines = _lines_of_families(now, future, company) * share[:, None]
        chance += -np.expm1(-(lines[:, :, None] * suits)).reshape(chance.shape)
    recall, ndcg = ranked_scores(chance, owned[counted], wanted[counted])
    metrics = {"recall@20": float(recall.mean()), "ndcg@20": float(ndcg.mean())}
    return OracleScore("cross-sell", cutoff, horizon_days, len(counted), metrics)


def _read(truth_dir: Path, cutoff: date, horizon_days: int) -> tuple[Truth, int, Today, Floats]:
    """The truth, the day, the company on it, and the part of each period from the day's on in the horizon."""
    truth = read_truth(truth_dir)
    day = cutoff_day(truth, cutoff, horizon_days)
    now, parts = today(truth.config, day), overlap(truth, day, day + horizon_days)
    return truth, day, now, parts[now.period : int(np.flatnonzero(parts)[-1]) + 1]


def _suits(now: Today, company: Ints) -> Floats:
    """Companies x families x products of a family: the chance of each within its family."""
    families = now.catalogue.popularity.shape[0]
    every = [
        product_weight(now.catalogue, np.full(len(company), family), now.taste[company])
        for family in range(families)
    ]
    return np.stack(every, axis=1)


def _lines_of_families(now: Today, future: Future, company: Ints) -> Floats:
    """Companies x families: order lines to be expected within the horizon, given the orders."""
    need, adopted, orders = now.need[company], future.adopted[company], future.orders[company]
    lines = np.zeros_like(need)
    for ahead in range(orders.shape[1]):
        weight = family_weight(need, (now.period + ahead - adopted).astype(np.float64))
        lines += (1.0 + NEEDS.more_lines) * orders[:, [ahead]] * weight / weight.sum(axis=1, keepdims=True)
    return lines
