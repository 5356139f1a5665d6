"""Work on independent parts, some at a time: each part on one thread, so that no sum depends on the cores."""

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

import torch
from threadpoolctl import threadpool_limits

WORKERS = 2
Part = TypeVar("Part")
Done = TypeVar("Done")


def side_by_side(work: Callable[[Part], Done], parts: Iterable[Part]) -> list[Done]:
    """What the work makes of every part, in their order.

    What several parts read must be there before: two threads would work out a cached property twice.
    """
    with threadpool_limits(1), ThreadPoolExecutor(WORKERS, initializer=_one_thread) as pool:
        return list(pool.map(work, parts))


def _one_thread() -> None:
    torch.set_num_threads(1)
