"""Help-desk tickets: their number and tone follow the customer's pain."""

from dataclasses import dataclass

import numpy as np

from simulate.activity.orders import events_in_time
from simulate.company.mood import Moods
from simulate.company.people import People
from simulate.company.staff import Staff
from simulate.config import Floats, Ints, SimulationConfig
from simulate.streams import stream

PRIORITIES = ("low", "normal", "high", "urgent")
UNRATED = -1


@dataclass(frozen=True, slots=True)
class Tickets:
    """Tickets in order of time; `solved` in minutes (past the end: open); `rating` 1 good, 0 bad, -1 none."""

    company: Ints
    job: Ints
    minute: Ints
    solved: Ints
    priority: Ints
    category: Ints
    rating: Ints
    assignee: Ints
    pain: Floats


def build_tickets(config: SimulationConfig, people: People, moods: Moods, staff: Staff) -> Tickets:
    """Tickets per period: Poisson(0.02 + 0.14 · pain), raised by somebody who works there that day."""
    rng = stream(config.seed, "tickets")
    active = moods.rate > 0
    company, day = events_in_time(rng.poisson(0.02 + 0.14 * moods.pain) * active, config, rng)
    job = (
        people.first[company]
        + 1
        + np.floor(rng.random(len(company)) * (people.size[company] - 1)).astype(np.int64)
    )
    job = np.where(people.present(job, day), job, people.first[company] + 1)
    pain = moods.pain[company, np.floor(day / config.period_days).astype(np.int64)]
    minute = day * 1440 + rng.integers(0, 900, size=len(company))
    hours = rng.gamma(1.5, 20.0, size=len(company)) * (1.0 + 0.5 * pain)
    level = np.digitize(rng.normal(0.3 * pain, 1.0), [-0.8, 0.9, 1.8])
    bad = rng.random(len(company)) < 1.0 / (1.0 + np.exp(-(0.8 * pain - 2.0)))
    rated = rng.random(len(company)) < 0.6
    return Tickets(
        company=company,
        job=job,
        minute=minute,
        solved=minute + (hours * 60).astype(np.int64) + 20,
        priority=level,
        category=rng.integers(0, 5, size=len(company)),
        rating=np.where(rated, 1 - bad.astype(np.int64), UNRATED),
        assignee=staff.service[company],
        pain=pain,
    )
