"""Latent needs: which product families a company wants, when it takes them up, and which products suit it."""

from dataclasses import dataclass

import numpy as np
from numpy.random import Generator

from simulate.company.catalogue import FAMILIES, Catalogue
from simulate.company.market import Links, Market
from simulate.config import PERIODS, Floats, Ints, SimulationConfig
from simulate.streams import pick_columns, stream
from simulate.strengths import NEEDS

NEVER = 999
"""Adoption period of a family that is not taken up within the history."""


@dataclass(frozen=True, slots=True)
class Needs:
    """Per company: `need` (companies x families, standard normal), `taste` (-1 … 1), `adopted` (period, or
    NEVER)."""

    need: Floats
    taste: Floats
    adopted: Ints


def _shared(market: Market, columns: int, rng: Generator, *, relational: bool) -> Floats:
    """Standard normal values per company, correlated within industries and along links if `relational`."""
    own = rng.standard_normal((market.count, columns))
    if not relational:
        return own
    industry = rng.standard_normal((int(market.industry.max()) + 1, columns))[market.industry]
    seed = rng.standard_normal((market.count, columns))
    degree = market.links.degree[:, None]
    linked = (seed + market.links.mean_columns(seed) * degree) / np.sqrt(1.0 + degree)
    rest = 1.0 - NEEDS.industry_share - NEEDS.link_share
    mixed = NEEDS.industry_share**0.5 * industry + NEEDS.link_share**0.5 * linked + rest**0.5 * own
    return np.asarray(mixed, dtype=np.float64)


def take_up_rate(need: Floats, adopted: Ints, period: int, links: Links | None) -> Floats:
    """Rate per period at which each company takes up each family: h0 · exp(a · need) · (1 + c · linked
    adopters).

    `links` None: the linked companies do not matter. Families already in use have rate 0.
    """
    rate = NEEDS.adoption_rate * np.exp(NEEDS.adoption_need * need)
    if links is not None:
        recent = (adopted < period) & (adopted >= period - NEEDS.adoption_memory)
        rate = rate * (1.0 + NEEDS.adoption_links * links.mean_columns(recent.astype(np.float64)))
    else:
        rate = rate * NEEDS.control_adoption
    return np.where(adopted < period, 0.0, rate)


def _first_families(need: Floats, rng: Generator) -> Ints:
    """Families in use before the history starts, at periods -24 … -1."""
    weight = np.exp(NEEDS.adoption_need * need)
    chance = 1.0 - np.exp(-NEEDS.first_families * weight / weight.sum(axis=1, keepdims=True))
    started = rng.random(need.shape) < chance
    started[np.arange(len(need)), pick_columns(weight, rng)] = True
    return np.where(started, rng.integers(-24, 0, size=need.shape), NEVER)


def build_needs(config: SimulationConfig, market: Market) -> Needs:
    """Draw needs and tastes, then let families be taken up period by period."""
    rng = stream(config.seed, "needs")
    need = _shared(market, FAMILIES, rng, relational=config.relational)
    taste = np.tanh(_shared(market, 1, rng, relational=config.relational)[:, 0])
    adopted = _first_families(need, rng)
    links = market.links if config.relational else None
    for period in range(PERIODS):
        adopted = taken_up(need, adopted, period, links, rng)
    return Needs(need, taste, adopted)


def taken_up(need: Floats, adopted: Ints, period: int, links: Links | None, rng: Generator) -> Ints:
    """`adopted` after one more period, in which further families are taken up."""
    chance = 1.0 - np.exp(-take_up_rate(need, adopted, period, links))
    return np.where(rng.random(need.shape) < chance, period, adopted)


def family_weight(need: Floats, age: Floats) -> Floats:
    """Weight of families of `age` periods since take-up (negative: not in use, weight 0)."""
    boost = np.where(age < NEEDS.rollout_periods, NEEDS.rollout_boost, 1.0)
    return np.where(age >= 0, np.exp(NEEDS.family_need * need) * boost, 0.0)


def product_weight(catalogue: Catalogue, family: Ints, taste: Floats) -> Floats:
    """Rows x 6: chance of each product within `family` for a customer of `taste`; rows sum to 1."""
    distance = catalogue.position[family] - taste[:, None]
    weight = catalogue.popularity[family] * np.exp(-((distance / NEEDS.taste_width) ** 2) / 2.0) + 1e-6
    return np.asarray(weight / weight.sum(axis=1, keepdims=True), dtype=np.float64)
