"""Slices of what may be long, for statements that take many rows but not all."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

T = TypeVar("T")


def batches(items: Iterable[T], size: int) -> Iterator[list[T]]:
    """Lists of at most `size` items, in order; none where there are none.

    `itertools.batched` of Python 3.12, for 3.11.
    """
    remaining = iter(items)
    while batch := list(islice(remaining, size)):
        yield batch
