"""Our own people: a reporting tree of sales, technical and service staff, and who looks after which
customer."""

from dataclasses import dataclass

import numpy as np

from simulate.company.market import Market
from simulate.config import Ints, SimulationConfig
from simulate.streams import stream


@dataclass(frozen=True, slots=True)
class Staff:
    """Employees by number; 0 leads, `boss` is -1 for it. `kind`: 0 lead, 1 sales, 2 technical, 3 service."""

    boss: Ints
    kind: Ints
    owner: Ints
    technical: Ints
    service: Ints
    """Per customer: account owner, technical and service employee."""

    @property
    def count(self) -> int:
        return len(self.boss)


def build_staff(config: SimulationConfig, market: Market) -> Staff:
    """One sales person for about 60 customers; a team lead for every eight people."""
    rng = stream(config.seed, "staff")
    workers = max(12, market.count // 40)
    leads = 1 + max(1, workers // 8)
    boss = np.concatenate([[-1], np.zeros(leads - 1), 1 + rng.integers(0, leads - 1, size=workers)]).astype(
        np.int64
    )
    kind = np.concatenate([np.zeros(leads), rng.permutation(np.arange(workers) % 12 // 4 % 3 + 1)]).astype(
        np.int64
    )
    kind[leads : leads + 3] = [1, 2, 3]

    def choose(which: int) -> Ints:
        return rng.choice(np.flatnonzero(kind == which), size=market.count).astype(np.int64)

    return Staff(boss, kind, choose(1), choose(2), choose(3))
