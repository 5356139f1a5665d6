"""Companies of several sorts, hard and easy, to fit and to judge how sure first candidates are."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np

from bench.hierarchy.companies import arrays
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


WEIGHT = {Sort.HARD: 12.0, Sort.EASED: 1.0, Sort.PLAIN: 1.0, Sort.THREADS: 1.0}
"""What all companies of a sort count together: where a log does not show that it is easy, it is hard."""
SEEDS = range(200, 264)
MOST_MAILS = 20_000


@dataclass(frozen=True)
class Sorted:
    """One company; superiors as in `Company.above`."""

    sort: Sort
    log: MailLog
    above: Ints


def sorts(seeds: range = SEEDS) -> Iterator[Sorted]:
    """Per seed four companies of `simulate.mail_log`, two plain ones and one of threads."""
    for seed in seeds:
        draw = np.random.default_rng([seed, 9])
        for kind in Kind:
            hardness = 1.0 if seed % 2 == 0 else float(draw.random())
            sort = Sort.HARD if hardness == 1.0 else Sort.EASED
            people = int(np.exp(draw.uniform(np.log(40), np.log(160))))
            settings = eased(draw_settings(kind, seed, people), hardness)
            yield Sorted(sort, *arrays(draw_log(settings, seed), settings.people))
        for number in (2 * seed, 2 * seed + 1):
            plain = plain_settings(float(draw.random()), number)
            plain = replace(plain, mails=min(plain.mails, MOST_MAILS))
            yield Sorted(Sort.PLAIN, *plain_log(plain, number))
        yield Sorted(Sort.THREADS, *thread_log(draw_threads(seed), seed))


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
