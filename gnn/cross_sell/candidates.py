"""Candidates: the few hundred products per customer that a learned ranker looks at closely."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import sparse

from gnn.cross_sell.paths import Path
from gnn.cross_sell.scorers import OF_FAMILIES, SCORERS, CandidateScorers, scaled
from gnn.features.history import Floats, Ints
from gnn.side_by_side import side_by_side
from gnn.slices import CELLS, rows_within, slices

LIMIT = 500
PER_CHANNEL = 80
BATCH = 256
BLOCK = 2 * CELLS
"""Numbers of 32 bits that a block of customers × products × scorers holds."""
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
    batch = min(BATCH, rows_within(len(scorers.range) * len(SCORERS), BLOCK))
    paths, bought = scorers.ranged, scorers.owned[:, scorers.range].tocsr()
    parts = side_by_side(lambda part: _pick(paths, bought, part), list(slices(rows, batch)) or [rows])
    places, values, real = (np.concatenate(part) for part in zip(*parts, strict=True))
    return Candidates(rows, scorers.range[places], values, real)


def _pick(
    paths: Mapping[str, Path], bought: sparse.csr_matrix, rows: Ints
) -> tuple[Ints, Floats, npt.NDArray[np.bool_]]:
    values, owned = scaled(paths, rows, bought.shape[1]), dense_mask(bought[rows])
    places = _shortlist(values, owned)
    if places.shape == owned.shape:  # all of them
        return places, _by_customer(values), ~owned
    picked = np.stack([np.take_along_axis(scorer, places, axis=1) for scorer in values])
    return places, _by_customer(picked), ~np.take_along_axis(owned, places, axis=1)


def _by_customer(values: Floats) -> Floats:
    """Rows × products × scorers of scorers × rows × products."""
    return np.ascontiguousarray(values.transpose(1, 2, 0))


def _shortlist(values: Floats, owned: npt.NDArray[np.bool_]) -> Ints:
    """All places where they are few; else each scorer's best, filled up by the scorers' mean; rising.

    Scorers of families name nobody's best: all products of a family are alike to them.
    """
    _, rows, products = values.shape
    if products <= LIMIT:
        return np.broadcast_to(np.arange(products), (rows, products)).copy()
    order = np.where(owned, NEVER, values.mean(axis=0))
    for name, scorer in zip(SCORERS, values, strict=True):
        if name in OF_FAMILIES or not np.ptp(scorer, axis=1).any():
            continue
        masked = np.where(owned, NEVER, scorer)
        best = np.argpartition(-masked, PER_CHANNEL, axis=1)[:, :PER_CHANNEL]
        lifted = np.take_along_axis(order, best, axis=1)
        np.put_along_axis(order, best, np.where(lifted < -1e8, lifted, np.abs(lifted) + 100), axis=1)
    return np.sort(np.argpartition(-order, LIMIT, axis=1)[:, :LIMIT], axis=1)


def dense_mask(matrix: sparse.csr_matrix) -> npt.NDArray[np.bool_]:
    """A sparse 0/1 matrix as dense booleans."""
    return np.asarray(matrix.todense()) > 0
