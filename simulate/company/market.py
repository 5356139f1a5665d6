"""Which companies there are, and how they are linked: industries, groups, partners."""

from dataclasses import dataclass

import numpy as np
from numpy.random import Generator

from simulate.config import PERIODS, Bools, Floats, Ints, SimulationConfig
from simulate.streams import stream

INDUSTRIES = 12
REGIONS = 16


@dataclass(frozen=True, slots=True)
class Links:
    """Undirected links as two directed edges each; `source` influences `target`."""

    source: Ints
    target: Ints
    degree: Floats

    def mean(self, value: Floats) -> Floats:
        """Mean of `value` (one per company) over each company's linked companies; 0 where there are none."""
        total = np.bincount(self.target, weights=value[self.source], minlength=len(self.degree))
        return total / np.maximum(self.degree, 1.0)

    def mean_columns(self, values: Floats) -> Floats:
        """`mean` of every column of a companies x columns matrix."""
        return np.column_stack([self.mean(values[:, column]) for column in range(values.shape[1])])


@dataclass(frozen=True, slots=True)
class Market:
    """Companies by number 0 … n-1; `parent` is -1 where there is none; `joined` is a period (0 = from the
    start)."""

    industry: Ints
    region: Ints
    english: Bools
    size: Floats
    parent: Ints
    partner_a: Ints
    partner_b: Ints
    joined: Ints
    links: Links

    @property
    def count(self) -> int:
        return len(self.industry)


def links_of_pairs(count: int, one: Ints, other: Ints) -> Links:
    """The undirected links of `count` companies given as pairs."""
    source, target = np.concatenate([one, other]), np.concatenate([other, one])
    return Links(source, target, np.bincount(target, minlength=count).astype(np.float64))


def _parents(count: int, rng: Generator) -> Ints:
    """A third of the companies stand in groups of two to five under one parent."""
    members = rng.permutation(count)[: count // 3]
    starts = np.cumsum(rng.integers(2, 6, size=len(members)))
    group = np.searchsorted(starts, np.arange(len(members)), side="right")
    first = np.searchsorted(group, group, side="left")
    parent = np.full(count, -1, dtype=np.int64)
    is_child = first != np.arange(len(members))
    parent[members[is_child]] = members[first[is_child]]
    return parent


def _partners(count: int, rng: Generator) -> tuple[Ints, Ints]:
    """Seven partnerships for ten companies, each pair once."""
    pairs = np.sort(rng.integers(0, count, size=(count * 7 // 10, 2)), axis=1)
    pairs = np.unique(pairs[pairs[:, 0] != pairs[:, 1]], axis=0)
    return pairs[:, 0].astype(np.int64), pairs[:, 1].astype(np.int64)


def build_market(config: SimulationConfig) -> Market:
    """Draw the companies and their links."""
    rng, count = stream(config.seed, "market"), config.customers
    parent = _parents(count, rng)
    industry = rng.integers(0, INDUSTRIES, size=count)
    follows = (parent >= 0) & (rng.random(count) < 0.6)
    industry = np.where(follows, industry[np.maximum(parent, 0)], industry)
    partner_a, partner_b = _partners(count, rng)
    late = rng.random(count) < 0.2
    child = np.flatnonzero(parent >= 0)
    one, other = np.concatenate([parent[child], partner_a]), np.concatenate([child, partner_b])
    return Market(
        industry=industry,
        region=rng.integers(0, REGIONS, size=count),
        english=rng.random(count) < 0.3,
        size=np.exp(rng.normal(5.0, 1.2, size=count)),
        parent=parent,
        partner_a=partner_a,
        partner_b=partner_b,
        joined=np.where(late, rng.integers(1, PERIODS - 4, size=count), 0),
        links=links_of_pairs(count, one, other),
    )
