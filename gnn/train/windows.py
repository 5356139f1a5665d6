"""Label windows: a scene, the customers counted in it and what became of them."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from gnn.features.past import Ints
from gnn.features.scene import Scene, scene
from gnn.snapshot.tables import Log
from gnn.task.calendar import Plan

NET_WINDOWS = 3
"""Networks learn from the newest windows only; older ones cost as much and tell less."""


@dataclass(frozen=True)
class Scenes:
    """The scenes of a plan: one per training window, and the one at the evaluation cut-off."""

    plan: Plan
    train: tuple[Scene, ...]
    valid: Scene | None
    final: Scene


def scenes(known: Log, plan: Plan) -> Scenes:
    """Scenes of all windows; `known` must already be cut at the plan's cut-off."""
    final = scene(known, plan.cutoff, plan.horizon)

    def at(cutoff: pd.Timestamp) -> Scene:
        return scene(known, cutoff, plan.horizon, final.industries)

    valid = None if plan.valid is None else at(plan.valid)
    return Scenes(plan, tuple(at(cutoff) for cutoff in plan.train), valid, final)


def halves(rows: Ints, seed: int) -> tuple[Ints, Ints]:
    """The rows in two parts, 70% and 30%, drawn by seed: for when only one window fits."""
    order = np.random.default_rng(seed).permutation(len(rows))
    edge = max(1, int(0.7 * len(rows)))
    return np.sort(rows[order[:edge]]), np.sort(rows[order[edge:]])
