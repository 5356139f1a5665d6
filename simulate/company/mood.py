"""Why customers leave: the disaffection of each company, period by period, and the orders that follow from
it.

Log-odds of disaffection D = base + lost champion + single-threading + ticket pain + falling orders
+ linked companies' disaffection of the last periods + own mood. Order rate = r · (1 - (1 - floor) · D).
Nobody is gone for ever: a company that is won back orders again.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.random import Generator

from simulate.company.market import Market
from simulate.config import PERIODS, Bools, Floats, Ints, SimulationConfig
from simulate.streams import stream
from simulate.strengths import CHURN, PEOPLE

BURN_IN = 12


@dataclass(frozen=True, slots=True)
class Moods:
    """Companies x periods: champion present, single-threaded, ticket pain, disaffection, order rate,
    orders."""

    champion: Bools
    single: Bools
    pain: Floats
    disaffection: Floats
    rate: Floats
    """Orders per period."""
    orders: Ints


@dataclass(slots=True)
class State:
    """Of all companies at the end of a period. A step puts new arrays in the place of the old ones."""

    champion: Bools
    single: Bools
    pain: Floats
    mood: Floats
    past_orders: Floats
    """Companies x last 6 periods: orders over what is usual."""
    push: Floats
    """Companies x lag: what the links push towards leaving, newest last."""


def _first_state(count: int, rng: Generator) -> State:
    return State(
        champion=rng.random(count) < 0.85,
        single=rng.random(count) < 0.2,
        pain=np.zeros(count),
        mood=rng.standard_normal(count),
        past_orders=np.ones((count, 6)),
        push=np.zeros((count, CHURN.lag + 1)),
    )


def _people_step(state: State, rng: Generator) -> None:
    """Champions leave and are found, threads narrow and widen, pain strikes and fades."""
    count = len(state.mood)
    draw = rng.random((3, count))
    state.champion = np.where(
        state.champion, draw[0] >= PEOPLE.champion_leaves, draw[0] < PEOPLE.champion_found
    )
    state.single = np.where(state.single, draw[1] >= PEOPLE.widens, draw[1] < PEOPLE.narrows)
    shock = np.where(draw[2] < PEOPLE.pain_strikes, rng.gamma(2.0, 1.0, size=count), 0.0)
    state.pain = PEOPLE.pain_memory * state.pain + shock
    memory = CHURN.mood_memory
    state.mood = memory * state.mood + np.sqrt(1.0 - memory**2) * rng.standard_normal(count)


def _link_push(state: State, market: Market) -> Floats:
    """What people, tickets and linked companies push now: lost champion, one contact, pain, quiet
    neighbours."""
    quiet = state.past_orders[:, -CHURN.quiet_periods :].sum(axis=1) == 0
    people = CHURN.lost_champion * ~state.champion + CHURN.single_threaded * state.single
    linked = market.links.mean(quiet.astype(np.float64))
    return people + CHURN.ticket_pain * state.pain + CHURN.linked * linked


def _log_odds(state: State, market: Market, *, relational: bool) -> Floats:
    """Log-odds of disaffection; what the links push is felt `lag` periods later."""
    own = CHURN.falling_orders * np.clip(1.0 - state.past_orders.mean(axis=1), 0.0, 1.0)
    if not relational:
        return np.asarray(CHURN.control_base + own + CHURN.control_mood_sd * state.mood, dtype=np.float64)
    state.push = np.column_stack([state.push[:, 1:], _link_push(state, market)])
    return np.asarray(CHURN.base + own + state.push[:, 0] + CHURN.mood_sd * state.mood, dtype=np.float64)


def step(
    state: State, market: Market, usual: Floats, rng: Generator, *, relational: bool
) -> tuple[Floats, Floats, Ints]:
    """The next period: disaffection, order rate and orders of each company; `state` is then of its end."""
    _people_step(state, rng)
    odds = _log_odds(state, market, relational=relational)
    disaffection = 1.0 / (1.0 + np.exp(-odds))
    rate = usual * (1.0 - (1.0 - CHURN.floor) * disaffection)
    orders = rng.poisson(rate)
    state.past_orders = np.column_stack([state.past_orders[:, 1:], orders / usual])
    return disaffection, rate, orders


def usual_rate(config: SimulationConfig) -> Floats:
    """Orders per period of each company when content: log-normal."""
    draw = stream(config.seed, "usual rate").normal(0.0, CHURN.rate_sigma, size=config.customers)
    return np.asarray(CHURN.rate_median / 12.0 * np.exp(draw), dtype=np.float64)


def course(
    config: SimulationConfig, market: Market
) -> Iterator[tuple[int, State, tuple[Floats, Floats, Ints]]]:
    """Period after period of a burn-in year and the history: its number, the state at its end, its `step`."""
    rng, usual = stream(config.seed, "mood"), usual_rate(config)
    state = _first_state(market.count, rng)
    for period in range(-BURN_IN, PERIODS):
        yield period, state, step(state, market, usual, rng, relational=config.relational)


def build_moods(config: SimulationConfig, market: Market) -> Moods:
    """Run the companies through a burn-in year and the history; before a company joined its rate is 0."""
    kept = [
        (state.champion, state.single, state.pain, *result)
        for period, state, result in course(config, market)
        if period >= 0
    ]
    columns = [np.column_stack(column) for column in zip(*kept, strict=True)]
    here = np.arange(PERIODS)[None, :] >= market.joined[:, None]
    champion, single, pain, disaffection, rate, orders = columns
    return Moods(champion.astype(bool), single.astype(bool), pain, disaffection, rate * here, orders * here)
