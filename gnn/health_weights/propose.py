"""A proposal: fitted on earlier days, judged on later ones."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import duckdb
import numpy as np

from gnn.evaluate.bootstrap import interval
from gnn.evaluate.classification import auc
from gnn.features.history import Ints
from gnn.health_weights.fit import (
    PARTS,
    Floats,
    Scale,
    Table,
    fit_scale,
    fit_weights,
    log_losses,
    scores,
    table,
)  # fmt: skip
from graph.errors import RelgraphError
from graph.service import run_sync
from graph.store import Store
from graph.weights.decide import keep_proposal, proposals, weights_at
from graph.weights.model import Judged, Proposal
from graph.weights.readings import readings

HORIZON_DAYS = 120
FITTED, JUDGED = 4, 2
"""Days, a horizon apart: what comes after the last day fitted ends on the first one judged."""
MOST = 400
"""Customers per day: weights of four parts need no more, and each is read as it stood then."""
LEAST_OUTCOMES = 20
"""Customers that stayed, and that did not, without which nothing is fitted or judged."""


class TooFewOutcomes(RelgraphError):
    """There is too little to fit or judge by."""


@dataclass(frozen=True, slots=True)
class Days:
    """The days to fit on and those to judge on, the first first."""

    fitted: tuple[datetime, ...]
    judged: tuple[datetime, ...]


def days_before(now: datetime, horizon_days: int) -> Days:
    """A horizon apart; the horizon of the last one has passed at `now`."""
    back = [now - timedelta(days=horizon_days * number) for number in range(FITTED + JUDGED, 0, -1)]
    return Days(tuple(back[:FITTED]), tuple(back[FITTED:]))


def propose(
    store: Store, connection: duckdb.DuckDBPyConnection, now: datetime, wall: datetime,
    horizon_days: int = HORIZON_DAYS, seed: int = 7, most: int = MOST,
) -> Proposal:  # fmt: skip
    """Fit weights, judge them beside those that stand, and keep that. Raises TooFewOutcomes."""
    days, standing = days_before(now, horizon_days), run_sync(store, weights_at, now)

    def read(some: Sequence[datetime]) -> Table:
        return table(
            [one for day in some for one in readings(store, connection, day, now, horizon_days, most)]
        )

    fitted, later = _enough(read(days.fitted), "fit"), _enough(read(days.judged), "judge")
    values = fit_weights(fitted, standing.values)
    judged = judge(fitted, later, np.array([standing.values[one] for one in PARTS]),
                   np.array([values[one] for one in PARTS]), seed)  # fmt: skip
    earlier = run_sync(store, proposals)
    made = Proposal(
        version=max((one.version for one in earlier), default=0) + 1,
        status="proposed" if judged.gains else "without_gain",
        values=values,
        standing=standing,
        at=now,
        horizon_days=horizon_days,
        fitted_on=tuple(f"{day:%Y-%m-%d}" for day in days.fitted),
        judged_on=tuple(f"{day:%Y-%m-%d}" for day in days.judged),
        readings=len(fitted.stayed),
        judged=judged,
    )
    keep_proposal(store, earlier, made, wall)
    return made


def judge(fitted: Table, later: Table, standing: Floats, proposed: Floats, seed: int) -> Judged:
    """Both weights on the later readings, each with the level and slope that the earlier ones gave it."""
    old, new = (_said(fitted, later, weights) for weights in (standing, proposed))
    losses = [log_losses(later.stayed, chance) for _, chance in (old, new)]
    gain = losses[0] - losses[1]
    of_each = np.bincount(later.customers, gain)
    times = np.bincount(later.customers)

    def mean_gain(customers: Ints) -> float:
        return float(of_each[customers].sum() / times[customers].sum())

    low, high = interval(mean_gain, len(times), seed, rounds=1000)
    return Judged(
        customers=len(times),
        lost=int((later.stayed == 0).sum()),
        loss_standing=float(losses[0].mean()),
        loss_proposed=float(losses[1].mean()),
        gain=float(gain.mean()),
        gain_low=low,
        gain_high=high,
        auc_standing=auc(later.stayed, old[0]),
        auc_proposed=auc(later.stayed, new[0]),
    )


def _said(fitted: Table, later: Table, weights: Floats) -> tuple[Floats, Floats]:
    """The health scores of the later readings, and the chances that they say."""
    scale: Scale = fit_scale(scores(fitted.parts, weights), fitted.stayed)
    health = scores(later.parts, weights)
    return health, scale.chance(health)


def _enough(found: Table, to: str) -> Table:
    stayed = int(found.stayed.sum())
    fewest = min(stayed, len(found.stayed) - stayed)
    if fewest < LEAST_OUTCOMES:
        who = "stayed" if stayed == fewest else "were lost"
        raise TooFewOutcomes(
            f"{fewest} customers that {who} are too few to {to} weights by: at least {LEAST_OUTCOMES} are "
            f"needed, over {FITTED + JUDGED} horizons before now"
        )
    return found
