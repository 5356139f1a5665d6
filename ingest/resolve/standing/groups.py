"""Clusters of the records of an index: all, or those that some records are connected to."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ingest.resolve.cluster import average_link
from ingest.resolve.components import components
from ingest.resolve.standing.compare import Weighed, weigh
from ingest.resolve.standing.index import StandingIndex

WHOLE = 30
"""Members up to which all pairs of a group are weighed, also those that no block has brought up."""


@dataclass(frozen=True, slots=True)
class Groups:
    """Records that likely pairs connect, and their pairs."""

    ids: list[str]
    cluster: NDArray[np.int64]
    """Of each record, a number that those of one cluster share."""
    pairs: NDArray[np.int64]
    """By place in `ids`."""
    weight: NDArray[np.float64]
    levels: NDArray[np.int64]
    """How each column of the model's comparisons agrees, shape (pairs, columns)."""


def groups_of(index: StandingIndex, rows: NDArray[np.int64] | None = None) -> Groups:
    """Of all records that are likely one with another; with `rows`, of these and those connected to them.

    A group's clusters follow from its records alone, whichever of them came first.
    """
    found = index.connection.execute("SELECT one, other, weight FROM pair WHERE weight > 0").fetchnumpy()
    ends = np.column_stack([found["one"], found["other"]]).astype(np.int64)
    asked = np.empty(0, dtype=np.int64) if rows is None else rows
    numbers, place = np.unique(np.concatenate([ends.ravel(), asked]), return_inverse=True)
    joined = components(len(numbers), place[: ends.size].reshape(-1, 2))
    if rows is not None:
        wanted = np.isin(joined, joined[place[ends.size :]])
        numbers, joined = numbers[wanted], joined[wanted]
    return _groups(index, numbers, joined)


def _groups(index: StandingIndex, numbers: NDArray[np.int64], joined: NDArray[np.int64]) -> Groups:
    """The clusters inside the groups. joined: the group of each record."""
    names = index.ids(numbers)
    order = np.argsort(names, kind="stable")
    place = np.empty(len(numbers), dtype=np.int64)
    place[order] = np.arange(len(numbers))
    known = _weighed(index, numbers, joined)
    pairs = np.sort(place[np.searchsorted(numbers, known.pairs)], axis=1)
    cluster = average_link(len(numbers), pairs, known.weight)
    return Groups([names[at] for at in order], cluster, pairs, known.weight, known.levels)


def _weighed(index: StandingIndex, numbers: NDArray[np.int64], joined: NDArray[np.int64]) -> Weighed:
    """All pairs inside small groups, and of the large ones those that stand in the index."""
    members = [numbers[at] for at in _members(joined)]
    small = [np.column_stack(_upper(own)) for own in members if len(own) <= WHOLE]
    made = weigh(index, np.concatenate([np.empty((0, 2), dtype=np.int64), *small]))
    large = [own for own in members if len(own) > WHOLE]
    if not large:
        return made
    stood = index.pairs_among(np.concatenate(large))
    return Weighed(*(np.concatenate(both) for both in zip(made, stood, strict=True)))


def _members(joined: NDArray[np.int64]) -> Iterator[NDArray[np.int64]]:
    order = np.argsort(joined, kind="stable")
    starts = np.flatnonzero(np.diff(joined[order], prepend=-1))
    return iter(np.split(order, starts[1:]))


def _upper(own: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    one, other = np.triu_indices(len(own), 1)
    return own[one], own[other]
