"""Orders and their lines."""

from dataclasses import dataclass

import numpy as np
from numpy.random import Generator

from simulate.company.catalogue import PER_FAMILY, Catalogue
from simulate.company.mood import Moods
from simulate.company.needs import Needs, family_weight, product_weight
from simulate.config import Floats, Ints, SimulationConfig
from simulate.streams import pick_columns, stream
from simulate.strengths import NEEDS

CHUNK = 100_000


@dataclass(frozen=True, slots=True)
class Orders:
    """Orders in order of time: company and day (0 = first day). Lines: order number, line number, product,
    quantity."""

    company: Ints
    day: Ints
    line_order: Ints
    line_number: Ints
    line_product: Ints
    line_quantity: Ints
    line_price: Floats


def number_within(group: Ints) -> Ints:
    """1, 2, … within each run of equal values of `group` (sorted)."""
    first = np.searchsorted(group, group, side="left")
    return np.arange(len(group)) - first + 1


def events_in_time(counts: Ints, config: SimulationConfig, rng: Generator) -> tuple[Ints, Ints]:
    """Company and day of each event of a companies x periods matrix of counts, in order of time."""
    company, period = np.nonzero(counts)
    times = counts[company, period]
    company, period = np.repeat(company, times), np.repeat(period, times)
    day = np.floor((period + rng.random(len(period))) * config.period_days).astype(np.int64)
    order = np.lexsort((company, day))
    return company[order], np.minimum(day[order], config.days - 1)


def choose_products(
    company: Ints, period: Floats, needs: Needs, catalogue: Catalogue, rng: Generator
) -> Ints:
    """One product per row, drawn from the true intensities of `company` at `period`."""
    chosen = []
    for begin in range(0, len(company), CHUNK):
        who, when = company[begin : begin + CHUNK], period[begin : begin + CHUNK]
        weight = family_weight(needs.need[who], when[:, None] - needs.adopted[who])
        family = pick_columns(weight, rng)
        within = pick_columns(product_weight(catalogue, family, needs.taste[who]), rng)
        chosen.append(family * PER_FAMILY + within)
    return np.concatenate(chosen) if chosen else np.zeros(0, dtype=np.int64)


def build_orders(config: SimulationConfig, moods: Moods, needs: Needs, catalogue: Catalogue) -> Orders:
    """Draw the days of the orders and what stands on their lines."""
    rng = stream(config.seed, "orders")
    company, day = events_in_time(moods.orders, config, rng)
    line_order = np.repeat(np.arange(len(company)), 1 + rng.poisson(NEEDS.more_lines, size=len(company)))
    product = choose_products(
        company[line_order], np.floor(day[line_order] / config.period_days), needs, catalogue, rng
    )
    keep = np.unique(line_order * len(catalogue.family) + product, return_index=True)[1]
    line_order, product = line_order[keep], product[keep]
    price = catalogue.price[product] * rng.uniform(0.85, 1.0, size=len(product))
    return Orders(
        company=company,
        day=day,
        line_order=line_order,
        line_number=number_within(line_order) * 10,
        line_product=product,
        line_quantity=1 + rng.geometric(0.2, size=len(product)),
        line_price=np.round(price, 2),
    )
