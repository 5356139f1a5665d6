"""What our company sells: 40 product families of six products each."""

from dataclasses import dataclass

import numpy as np

from simulate.config import Floats, Ints, SimulationConfig
from simulate.streams import stream

FAMILIES = 40
PER_FAMILY = 6
PRODUCTS = FAMILIES * PER_FAMILY


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Products by number; product p belongs to family p // 6."""

    family: Ints
    price: Floats
    popularity: Floats
    """families x 6: how often a product is chosen within its family, all else equal."""
    position: Floats
    """families x 6, from -1 to 1: which taste a product suits."""


def build_catalogue(config: SimulationConfig) -> Catalogue:
    """Draw prices, popularity (Zipf-like within a family) and positions."""
    rng = stream(config.seed, "catalogue")
    level = np.exp(rng.normal(6.0, 0.8, size=FAMILIES))
    popularity = rng.permuted(np.tile(1.0 / np.arange(1, PER_FAMILY + 1) ** 0.5, (FAMILIES, 1)), axis=1)
    return Catalogue(
        family=np.repeat(np.arange(FAMILIES), PER_FAMILY),
        price=np.round(np.repeat(level, PER_FAMILY) * np.exp(rng.normal(0.0, 0.4, size=PRODUCTS)), 2),
        popularity=popularity,
        position=rng.permuted(np.tile(np.linspace(-1.0, 1.0, PER_FAMILY), (FAMILIES, 1)), axis=1),
    )
