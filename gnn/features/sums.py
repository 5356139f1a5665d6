"""Counts and sums per row number: the small arithmetic under every feature."""

import numpy as np
import numpy.typing as npt

from gnn.features.history import Floats, Ints


def count(rows: Ints, size: int, where: npt.NDArray[np.bool_] | None = None) -> Floats:
    """How often each row number occurs; negative numbers are ignored."""
    kept = rows >= 0 if where is None else (rows >= 0) & where
    return np.bincount(rows[kept], minlength=size).astype(np.float32)


def total(rows: Ints, values: npt.NDArray[np.floating], size: int) -> Floats:
    """Sum of values per row number; missing values and negative numbers are ignored."""
    kept = (rows >= 0) & np.isfinite(values)
    return np.bincount(rows[kept], weights=values[kept], minlength=size).astype(np.float32)


def lowest(rows: Ints, values: npt.NDArray[np.floating], size: int, default: float) -> Floats:
    """Smallest value per row number, `default` where there is none."""
    result = np.full(size, np.inf)
    kept = (rows >= 0) & np.isfinite(values)
    np.minimum.at(result, rows[kept], values[kept])
    return np.where(np.isfinite(result), result, default).astype(np.float32)


def highest(rows: Ints, values: npt.NDArray[np.floating], size: int, default: float) -> Floats:
    """Largest value per row number, `default` where there is none."""
    return -lowest(rows, -values, size, -default)


def distinct(rows: Ints, things: Ints, size: int) -> Floats:
    """Number of different things per row number."""
    kept = (rows >= 0) & (things >= 0)
    width = int(things.max(initial=0)) + 1
    pairs = np.unique(rows[kept] * np.int64(width) + things[kept])
    return np.bincount(pairs // width, minlength=size).astype(np.float32)


def ratio(now: Floats, before: Floats) -> Floats:
    """Logarithm of (now + 1) ÷ (before + 1): 0 for no change, symmetric for growth and decline."""
    return (np.log1p(now) - np.log1p(before)).astype(np.float32)


def share(part: Floats, whole: Floats) -> Floats:
    """part ÷ whole, 0 where the whole is 0."""
    return np.divide(part, whole, out=np.zeros_like(part), where=whole > 0)
