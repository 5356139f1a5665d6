"""Randomness by name: each subject draws from its own stream, so that a change in one leaves the others as
they were."""

import zlib

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray


def stream(seed: int, name: str) -> Generator:
    """The generator of `name` under `seed`; the same pair always gives the same draws."""
    return np.random.default_rng(np.random.SeedSequence([seed, zlib.crc32(name.encode())]))


def pick_columns(weights: NDArray[np.float64], rng: Generator) -> NDArray[np.int64]:
    """For each row of `weights` (rows x choices, not negative, some positive) one column drawn in
    proportion."""
    edges = np.cumsum(weights, axis=1)
    points = rng.random(len(weights)) * edges[:, -1]
    chosen = (edges <= points[:, None]).sum(axis=1)
    return np.asarray(np.minimum(chosen, weights.shape[1] - 1), dtype=np.int64)
