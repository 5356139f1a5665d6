"""The people of each customer: reporting tree, champions who come and go, others who leave, some to
another customer."""

from dataclasses import dataclass

import numpy as np
from numpy.random import Generator

from relgraph.simulate.company.market import Market
from relgraph.simulate.company.mood import Moods
from relgraph.simulate.config import PERIODS, Bools, Ints, SimulationConfig
from relgraph.simulate.streams import stream

FOREVER = 10**6
"""End day of a job that has not ended."""
HEAD, DIRECTOR, MANAGER, SENIOR, STAFF = range(5)
DEPARTMENTS = 7
"""0 general management, 1 procurement, 2 finance, 3 IT, 4 engineering, 5 production, 6 quality."""


@dataclass(frozen=True, slots=True)
class People:
    """Jobs of contacts. Job j < `contacts` is the first job of contact j; later rows are second jobs,
    elsewhere.

    `position` 0 is the head of the customer, larger is lower; `boss` is a job number or -1; days count
    from the
    first day of history and `end` is FOREVER where the job goes on; `champion` marks who was champion there.
    """

    contacts: int
    contact: Ints
    company: Ints
    position: Ints
    level: Ints
    department: Ints
    boss: Ints
    start: Ints
    end: Ints
    champion: Bools
    champion_from: Ints
    champion_to: Ints
    first: Ints
    """First job number of each company."""
    size: Ints
    """First jobs per company."""

    def present(self, job: Ints, day: Ints) -> Bools:
        """Whether `job` is held on `day`."""
        return (self.start[job] <= day) & (day < self.end[job])

    def reigns(self, day: int) -> Bools:
        """Per job: whether its holder is champion on `day`."""
        return (self.champion_from <= day) & (day < self.champion_to)


@dataclass(frozen=True, slots=True)
class _Reigns:
    """Spells of champions: company, order within the company, first day, end day."""

    company: Ints
    rank: Ints
    begin: Ints
    end: Ints


def _reigns(config: SimulationConfig, moods: Moods, rng: Generator) -> _Reigns:
    padded = np.pad(moods.champion.astype(np.int8), ((0, 0), (1, 1)))
    change = np.diff(padded, axis=1)
    company, begin = np.nonzero(change == 1)
    end = np.nonzero(change == -1)[1]
    rank = np.arange(len(company)) - np.searchsorted(company, company, side="left")
    jitter = rng.integers(0, int(config.period_days), size=len(end))
    last = np.where(end == PERIODS, FOREVER, np.floor(end * config.period_days) + jitter).astype(np.int64)
    return _Reigns(company, rank, np.floor(begin * config.period_days).astype(np.int64), last)


def _levels(position: Ints) -> Ints:
    """Seniority by position: one head, one director, two managers, then senior staff and staff."""
    return np.select(
        [position == 0, position == 1, position <= 3, position <= 5], [HEAD, DIRECTOR, MANAGER, SENIOR], STAFF
    )


def _ends(position: Ints, start: Ints, config: SimulationConfig, rng: Generator) -> Ints:
    """One in six of those below the director leaves at some day of the history."""
    leaves = (rng.random(len(position)) < 1.0 / 6.0) & (position > 1)
    day = rng.integers(start + 60, np.maximum(start + 61, config.days))
    return np.where(leaves & (day < config.days), day, FOREVER)


def _moves(
    company: Ints, end: Ints, market: Market, config: SimulationConfig, rng: Generator
) -> tuple[Ints, Ints, Ints]:
    """Of the leavers, two in five start at another customer 20 to 60 days later: contact, company, day."""
    leavers = np.flatnonzero(end < config.days)
    mover = leavers[rng.random(len(leavers)) < 0.4]
    to = rng.integers(0, market.count, size=len(mover))
    day = end[mover] + rng.integers(20, 60, size=len(mover))
    keep = (to != company[mover]) & (day < config.days) & (market.joined[to] == 0)
    return mover[keep], to[keep], day[keep]


def build_people(config: SimulationConfig, market: Market, moods: Moods) -> People:
    """Draw the people so that the champions' spells of `moods` are theirs."""
    rng = stream(config.seed, "people")
    reigns = _reigns(config, moods, rng)
    spells = np.bincount(reigns.company, minlength=market.count)
    size = 3 + spells + rng.poisson(1.2, size=market.count)
    first = np.cumsum(size) - size
    company = np.repeat(np.arange(market.count), size)
    position = np.arange(len(company)) - first[company]
    joined = np.floor(market.joined[company] * config.period_days).astype(np.int64)
    hired_later = (rng.random(len(company)) < 0.2) & (position >= 2 + spells[company])
    start = np.where(
        hired_later, rng.integers(joined, config.days), joined - rng.integers(200, 2500, size=len(company))
    )
    end = _ends(position, np.maximum(start, 0), config, rng)
    champion_job = first[reigns.company] + 2 + reigns.rank
    end[champion_job] = reigns.end
    mover, to, day = _moves(company, end, market, config, rng)
    boss_position = np.floor(rng.random(len(company)) * np.ceil(position / 2.0)).astype(np.int64)
    extra = len(mover)
    spell_from, spell_to = np.full(len(company) + extra, FOREVER), np.full(len(company) + extra, -FOREVER)
    spell_from[champion_job], spell_to[champion_job] = reigns.begin, reigns.end
    position = np.concatenate([position, size[to]])
    return People(
        contacts=len(company),
        contact=np.concatenate([np.arange(len(company)), mover]),
        company=np.concatenate([company, to]),
        position=position,
        level=_levels(position),
        department=np.where(position == 0, 0, rng.integers(1, DEPARTMENTS, size=len(position))),
        boss=np.concatenate(
            [np.where(position[: len(company)] > 0, first[company] + boss_position, -1), first[to] + 1]
        ),
        start=np.concatenate([start, day]),
        end=np.concatenate([end, np.full(extra, FOREVER)]),
        champion=spell_to > -FOREVER,
        champion_from=spell_from,
        champion_to=spell_to,
        first=first,
        size=size,
    )
