"""Candidates: the few hundred products per customer that a learned ranker looks at closely."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import sparse

from gnn.cross_sell.scorers import SCORERS, CandidateScorers
from gnn.features.history import Floats, Ints
from gnn.slices import rows_within, slices

LIMIT = 500
PER_CHANNEL = 80
BATCH = 256
NEVER = np.float32(-1e9)


@dataclass(frozen=True)
class Candidates:
    """Per customer row the candidates' columns, their scores, and which are real (not owned, not padding)."""

    rows: Ints
    columns: Ints
    values: Floats
    real: npt.NDArray[np.bool_]


def candidates(scorers: CandidateScorers, rows: Ints) -> Candidates:
    """The candidates of the given customers: shapes [n], [n, C], [n, C, scorers], [n, C].

    Customers are looked at in blocks, so that customers × products × scorers are never held together.
    """
    batch = min(BATCH, rows_within(len(scorers.range) * len(SCORERS)))
    parts = [_pick(scorers, part) for part in slices(rows, batch)] or [_pick(scorers, rows)]
    columns, values, real = (np.concatenate(part) for part in zip(*parts, strict=True))
    return Candidates(rows, columns, values, real)


def _pick(scorers: CandidateScorers, rows: Ints) -> tuple[Ints, Floats, npt.NDArray[np.bool_]]:
    values = scorers.scaled(rows)
    owned = dense_mask(scorers.owned[rows][:, scorers.range])
    places = _shortlist(values, owned)
    picked = np.take_along_axis(values, places[:, :, None], axis=1)
    return scorers.range[places], picked, ~np.take_along_axis(owned, places, axis=1)


def _shortlist(values: Floats, owned: npt.NDArray[np.bool_]) -> Ints:
    """All places where they are few; else each scorer's best, filled up by the scorers' mean; rising."""
    rows, products, _ = values.shape
    if products <= LIMIT:
        return np.broadcast_to(np.arange(products), (rows, products)).copy()
    order = np.where(owned, NEVER, values.mean(axis=2))
    for scorer in np.flatnonzero(np.ptp(values, axis=1).max(axis=0) > 0):
        masked = np.where(owned, NEVER, values[:, :, scorer])
        best = np.argpartition(-masked, PER_CHANNEL, axis=1)[:, :PER_CHANNEL]
        lifted = np.take_along_axis(order, best, axis=1)
        np.put_along_axis(order, best, np.where(lifted < -1e8, lifted, np.abs(lifted) + 100), axis=1)
    return np.sort(np.argpartition(-order, LIMIT, axis=1)[:, :LIMIT], axis=1)


def dense_mask(matrix: sparse.csr_matrix) -> npt.NDArray[np.bool_]:
    """A sparse 0/1 matrix as dense booleans."""
    return np.asarray(matrix.todense()) > 0
