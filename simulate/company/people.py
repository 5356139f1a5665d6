"""The people of each customer: reporting tree, champions who come and go, others who leave, some to
another customer."""

from dataclasses import dataclass

import numpy as np
from numpy.random import Generator

from simulate.company.market import Market
from simulate.company.mood import Moods
from simulate.config import PERIODS, Bools, Ints, SimulationConfig
from simulate.streams import stream

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

    def superior(self, job: Ints, day: Ints) -> Ints:
        """The nearest superior of `job` who is there on `day`; -1 where there is none."""
        boss = self.boss[job]
        gone = (boss >= 0) & ~self.present(boss, day)
        while gone.any():
            boss = np.where(gone, self.boss[boss], boss)
            gone = (boss >= 0) & ~self.present(boss, day)
        return boss

    def champions_on(self, day: int) -> Bools:
        """Per job: whether its holder is champion on `day`."""
        return (self.champion_from <= day) & (day < self.champion_to)


@dataclass(frozen=True, slots=True)
class _Tenures:
    """Spells of champions: company, order within the company, first day, end day."""

    company: Ints
    rank: Ints
    begin: Ints
    end: Ints


def _tenures(config: SimulationConfig, moods: Moods, rng: Generator) -> _Tenures:
    padded = np.pad(moods.champion.astype(np.int8), ((0, 0), (1, 1)))
    change = np.diff(padded, axis=1)
    company, begin = np.nonzero(change == 1)
    end = np.nonzero(change == -1)[1]
    rank = np.arange(len(company)) - np.searchsorted(company, company, side="left")
    jitter = rng.integers(0, int(config.period_days), size=len(end))
    last = np.where(end == PERIODS, FOREVER, np.floor(end * config.period_days) + jitter).astype(np.int64)
    return _Tenures(company, rank, np.floor(begin * config.period_days).astype(np.int64), last)


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


@dataclass(frozen=True, slots=True)
class _First:
    """First jobs: company, position, boss, start, end; per company the first job and how many there are."""

    company: Ints
    position: Ints
    boss: Ints
    start: Ints
    end: Ints
    first: Ints
    size: Ints


def _first_jobs(config: SimulationConfig, market: Market, tenures: _Tenures, rng: Generator) -> _First:
    """Everybody's first job; each spell of a champion has a person of its own, from position 2 on."""
    spells = np.bincount(tenures.company, minlength=market.count)
    size = 3 + spells + rng.poisson(1.2, size=market.count)
    first = np.cumsum(size) - size
    company = np.repeat(np.arange(market.count), size)
    position = np.arange(len(company)) - first[company]
    joined = np.floor(market.joined[company] * config.period_days).astype(np.int64)
    hired_later = (rng.random(len(company)) < 0.2) & (position >= 2 + spells[company])
    earlier = joined - rng.integers(200, 2500, size=len(company))
    start = np.where(hired_later, rng.integers(joined, config.days), earlier)
    end = _ends(position, np.maximum(start, 0), config, rng)
    end[first[tenures.company] + 2 + tenures.rank] = tenures.end
    above = np.floor(rng.random(len(company)) * np.ceil(position / 2.0)).astype(np.int64)
    return _First(
        company, position, np.where(position > 0, first[company] + above, -1), start, end, first, size
    )


@dataclass(frozen=True, slots=True)
class _Moves:
    """Second jobs: who starts where, on which day."""

    contact: Ints
    company: Ints
    start: Ints


def _moves(jobs: _First, market: Market, config: SimulationConfig, rng: Generator) -> _Moves:
    """Of the leavers, two in five start at another customer 20 to 60 days later."""
    leavers = np.flatnonzero(jobs.end < config.days)
    mover = leavers[rng.random(len(leavers)) < 0.4]
    to = rng.integers(0, market.count, size=len(mover))
    day = jobs.end[mover] + rng.integers(20, 60, size=len(mover))
    keep = (to != jobs.company[mover]) & (day < config.days) & (market.joined[to] == 0)
    return _Moves(mover[keep], to[keep], day[keep])


def _spells(tenures: _Tenures, jobs: _First, count: int) -> tuple[Ints, Ints]:
    """First and last day of each job's spell as champion; an empty span where there was none."""
    job = jobs.first[tenures.company] + 2 + tenures.rank
    begin, end = np.full(count, FOREVER), np.full(count, -FOREVER)
    begin[job], end[job] = tenures.begin, tenures.end
    return begin, end


def build_people(config: SimulationConfig, market: Market, moods: Moods) -> People:
    """Draw the people so that the champions' spells of `moods` are theirs."""
    rng = stream(config.seed, "people")
    tenures = _tenures(config, moods, rng)
    jobs = _first_jobs(config, market, tenures, rng)
    moves = _moves(jobs, market, config, rng)
    position = np.concatenate([jobs.position, jobs.size[moves.company]])
    begin, end = _spells(tenures, jobs, len(position))
    return People(
        contacts=len(jobs.company),
        contact=np.concatenate([np.arange(len(jobs.company)), moves.contact]),
        company=np.concatenate([jobs.company, moves.company]),
        position=position,
        level=_levels(position),
        department=np.where(position == 0, 0, rng.integers(1, DEPARTMENTS, size=len(position))),
        boss=np.concatenate([jobs.boss, jobs.first[moves.company] + 1]),
        start=np.concatenate([jobs.start, moves.start]),
        end=np.concatenate([jobs.end, np.full(len(moves.contact), FOREVER)]),
        champion=end > -FOREVER,
        champion_from=begin,
        champion_to=end,
        first=jobs.first,
        size=jobs.size,
    )
