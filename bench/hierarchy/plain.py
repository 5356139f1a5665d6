"""Mail logs of another make than those that the models are fitted on: a tree, and who each mail goes to.

One number says how hard a company is: how many mails keep to the tree, how many people never write to their
superior, how many report to somebody else than the mails show.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from gnn.features.history import Ints
from gnn.reporting_lines.known_chart import NOBODY
from gnn.reporting_lines.mail_log import MailLog

START, DAY = 1_600_000_000, 86_400
REPORTS = 1
"""Place of the reports among the sorts of receivers."""


@dataclass(frozen=True)
class PlainSettings:
    """Shares are 0…1; the shares of receivers are relative to each other."""

    people: int
    mails: int
    span: float
    """Reports per superior in the mean."""
    to_superior: float
    to_reports: float
    to_peers: float
    to_anybody: float
    to_desks: float
    """Mails to a few people whom everybody writes to."""
    to_team: float
    """Of a superior's mails to reports: those to all of them at once."""
    copies: float
    """Mails with the writer's superior in copy."""
    silent: float
    """People who never write to their superior, nor their superior to them."""
    elsewhere: float
    """People whose superior on paper is somebody else than the mails follow."""
    activity_spread: float
    """Of log mails per person (standard deviation)."""


def plain_settings(hardness: float, seed: int) -> PlainSettings:
    """Settings between easy (0) and hard (1); what has nothing to do with hardness is drawn."""
    draw = np.random.default_rng([seed, 41])

    def between(easy: float, hard: float, spread: float = 0.4) -> float:
        middle = easy + hardness * (hard - easy)
        return float(middle * np.exp(draw.normal(0.0, spread)))

    people = int(np.exp(draw.uniform(np.log(25), np.log(180))))
    return PlainSettings(
        people=people,
        mails=int(people * np.exp(draw.uniform(np.log(15), np.log(200)))),
        span=float(draw.uniform(3.0, 10.0)),
        to_superior=between(0.40, 0.06),
        to_reports=between(0.40, 0.10),
        to_peers=between(0.20, 0.35),
        to_anybody=between(0.10, 0.45),
        to_desks=between(0.02, 0.15),
        to_team=float(draw.uniform(0.0, 0.5)),
        copies=float(draw.uniform(0.0, 0.2)),
        silent=min(between(0.0, 0.45), 0.7),
        elsewhere=min(between(0.0, 0.30), 0.5),
        activity_spread=float(draw.uniform(0.1, 1.2)),
    )


def plain_log(settings: PlainSettings, seed: int) -> tuple[MailLog, Ints]:
    """The log, and the superior of everybody on paper; the same settings and seed give the same."""
    draw = np.random.default_rng(seed)
    above = _tree(settings, draw)
    silent = draw.random(settings.people) < settings.silent
    desks = draw.choice(settings.people, max(1, settings.people // 30), replace=False)
    busy = np.exp(draw.normal(0.0, settings.activity_spread, settings.people))
    sender = np.sort(draw.choice(settings.people, settings.mails, p=busy / busy.sum()))
    sent = [_receivers(int(writer), above, silent, desks, settings, draw) for writer in sender]
    return _log(sender, sent, settings, draw), _on_paper(above, settings, draw)


def _tree(settings: PlainSettings, draw: np.random.Generator) -> Ints:
    """Filled level by level; about half of the people have reports of their own."""
    above = np.full(settings.people, NOBODY)
    open_to, person = [0], 1
    while person < settings.people:
        boss = open_to.pop(0)
        size = max(2, int(draw.uniform(0.5, 1.5) * settings.span))
        reports = range(person, min(person + size, settings.people))
        above[list(reports)] = boss
        kept = [one for one in reports if draw.random() < 0.5] or [reports[0]]
        open_to += kept
        person = reports.stop
    return above


def _on_paper(above: Ints, settings: PlainSettings, draw: np.random.Generator) -> Ints:
    paper, bosses = above.copy(), np.unique(above[above != NOBODY])
    for person in np.flatnonzero((draw.random(len(above)) < settings.elsewhere) & (above != NOBODY)):
        pool = bosses[(bosses != person) & (bosses != above[person]) & (above[bosses] != person)]
        if len(pool):
            paper[person] = draw.choice(pool)
    return paper


def _receivers(
    writer: int, above: Ints, silent: npt.NDArray[np.bool_], desks: Ints, settings: PlainSettings,
    draw: np.random.Generator,
) -> list[tuple[int, bool]]:  # fmt: skip
    """Recipients of one mail, and whether in copy; nobody where people would write to themselves."""
    boss = NOBODY if silent[writer] else int(above[writer])
    pools = _pools(writer, boss, above, silent, desks)
    shares = np.array([settings.to_superior, settings.to_reports, settings.to_peers, settings.to_anybody,
                       settings.to_desks]) * [len(pool) > 0 for pool in pools]  # fmt: skip
    sort = int(draw.choice(len(pools), p=shares / shares.sum()))
    whole = sort == REPORTS and draw.random() < settings.to_team
    to = pools[sort] if whole else draw.choice(pools[sort], 1)
    copied = boss != NOBODY and draw.random() < settings.copies
    group = {int(one): False for one in to if one != writer}
    if group and copied:
        group.setdefault(boss, True)
    return list(group.items())


def _pools(
    writer: int, boss: int, above: Ints, silent: npt.NDArray[np.bool_], desks: Ints
) -> tuple[Ints, ...]:
    """The superior, the reports, the peers, anybody, and the desks."""
    everybody = np.arange(len(above))
    reports = np.flatnonzero((above == writer) & ~silent)
    peers = np.flatnonzero((above == above[writer]) & (everybody != writer))
    return everybody[everybody == boss], reports, peers, everybody, desks


def _log(
    sender: Ints, sent: list[list[tuple[int, bool]]], settings: PlainSettings, draw: np.random.Generator
) -> MailLog:
    kept = [place for place, group in enumerate(sent) if group]
    pairs = np.array([pair for place in kept for pair in sent[place]], dtype=np.int64).reshape(-1, 2)
    counts = [len(sent[place]) for place in kept]
    at = START + draw.integers(0, 365 * DAY, len(kept))
    names = tuple(f"Employee|plain:{number}" for number in range(settings.people))
    mail = np.repeat(np.arange(len(kept)), counts)
    return MailLog(names, sender[kept], at, mail, pairs[:, 0], pairs[:, 1] > 0)
