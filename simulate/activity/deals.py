"""Opportunities: what they are about, how they end, and who plays which part in the decision."""

from dataclasses import dataclass
from typing import get_args

import numpy as np
from numpy.random import Generator

from graph.model import Role
from simulate.activity.orders import choose_products, events_in_time
from simulate.company.catalogue import Catalogue
from simulate.company.market import Market
from simulate.company.needs import Needs
from simulate.company.people import People
from simulate.config import PERIODS, Bools, Floats, Ints, SimulationConfig
from simulate.streams import stream

OPENED = 0.065
"""Opportunities that open per company and period."""
ROLES = get_args(Role)[:7]
"""All but gatekeepers: nobody keeps a gate in this company's deals."""
DECISION_MAKER, ECONOMIC, TECHNICAL, USER, INFLUENCER, CHAMPION, BLOCKER = range(7)
ROLE_OF_DEPARTMENT = np.array([INFLUENCER, ECONOMIC, ECONOMIC, TECHNICAL, TECHNICAL, USER, INFLUENCER])
"""By department: management, procurement, finance, IT, engineering, production, quality."""


@dataclass(frozen=True, slots=True)
class Deals:
    """Opportunities in order of opening; parts (who has which role and stance); lines (what it is about)."""

    company: Ints
    opened: Ints
    closes: Ints
    """Day of the decision; later than the last day of history: still open."""
    planned: Ints
    """Day of the decision as the seller plans it, mostly too early; it passes while the deal is open."""
    won: Bools
    amount: Floats
    line_deal: Ints
    line_product: Ints
    line_quantity: Ints
    line_price: Floats
    part_deal: Ints
    part_job: Ints
    part_role: Ints
    part_stance: Ints


def _crossed(company: Ints, day: Ints, people: People) -> tuple[Ints, Ints]:
    """Every pair of an event and a first job of its company that is held on its day: event, job."""
    sizes = people.size[company]
    event = np.repeat(np.arange(len(company)), sizes)
    within = np.arange(len(event)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    job = people.first[company[event]] + within
    here = people.present(job, day[event])
    return event[here], job[here]


def _roles(deal: Ints, job: Ints, opened: Ints, people: People, rng: Generator) -> tuple[Ints, Bools]:
    """Role of each pair, and whether the person takes part at all."""
    authority = np.array([1.0, 0.85, 0.45, 0.1, 0.0])[people.level[job]] + rng.uniform(
        0.0, 0.7, size=len(job)
    )
    order = np.lexsort((-authority, deal))
    top = order[np.searchsorted(deal[order], np.unique(deal), side="left")]
    role = ROLE_OF_DEPARTMENT[people.department[job]].copy()
    role[rng.random(len(job)) < 0.07] = BLOCKER
    day = opened[deal]
    reigning = (people.champion_from[job] <= day) & (day < people.champion_to[job])
    role[reigning] = CHAMPION
    role[top] = DECISION_MAKER
    takes_part = (rng.random(len(job)) < 0.65) | reigning
    takes_part[top] = True
    return role, takes_part


def _stances(role: Ints, rng: Generator) -> Ints:
    """From -2 to 2: champions 2, blockers -1 or -2, others around a mild yes."""
    drawn = np.clip(np.rint(rng.normal(0.3, 0.9, size=len(role))), -2, 2).astype(np.int64)
    return np.select([role == CHAMPION, role == BLOCKER], [2, rng.integers(-2, 0, size=len(role))], drawn)


def _won(deal: Ints, stance: Ints, count: int, rng: Generator) -> Bools:
    """Deals are won with the log-odds 1.5 · mean stance - 0.6."""
    people = np.maximum(np.bincount(deal, minlength=count), 1)
    support = np.bincount(deal, weights=stance, minlength=count) / people
    return np.asarray(rng.random(count) < 1.0 / (1.0 + np.exp(-(1.5 * support - 0.6))), dtype=np.bool_)


@dataclass(frozen=True, slots=True)
class _Lines:
    deal: Ints
    product: Ints
    quantity: Ints
    price: Floats


def _lines(company: Ints, period: Floats, needs: Needs, catalogue: Catalogue, rng: Generator) -> _Lines:
    deal = np.repeat(np.arange(len(company)), 1 + rng.poisson(1.0, size=len(company)))
    product = choose_products(company[deal], period[deal], needs, catalogue, rng)
    price = np.round(catalogue.price[product] * rng.uniform(0.8, 1.0, size=len(product)), 2)
    return _Lines(deal, product, 5 + rng.geometric(0.05, size=len(product)), price)


def _planned(seed: int, opened: Ints, closes: Ints) -> Ints:
    """A seller's plan: 0.85 of the time it takes in the median, with a spread of half of it."""
    share = 0.85 * np.exp(stream(seed, "plans").normal(0.0, 0.4, size=len(opened)))
    return opened + np.maximum(np.rint((closes - opened) * share), 7).astype(np.int64)


def build_deals(
    config: SimulationConfig, market: Market, needs: Needs, catalogue: Catalogue, people: People
) -> Deals:
    """Draw opportunities, their parts and lines; a champion helps to win, a blocker hinders."""
    rng = stream(config.seed, "deals")
    here = np.arange(PERIODS)[None, :] >= market.joined[:, None]
    company, opened = events_in_time(rng.poisson(OPENED, size=here.shape) * here, config, rng)
    deal, job = _crossed(company, opened, people)
    role, takes_part = _roles(deal, job, opened, people, rng)
    deal, job, role = deal[takes_part], job[takes_part], role[takes_part]
    stance = _stances(role, rng)
    lines = _lines(company, np.floor(opened / config.period_days), needs, catalogue, rng)
    amount = np.bincount(lines.deal, weights=lines.price * lines.quantity, minlength=len(company))
    closes = opened + 20 + rng.gamma(2.0, 35.0, size=len(opened)).astype(np.int64)
    return Deals(
        company=company,
        opened=opened,
        closes=closes,
        planned=_planned(config.seed, opened, closes),
        won=_won(deal, stance, len(company), rng),
        amount=np.asarray(np.round(amount, 2), dtype=np.float64),
        line_deal=lines.deal,
        line_product=lines.product,
        line_quantity=lines.quantity,
        line_price=lines.price,
        part_deal=deal,
        part_job=job,
        part_role=role,
        part_stance=stance,
    )
