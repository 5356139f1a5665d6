"""How much there is to gain: own history, own history with the true relational features, and the oracle.

`python -m tests.simulate.signal` prints the table of docs/decisions/0005-simulated-mechanisms.md. No model of
relgraph takes part: plain logistic regressions over the simulated world itself.
"""

import sys
from datetime import timedelta

import numpy as np
import pandas as pd
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from simulate.config import Bools, Floats, Ints, SimulationConfig
from simulate.oracle import churn_oracle, cross_sell_oracle
from simulate.oracle.churn import auc
from simulate.oracle.cross_sell import ranked_scores
from simulate.world import World, build_world
from tests.simulate.world import simulated

HORIZON = 180


def own_history(world: World, day: int) -> Floats:
    """Recency, and orders of the last 90, 180, 365 days and of all time before `day`, per company."""
    company, when = world.orders.company, world.orders.day
    count, past = world.market.count, world.orders.day < day
    last = np.full(count, -1)
    np.maximum.at(last, company[past], when[past])
    windows = [90, 180, 365, world.config.days]
    orders = [np.bincount(company[past & (when >= day - w)], minlength=count) for w in windows]
    return np.column_stack([day - last, *[np.log1p(found) for found in orders]])


def relational(world: World, day: int) -> Floats:
    """True state before `day`: champion lost, single-threaded, ticket pain, share of linked companies gone
    quiet."""
    period = int(day / world.config.period_days) - 1
    moods = world.moods
    quiet = moods.orders[:, period - 4 : period + 1].sum(axis=1) == 0
    linked = world.market.links.mean(quiet.astype(np.float64))
    return np.column_stack(
        [~moods.champion[:, period], moods.single[:, period], moods.pain[:, period], linked]
    )


def churned(world: World, day: int) -> Bools:
    """No order within the horizon from `day`, per company."""
    when = world.orders.day
    inside = (when >= day) & (when < day + HORIZON)
    orders = np.bincount(world.orders.company[inside], minlength=world.market.count)
    return np.asarray(orders == 0, dtype=np.bool_)


def churn_aucs(world: World) -> tuple[float, float]:
    """AUC of a logistic regression on own history, and with the relational features beside it."""
    cut = world.config.days - HORIZON
    found = []
    for with_links in (False, True):

        def features(day: int, links: bool = with_links) -> Floats:
            own = own_history(world, day)
            return np.column_stack([own, relational(world, day)]) if links else own

        model = make_pipeline(StandardScaler(), LogisticRegression(max_iter=1000))
        train = [
            (features(day), churned(world, day), own_history(world, day)[:, 4] > 0)
            for day in (cut - 180, cut - 360)
        ]
        model.fit(
            np.concatenate([x[had] for x, _, had in train]), np.concatenate([y[had] for _, y, had in train])
        )
        had = own_history(world, cut)[:, 4] > 0
        found.append(auc(churned(world, cut)[had], model.predict_proba(features(cut)[had])[:, 1]))
    return found[0], found[1]


def popularity_recall(world: World) -> float:
    """Recall@20 of the products that most orders of the year before the cut-off hold."""
    cut, orders = world.config.days - HORIZON, world.orders
    company, day = orders.company[orders.line_order], orders.day[orders.line_order]
    shape = (world.market.count, len(world.catalogue.family))
    owned, later = np.zeros(shape, dtype=bool), np.zeros(shape, dtype=bool)
    owned[company[day < cut], orders.line_product[day < cut]] = True
    later[company[day >= cut], orders.line_product[day >= cut]] = True
    wanted: Bools = later & ~owned & owned.any(axis=0)
    counted = owned.any(axis=1) & wanted.any(axis=1)
    recent: Ints = orders.line_product[(day < cut) & (day >= cut - 365)]
    sold = np.bincount(recent, minlength=shape[1]).astype(np.float64)
    recall, _ = ranked_scores(np.tile(sold, (int(counted.sum()), 1)), owned[counted], wanted[counted])
    return float(recall.mean())


def signal(customers: int, seed: int, *, relational_effects: bool) -> dict[str, float]:
    """One row of the table."""
    config = SimulationConfig(customers, seed, relational=relational_effects)
    world = build_world(config)
    out, truth, _ = simulated(config)
    cutoff = config.end - timedelta(days=HORIZON - 1)
    churn = churn_oracle(truth, out, cutoff, HORIZON)
    own, both = churn_aucs(world)
    return {
        "base rate": churn.base_rate or 0.0,
        "own history": own,
        "+ links": both,
        "oracle": churn.metrics["auc"],
        "state": churn.metrics["auc_state"],
        "popularity": popularity_recall(world),
        "oracle recall@20": cross_sell_oracle(truth, out, cutoff, HORIZON).metrics["recall@20"],
    }


def main() -> None:
    """Print the table for five seeds, with and without relational effects."""
    for effects in (True, False):
        rows = {seed: signal(2000, seed, relational_effects=effects) for seed in range(1, 6)}
        table = pd.DataFrame(rows).T
        table.loc["mean"] = table.mean()
        sys.stdout.write(f"relational effects: {effects}\n{table.round(3).to_string()}\n")


if __name__ == "__main__":
    main()
