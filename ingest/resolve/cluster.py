"""Clusters of records from weighted pairs, by average linkage: a chain of doubtful pairs joins nothing."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.spatial.distance import squareform

from ingest.resolve.components import components

LARGEST = 1_500
"""Records of one component that are linked at once; larger ones are first cut at higher weights."""
FOR, AGAINST = 12.0, -8.0
"""Bits beyond which one pair's evidence says no more about a cluster."""
NEVER = -100.0
"""Bits between records that are kept apart."""
UNSEEN = -4.0
"""Bits of a pair that no blocking key has brought up."""

Pairs = NDArray[np.int64]
Weights = NDArray[np.float64]


def average_link(
    records: int, pairs: Pairs, weight: Weights, apart: NDArray[np.int64] | None = None
) -> NDArray[np.int64]:
    """The cluster of each record; two clusters join while the mean weight between them is above 0.

    `weight` is log2 of posterior odds. Records of one number in `apart` are kept apart; -1 stands for none.
    """
    label = np.arange(records, dtype=np.int64)
    joined = components(records, pairs[weight > 0.0])
    agreed = _agreed(joined, pairs, weight, apart)
    first = np.unique(joined, return_index=True)[1]
    label = np.where(agreed[joined], first[joined], label)
    open_ones = ~agreed[joined[pairs[:, 0]]]
    for members, inside, value in _parts(joined, pairs[open_ones], weight[open_ones], 0.0):
        kept = None if apart is None else apart[members]
        label[members] = members[_linked(len(members), inside, value, kept)]
    return label


def _agreed(
    joined: NDArray[np.int64], pairs: Pairs, weight: Weights, apart: NDArray[np.int64] | None
) -> NDArray[np.bool_]:
    """For each component whether each two of its records are a pair above 0, and none are kept apart.

    However such a component is joined, every mean is above 0: it is one cluster. Most components are so.
    """
    size = np.bincount(joined)
    above = pairs[weight > 0.0]
    agreed = np.bincount(joined[above[:, 0]], minlength=len(size)) == size * (size - 1) // 2
    if apart is not None:
        told = np.column_stack([joined[apart >= 0], apart[apart >= 0]])
        of_component = np.bincount(np.unique(told, axis=0)[:, 0], minlength=len(size))
        agreed &= of_component == np.bincount(told[:, 0], minlength=len(size))
    return np.asarray(agreed)


def _components(
    records: int, pairs: Pairs, weight: Weights, least: float
) -> Iterator[tuple[NDArray[np.int64], Pairs, Weights]]:
    """Components of pairs above a weight: their records, and their pairs by place among these."""
    joined = components(records, pairs[weight > least])
    yield from _parts(joined, pairs, weight, least)


def _parts(
    joined: NDArray[np.int64], pairs: Pairs, weight: Weights, least: float
) -> Iterator[tuple[NDArray[np.int64], Pairs, Weights]]:
    same = joined[pairs[:, 0]] == joined[pairs[:, 1]]
    pairs, weight = pairs[same], weight[same]
    order = np.argsort(joined[pairs[:, 0]], kind="stable")
    pairs, weight = pairs[order], weight[order]
    by_record = np.argsort(joined, kind="stable")
    starts = np.concatenate([[0], np.cumsum(np.bincount(joined))])
    of_pair = joined[pairs[:, 0]]
    for part in np.unique(of_pair):
        members = by_record[starts[part] : starts[part + 1]]
        first, last = np.searchsorted(of_pair, [part, part + 1])
        place = np.searchsorted(members, pairs[first:last])
        if len(members) > LARGEST:
            for inner, inside, value in _components(len(members), place, weight[first:last], least + 2):
                yield members[inner], inside, value
        else:
            yield members, place, weight[first:last]


def _linked(count: int, pairs: Pairs, weight: Weights, apart: NDArray[np.int64] | None) -> NDArray[np.int64]:
    """For each of `count` records the place of the first record of its cluster."""
    distance = np.full((count, count), -UNSEEN)
    bounded = -np.clip(weight, AGAINST, FOR)
    distance[pairs[:, 0], pairs[:, 1]] = bounded
    distance[pairs[:, 1], pairs[:, 0]] = bounded
    if apart is not None:
        distance[(apart[:, None] == apart) & (apart >= 0)] = -NEVER
    np.fill_diagonal(distance, 0.0)
    tree = linkage(squareform(distance + FOR * (1 - np.eye(count)), checks=False), "average")
    found = fcluster(tree, FOR, "distance")
    _, first, inverse = np.unique(found, return_index=True, return_inverse=True)
    return np.asarray(first[inverse], dtype=np.int64)
