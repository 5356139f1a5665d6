"""Companies of several sorts, hard and easy, to fit second looks and how sure first candidates are."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np

from bench.hierarchy.companies import arrays
from bench.hierarchy.distances import distance_log, draw_distances
from bench.hierarchy.habits import draw_habits, habit_log
from bench.hierarchy.plain import plain_log, plain_settings
from bench.hierarchy.threads import draw_threads, thread_log
from gnn.features.history import Ints
from gnn.reporting_lines.mail_log import MailLog
from simulate.mail_log.mails import draw_log
from simulate.mail_log.settings import Kind, MailLogSettings, draw_settings


class Sort(StrEnum):
    """Where a company comes from."""

    HARD = "as hard as real logs"
    """`simulate.mail_log`, as the rankings were fitted on."""
    EASED = "the same, eased"
    PLAIN = "plain"
    THREADS = "threads"
    HABITS = "habits"
    DISTANCES = "distances"


WEIGHT = {
    Sort.HARD: 4.0,
    Sort.HABITS: 4.0,
    Sort.DISTANCES: 4.0,
    Sort.EASED: 1.0,
    Sort.PLAIN: 1.0,
    Sort.THREADS: 1.0,
}
"""What all companies of a sort count together: where a log does not show that it is easy, it is hard."""
SEEDS = range(200, 248)
MOST_MAILS = 20_000
MOST_PEOPLE = 170
LEAST_HARD = 0.3
"""Hardness of plain companies from which a ranking is learned: easy ones teach nothing."""


@dataclass(frozen=True)
class Sorted:
    """One company; superiors as in `Company.above`."""

    sort: Sort
    log: MailLog
    above: Ints


def sorts(seeds: range = SEEDS) -> Iterator[Sorted]:
    """Per seed four companies of `simulate.mail_log` and one of each other make."""
    for seed in seeds:
        draw = np.random.default_rng([seed, 9])
        for kind in Kind:
            hardness = 1.0 if seed % 2 == 0 else float(draw.random())
            sort = Sort.HARD if hardness == 1.0 else Sort.EASED
            people = int(np.exp(draw.uniform(np.log(40), np.log(160))))
            yield _simulated(sort, kind, seed, people, hardness)
        yield _plain(float(draw.random()), seed)
        yield from (_threads(seed), _habits(seed), _distances(seed))


def makes(seeds: range) -> Iterator[Sorted]:
    """Per seed a hard company of every kind and of the four other makes; a kind after the other."""
    for kind in Kind:
        for seed in seeds:
            people = int(np.random.default_rng([seed, 5]).integers(50, MOST_PEOPLE))
            yield _simulated(Sort.HARD, kind, seed, people, 1.0)
    for seed in seeds:
        yield _plain(float(np.random.default_rng([seed, 9]).uniform(LEAST_HARD, 1.0)), seed)
    for make in (_threads, _habits, _distances):
        for seed in seeds:
            yield make(seed)


def _simulated(sort: Sort, kind: Kind, seed: int, people: int, hardness: float) -> Sorted:
    settings = eased(draw_settings(kind, seed, people), hardness)
    return Sorted(sort, *arrays(draw_log(settings, seed), settings.people))


def _plain(hardness: float, number: int) -> Sorted:
    settings = plain_settings(hardness, number)
    settings = replace(settings, mails=min(settings.mails, MOST_MAILS))
    return Sorted(Sort.PLAIN, *plain_log(settings, number))


def _threads(seed: int) -> Sorted:
    return Sorted(Sort.THREADS, *thread_log(draw_threads(seed), seed))


def _habits(seed: int) -> Sorted:
    return Sorted(Sort.HABITS, *habit_log(draw_habits(seed), seed))


def _distances(seed: int) -> Sorted:
    return Sorted(Sort.DISTANCES, *distance_log(draw_distances(seed), seed))


def eased(settings: MailLogSettings, hardness: float) -> MailLogSettings:
    """The same company with less that hides the chart; 1 leaves it as it is."""
    return replace(
        settings,
        mails=min(settings.mails, MOST_MAILS),
        silent_up=settings.silent_up * hardness,
        silent_down=settings.silent_down * hardness,
        lead_share=settings.lead_share * hardness,
        leads_unnamed=settings.leads_unnamed * hardness,
        elsewhere=settings.elsewhere * hardness,
        moved=settings.moved * hardness,
        across=settings.across * (0.2 + 0.8 * hardness),
        superior=settings.superior * (3.0 - 2.0 * hardness),
        kept=1.0 - (1.0 - settings.kept) * hardness,
    )
