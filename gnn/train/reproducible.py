"""The same seed gives the same numbers: torch's randomness, determinism and threads, set for one block."""

from collections.abc import Iterator
from contextlib import contextmanager

import torch


@contextmanager
def reproducible(seed: int, threads: int = 2) -> Iterator[None]:
    """Seed torch without touching the caller's generator.

    And refuse operations that are not deterministic.
    """
    before, used = torch.are_deterministic_algorithms_enabled(), torch.get_num_threads()
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        torch.use_deterministic_algorithms(True)
        torch.set_num_threads(min(threads, used))
        try:
            yield
        finally:
            torch.use_deterministic_algorithms(before)
            torch.set_num_threads(used)
