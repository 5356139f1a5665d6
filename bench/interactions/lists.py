"""Lists of the best items, and how good they are."""

import numpy as np
import torch
from scipy import sparse

from bench.interactions.graph_filter import Floats
from gnn.evaluate.ranking import K, hits, ndcg, recall
from gnn.features.history import Doubles, Ints


def without_owned(scores: Floats, owned: sparse.csr_matrix) -> Floats:
    """The same scores, with −∞ where an item is owned already; written where they stand."""
    scores[owned.nonzero()] = -np.inf
    return scores


def best_items(masked: Floats, size: int) -> Ints:
    """The `size` best items per row, in no order; owned ones only where there are too few others."""
    size = min(size, masked.shape[1])
    return np.asarray(torch.topk(torch.from_numpy(masked), size, sorted=False).indices.numpy())


def top_items(masked: Floats, among: Ints | None = None) -> Ints:
    """The best 20 items per row, best first, −1 where fewer are not owned.

    among: items per row that hold the best 20, where they are known already.
    """
    found = np.sort(best_items(masked, K) if among is None else among, axis=1)
    values = np.take_along_axis(masked, found, axis=1)
    order = np.argsort(-values, axis=1, kind="stable")[:, :K]
    none_left = np.isneginf(np.take_along_axis(values, order, axis=1))
    return np.where(none_left, -1, np.take_along_axis(found, order, axis=1))


def judged(lists: Ints, wanted: sparse.csr_matrix, count: Ints) -> tuple[Doubles, Doubles]:
    """Recall@20 and NDCG@20 per row; `count` are all wanted items, those that no list can hold included."""
    found = hits(lists, wanted)
    return recall(found, count), ndcg(found, count)


def quality(lists: Ints, wanted: sparse.csr_matrix) -> float:
    """Mean of recall@20 and NDCG@20 over the rows."""
    recalls, gains = judged(lists, wanted, np.diff(wanted.indptr).astype(np.int64))
    return float((recalls.mean() + gains.mean()) / 2)
