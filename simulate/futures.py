"""What may come of the simulated company: carried on from the state of a cut-off day, again and again.

The state is all that had happened by then: people, pain, moods, families in use, orders. What moves a company
is drawn anew in every future by the rules that drew the history, of which no later day is looked at.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
from numpy.random import Generator

from simulate.activity.orders import events_in_time
from simulate.company.catalogue import Catalogue, build_catalogue
from simulate.company.market import Links, Market, build_market
from simulate.company.mood import Moods, State, build_moods, course, step, usual_rate
from simulate.company.needs import NEVER, build_needs, taken_up
from simulate.config import PERIODS, Floats, Ints, SimulationConfig
from simulate.streams import stream


@dataclass(frozen=True, slots=True)
class Today:
    """All companies on the morning of a day within `period`, of which the part `over` has passed."""

    relational: bool
    market: Market
    catalogue: Catalogue
    usual: Floats
    period: int
    over: float
    state: State
    """At the end of `period`, its orders included: they are drawn again from the day on."""
    rate: Floats
    """Orders per period, in this one."""
    begun: Ints
    """Orders of this period before the day."""
    need: Floats
    taste: Floats
    adopted: Ints
    """Companies x families: the period of take-up; NEVER where it is not before the next one."""

    @property
    def links(self) -> Links | None:
        """Those that matter to take-up."""
        return self.market.links if self.relational else None


@dataclass(frozen=True, slots=True)
class Future:
    """Companies x periods, the running one first: orders within the horizon; adopted: as they took up."""

    orders: Ints
    adopted: Ints


def today(config: SimulationConfig, day: int) -> Today:
    """The company on the morning of a day (0 = the first of the history)."""
    market, period = build_market(config), int(day / config.period_days)
    needs, moods = build_needs(config, market), build_moods(config, market)
    state, rate = _at_end(config, market, period)
    return Today(
        relational=config.relational,
        market=market,
        catalogue=build_catalogue(config),
        usual=usual_rate(config),
        period=period,
        over=day / config.period_days - period,
        state=state,
        rate=rate,
        begun=_begun(config, moods, period, day),
        need=needs.need,
        taste=needs.taste,
        adopted=np.where(needs.adopted <= period, needs.adopted, NEVER),
    )


def _at_end(config: SimulationConfig, market: Market, period: int) -> tuple[State, Floats]:
    for number, state, (_, rate, _) in course(config, market):
        if number == period:
            return replace(state), rate
    raise ValueError(f"period {period} is not within the {PERIODS} of the history")


def _begun(config: SimulationConfig, moods: Moods, period: int, day: int) -> Ints:
    """Orders of a period before the day, as the history has them; a day of two periods counts here."""
    company, on = events_in_time(moods.orders, config, stream(config.seed, "orders"))
    inside = (on >= np.floor(period * config.period_days)) & (on < day)
    return np.bincount(company[inside], minlength=moods.orders.shape[0])


def futures(now: Today, horizon: Floats, seed: int, count: int) -> Iterator[Future]:
    """Futures; horizon: of the running period and those behind it, the part (0 … 1) that lies within."""
    for number in range(count):
        yield _future(now, horizon, stream(seed, f"future {number}"))


def _future(now: Today, horizon: Floats, rng: Generator) -> Future:
    state, adopted, here = replace(now.state), now.adopted, now.market.joined <= now.period
    orders = [np.where(here, rng.poisson(now.rate * (1.0 - now.over)), 0)]
    drawn = np.where(here, (now.begun + orders[0]) / now.usual, state.past_orders[:, -1])
    state.past_orders = np.column_stack([state.past_orders[:, :-1], drawn])
    for ahead in range(1, len(horizon)):
        adopted = taken_up(now.need, adopted, now.period + ahead, now.links, rng)
        _, _, made = step(state, now.market, now.usual, rng, relational=now.relational)
        orders.append(np.where(now.market.joined <= now.period + ahead, made, 0))
    left = np.array([1.0 - now.over, *np.ones(len(horizon) - 1)])
    inside = np.clip(horizon / left, 0.0, 1.0)
    return Future(rng.binomial(np.column_stack(orders), inside), adopted)
