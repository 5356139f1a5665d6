"""Mail and meetings: who writes to whom, and who is in copy.

Contacts in touch write with the account owner and team; the boss of a contact stands in copy (so that
copies show
the reporting line); an open opportunity adds mail by role, with the decision maker in copy. A single-threaded
customer writes through one person only. A mail to somebody who has left bounces.
"""

from dataclasses import dataclass

import numpy as np
from numpy.random import Generator

from simulate.activity.deals import DECISION_MAKER, Deals
from simulate.company.mood import Moods
from simulate.company.people import People
from simulate.company.staff import Staff
from simulate.config import PERIODS, Bools, Floats, Ints, SimulationConfig
from simulate.streams import stream

NOBODY = -1
BY_POSITION = np.array([0.04, 0.1, 0.17, 0.17, 0.14, 0.14])
"""Mails per period with a contact at position 0, 1, …; the last holds for all below."""
CHAMPION_MAILS = 0.45
SINGLE_MAILS = 0.65
BY_ROLE = np.array([0.6, 0.6, 1.0, 0.8, 0.5, 1.6, 0.3])
"""Mails per opportunity with decision maker, economic, technical, user, influencer, champion, blocker."""


@dataclass(frozen=True, slots=True)
class Messages:
    """Mails in order of time: minute (from the first day 00:00), job and employee who wrote or was written
    to.

    `inbound`: the contact wrote. `copied_job`, `copied_staff`: in copy, or NOBODY. `bounced`: not delivered.
    """

    minute: Ints
    job: Ints
    staff: Ints
    inbound: Bools
    copied_job: Ints
    copied_staff: Ints
    bounced: Bools
    deal: Ints
    """The opportunity it belongs to, or NOBODY; not exported."""


@dataclass(frozen=True, slots=True)
class Meetings:
    """Meetings: minute, length, organiser (employee), two contacts (jobs; NOBODY for the second),
    opportunity."""

    minute: Ints
    length: Ints
    organiser: Ints
    job: Ints
    second_job: Ints
    deal: Ints


def sole_contact(people: People, day: int) -> Ints:
    """Per company the one job that a narrowed customer writes through: the reigning champion, else the
    director."""
    sole = people.first + 1
    reigning = np.flatnonzero(people.champions_on(day))
    sole[people.company[reigning]] = reigning
    return sole


def contact_rates(config: SimulationConfig, people: People, moods: Moods, period: int) -> Floats:
    """Mails of each job in `period`: the observable trace of champions, single-threading and seniority."""
    middle = int((period + 0.5) * config.period_days)
    jobs = np.arange(len(people.company))
    usual = BY_POSITION[np.minimum(people.position, len(BY_POSITION) - 1)]
    usual = np.where(people.champions_on(middle), CHAMPION_MAILS, usual)
    is_sole = sole_contact(people, middle)[people.company] == jobs
    narrowed = np.where(is_sole, SINGLE_MAILS, 0.0)
    rate = np.where(moods.single[people.company, period], narrowed, usual)
    joined = moods.rate[people.company, period] > 0
    return np.asarray(rate * people.present(jobs, np.full(len(jobs), middle)) * joined, dtype=np.float64)


def _minutes(day: Ints, rng: Generator) -> Ints:
    """A minute of office hours (UTC 00:30 to 10:30, which is 08:30 to 18:30 in China) on `day`."""
    return day * 1440 + rng.integers(30, 630, size=len(day))


def _relationship_mails(
    config: SimulationConfig, people: People, moods: Moods, rng: Generator
) -> tuple[Ints, Ints]:
    jobs, days = [], []
    for period in range(PERIODS):
        counts = rng.poisson(contact_rates(config, people, moods, period))
        job = np.repeat(np.arange(len(counts)), counts)
        jobs.append(job)
        days.append(np.floor((period + rng.random(len(job))) * config.period_days).astype(np.int64))
    return np.concatenate(jobs), np.concatenate(days)


def _deal_mails(deals: Deals, config: SimulationConfig, rng: Generator) -> tuple[Ints, Ints, Ints]:
    counts = rng.poisson(BY_ROLE[deals.part_role])
    part = np.repeat(np.arange(len(counts)), counts)
    deal = deals.part_deal[part]
    span = np.minimum(deals.closes[deal], config.days - 1) - deals.opened[deal]
    return (
        deals.part_job[part],
        deals.opened[deal] + np.floor(rng.random(len(part)) * (span + 1)).astype(np.int64),
        deal,
    )


