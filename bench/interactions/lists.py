"""Lists of the best items, and how good they are."""

import numpy as np
from scipy import sparse

from bench.interactions.graph_filter import Floats
from gnn.evaluate.ranking import K, hits, ndcg, recall
from gnn.features.history import Doubles, Ints


def best_items(scores: Floats, owned: sparse.csr_matrix, size: int) -> Ints:
    """The `size` best items per row in no order; owned ones only where there are too few others."""
    masked = np.array(scores, dtype=np.float32)
    masked[owned.nonzero()] = -np.inf
    size = min(size, masked.shape[1])
    return np.asarray(np.argpartition(masked, masked.shape[1] - size, axis=1)[:, -size:], dtype=np.int64)


def top_items(scores: Floats, owned: sparse.csr_matrix) -> Ints:
    """The best 20 items per row, best first, −1 where fewer are not owned."""
    masked = np.array(scores, dtype=np.float32)
    masked[owned.nonzero()] = -np.inf
    found = np.sort(best_items(masked, owned, K), axis=1)
    values = np.take_along_axis(masked, found, axis=1)
    order = np.argsort(-values, axis=1, kind="stable")
    return np.where(
        np.isneginf(np.take_along_axis(values, order, axis=1)), -1, np.take_along_axis(found, order, axis=1)
    )


def judged(lists: Ints, wanted: sparse.csr_matrix, count: Ints) -> tuple[Doubles, Doubles]:
    """Recall@20 and NDCG@20 per row; `count` are all wanted items, those that no list can hold included."""
    found = hits(lists, wanted)
    return recall(found, count), ndcg(found, count)


def quality(lists: Ints, wanted: sparse.csr_matrix) -> float:
    """Mean of recall@20 and NDCG@20 over the rows."""
    recalls, gains = judged(lists, wanted, np.diff(wanted.indptr).astype(np.int64))
    return float((recalls.mean() + gains.mean()) / 2)