def _mails_after_leaving(people: People, config: SimulationConfig, rng: Generator) -> tuple[Ints, Ints]:
    """Mails sent to people in the four months after they left."""
    gone = np.flatnonzero(people.end < config.days)
    job = np.repeat(gone, rng.poisson(0.6, size=len(gone)))
    return job, people.end[job] + rng.integers(1, 120, size=len(job))


def _copies(job: Ints, day: Ints, inbound: Bools, people: People, rng: Generator) -> Ints:
    """The superior, on 40% of the contact's own mails and 20% of ours."""
    copied = rng.random(len(job)) < np.where(inbound, 0.4, 0.2)
    return np.where(copied, people.superior(job, day), NOBODY)


def _with_deciders(copied: Ints, job: Ints, about: Ints, deals: Deals, rng: Generator) -> Ints:
    """`copied`, but on 30% of the mails about an opportunity its decision maker."""
    decider = np.full(len(deals.company) + 1, NOBODY)
    is_decider = deals.part_role == DECISION_MAKER
    decider[deals.part_deal[is_decider]] = deals.part_job[is_decider]
    asked = (about >= 0) & (rng.random(len(job)) < 0.3) & (decider[about] != job)
    return np.where(asked, decider[about], copied)


def _colleagues(company: Ints, staff: Staff, rng: Generator) -> Ints:
    """Who of us writes: the owner on 70% of the mails, a technical (20%) or service employee on the
    others."""
    who = rng.random(len(company))
    others = np.where(who < 0.9, staff.technical[company], staff.service[company])
    return np.where(who < 0.7, staff.owner[company], others)


def _drafts(
    config: SimulationConfig, people: People, moods: Moods, deals: Deals, rng: Generator
) -> tuple[Ints, Ints, Ints]:
    """Job, minute and opportunity (or NOBODY) of every mail, in order of time."""
    job, day = _relationship_mails(config, people, moods, rng)
    deal_job, deal_day, deal = _deal_mails(deals, config, rng)
    ghost_job, ghost_day = _mails_after_leaving(people, config, rng)
    about = np.concatenate([np.full(len(job), NOBODY), deal, np.full(len(ghost_job), NOBODY)])
    job, day = np.concatenate([job, deal_job, ghost_job]), np.concatenate([day, deal_day, ghost_day])
    keep = np.flatnonzero((day < config.days) & (day >= people.start[job]))
    minute = _minutes(day[keep], rng)
    keep, minute = keep[np.argsort(minute, kind="stable")], np.sort(minute)
    return job[keep], minute, about[keep]


def build_messages(
    config: SimulationConfig, people: People, moods: Moods, deals: Deals, staff: Staff
) -> Messages:
    """All mail between our people and contacts."""
    rng = stream(config.seed, "mail")
    job, minute, about = _drafts(config, people, moods, deals, rng)
    day = minute // 1440
    bounced = ~people.present(job, day)
    inbound = (rng.random(len(job)) < 0.45) & ~bounced
    copied = _with_deciders(_copies(job, day, inbound, people, rng), job, about, deals, rng)
    writer = _colleagues(people.company[job], staff, rng)
    return Messages(
        minute=minute,
        job=job,
        staff=writer,
        inbound=inbound,
        copied_job=copied,
        copied_staff=np.where(rng.random(len(job)) < 0.12, staff.boss[writer], NOBODY),
        bounced=bounced,
        deal=about,
    )


def build_meetings(config: SimulationConfig, people: People, deals: Deals, staff: Staff) -> Meetings:
    """One meeting for most opportunities: the owner with two of those who take part."""
    rng = stream(config.seed, "meetings")
    key = rng.random(len(deals.part_deal)) - 0.4 * (deals.part_role == DECISION_MAKER)
    order = np.lexsort((key, deals.part_deal))
    deal, job = deals.part_deal[order], deals.part_job[order]
    first = np.searchsorted(deal, deal, side="left") == np.arange(len(deal))
    second = np.append(np.where(deal[1:] == deal[:-1], job[1:], NOBODY), NOBODY)
    deal, job, second = deal[first], job[first], second[first]
    held = rng.random(len(deal)) < 0.8
    deal, job, second = deal[held], job[held], second[held]
    day = deals.opened[deal] + rng.integers(2, 20, size=len(deal))
    keep = (day < config.days) & people.present(job, day)
    deal, job, second, day = deal[keep], job[keep], second[keep], day[keep]
    minute = _minutes(day, rng) // 30 * 30
    length = rng.choice([30, 60, 90], size=len(deal))
    return Meetings(minute, length, staff.owner[deals.company[deal]], job, second, deal)
