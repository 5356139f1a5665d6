"""Mail logs of a fourth make: every company has its own habits, and only a part of its mails may be left.

What is drawn is which habits a company has at all: lists, projects across teams, desks whom everybody asks,
assistants who write for a superior, superiors in copy, letters to everybody, superiors who hardly write,
answers, bursts; and what was kept: some mailboxes, some recipients, days instead of moments.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

import numpy as np
import numpy.typing as npt

from gnn.features.history import Ints
from gnn.reporting_lines.known_chart import NOBODY
from gnn.reporting_lines.mail_log import DAY_SECONDS, MailLog

START = 1_400_000_000
MOST_MAILS = 15_000
HOUR = 3600.0
BURST_DAYS = 2.0
Group = list[tuple[int, bool]]
"""Recipients of one mail: the person, and whether in copy."""


class To(IntEnum):
    """Whom a mail is for."""

    SUPERIOR = 0
    REPORT = 1
    PEER = 2
    CIRCLE = 3
    """Acquaintances anywhere in the company."""
    DESK = 4
    """Few people whom everybody asks."""
    ABOVE_SUPERIOR = 5
    TEAM = 6
    """All reports at once."""
    PROJECT = 7
    LIST = 8
    EVERYBODY = 9


TO_ALL = frozenset({To.TEAM, To.LIST, To.EVERYBODY})
"""Sorts of mails that go to all of a group."""


@dataclass(frozen=True)
class Habits:
    """Shares are 0…1; what is 0 does not happen in this company."""

    people: int
    mails: int
    days: int
    span: float
    """Reports per superior in the mean."""
    shares: npt.NDArray[np.float64]
    """Mails per `To`, relative to each other."""
    activity_spread: float
    """Of log mails per person (standard deviation)."""
    pair_spread: float
    """Of log mails per pair."""
    level: float
    """By how many log units a superior writes more than others; below 0 less."""
    silent: float
    """People who never write to their superior."""
    unheard: float
    """Of them those whose superior does not write to them either."""
    elsewhere: float
    """People whose superior on paper is somebody else than the mails follow."""
    assistants: float
    """Superiors with an assistant, who writes half of their mails."""
    copy_superior: float
    copy_several: float
    """Mails with some of the writer's circle in copy."""
    answers: float
    answers_to_all: float
    bursts: float
    mailboxes: float
    """Mailboxes that were kept."""
    senior_mailboxes: bool
    """Whether those of superiors were kept sooner."""
    lost: float
    """Recipients that the log does not name."""
    copies: bool
    """Whether the log tells To and Cc apart."""
    moments: bool
    """Whether it tells more than days."""
    charted: float
    """People whom the chart names."""


def draw_habits(seed: int) -> Habits:
    """The habits of one company."""
    draw = np.random.default_rng([seed, 91])

    def between(low: float, high: float) -> float:
        return float(draw.uniform(low, high))

    def factor(low: float, high: float) -> float:
        """Even between the logarithms."""
        return float(np.exp(draw.uniform(np.log(low), np.log(high))))

    def sometimes(chance: float, low: float, high: float) -> float:
        return factor(low, high) if draw.random() < chance else 0.0

    people = int(factor(35, 170))
    return Habits(
        people=people,
        mails=min(int(people * factor(8, 250)), MOST_MAILS),
        days=int(between(60, 900)),
        span=between(3.0, 12.0),
        shares=np.array([
            factor(0.03, 0.5), factor(0.03, 0.5), factor(0.03, 0.6), factor(0.1, 0.8),
            sometimes(0.6, 0.02, 0.3), sometimes(0.3, 0.01, 0.1), sometimes(0.7, 0.01, 0.15),
            sometimes(0.7, 0.05, 0.8), sometimes(0.6, 0.02, 0.3), sometimes(0.4, 0.002, 0.02),
        ]),
        activity_spread=between(0.3, 1.8),
        pair_spread=between(0.3, 1.6),
        level=between(-1.5, 1.0),
        silent=between(0.0, 0.55),
        unheard=between(0.1, 0.9),
        elsewhere=between(0.0, 0.35),
        assistants=sometimes(0.5, 0.1, 0.8),
        copy_superior=sometimes(0.6, 0.02, 0.4),
        copy_several=sometimes(0.5, 0.05, 0.4),
        answers=between(0.1, 0.6),
        answers_to_all=between(0.0, 0.8),
        bursts=between(0.0, 0.8),
        mailboxes=between(0.05, 0.6) if draw.random() < 0.35 else 1.0,
        senior_mailboxes=bool(draw.random() < 0.7),
        lost=sometimes(0.3, 0.05, 0.5),
        copies=bool(draw.random() < 0.6),
        moments=bool(draw.random() < 0.85),
        charted=between(0.5, 1.0),
    )  # fmt: skip


def habit_log(habits: Habits, seed: int) -> tuple[MailLog, Ints]:
    """The log, and the superior on paper of whom the chart names; same habits and seed, same log."""
    draw = np.random.default_rng([seed, 92])
    above = grown_tree(habits.people, habits.span, draw)
    pools = _pools(habits, above, draw)
    leads = np.isin(np.arange(habits.people), above)
    busy = np.exp(draw.normal(0.0, habits.activity_spread, habits.people) + habits.level * leads)
    sender = draw.choice(habits.people, habits.mails, p=busy / busy.sum())
    at = _moments(sender, habits, draw)
    groups = _groups(sender, pools, above, habits, draw)
    written = _by_assistants(sender, above, leads, habits, draw)
    mails = list(zip(written.tolist(), at.tolist(), groups, strict=True))
    mails += _answers(mails, habits, draw)
    paper = elsewhere(above, habits.elsewhere, draw)
    paper[draw.random(habits.people) >= habits.charted] = NOBODY
    return as_log([mail for mail in mails if mail[2]], leads, habits, draw), paper


def grown_tree(people: int, span: float, draw: np.random.Generator) -> Ints:
    """The superior of everybody but the head: the first people are superiors, their spans uneven."""
    above = np.full(people, NOBODY)
    superiors = max(3, int(people / span))
    liked = np.exp(draw.normal(0.0, 0.6, superiors))
    for person in range(1, people):
        chances = liked[: min(person, superiors)]
        above[person] = draw.choice(len(chances), p=chances / chances.sum())
    return above


def elsewhere(above: Ints, share: float, draw: np.random.Generator) -> Ints:
    """The chart on paper: some people report to another superior than the mails follow.

    Nobody reports to their own report; now and then a circle of three or more comes out.
    """
    paper, bosses = above.copy(), np.unique(above[above != NOBODY])
    for person in np.flatnonzero((draw.random(len(above)) < share) & (above != NOBODY)).tolist():
        others = bosses[(bosses != person) & (bosses != above[person]) & (above[bosses] != person)]
        if len(others):
            paper[person] = draw.choice(others)
    return paper


def _pools(habits: Habits, above: Ints, draw: np.random.Generator) -> list[list[list[Ints]]]:
    """Per `To` and person the groups to choose from; of sorts that go to one, each group is one person."""
    people = habits.people
    silent = draw.random(people) < habits.silent
    unheard = silent & (draw.random(people) < habits.unheard)
    heard = [np.flatnonzero((above == person) & ~unheard) for person in range(people)]
    desks = draw.choice(people, max(1, people // 25), replace=False)
    projects = [_some(people, 3, 12, draw) for _ in range(max(2, people // 6))]
    lists = [_some(people, 5, max(6, people // 3), draw) for _ in range(max(1, people // 12))]
    writers_to_all = draw.choice(people, max(1, people // 40), replace=False)
    found: list[list[list[Ints]]] = [[] for _ in To]
    for person in range(people):
        boss = int(above[person])
        further = int(above[boss]) if boss != NOBODY else NOBODY
        peers = np.flatnonzero((above == boss) & (np.arange(people) != person))
        found[To.SUPERIOR].append(_each([boss] if boss != NOBODY and not silent[person] else []))
        found[To.REPORT].append(_each(heard[person]))
        found[To.PEER].append(_each(peers[draw.random(len(peers)) < 0.7]))
        found[To.CIRCLE].append(_each(_some(people, 3, 20, draw)))
        found[To.DESK].append(_each(desks))
        found[To.ABOVE_SUPERIOR].append(_each([further] if further != NOBODY else []))
        found[To.TEAM].append([heard[person]] if len(heard[person]) > 1 else [])
        found[To.PROJECT].append([one for one in projects if person in one])
        found[To.LIST].append([one for one in lists if person in one])
        found[To.EVERYBODY].append([np.arange(people)] if person in writers_to_all else [])
    return found


def _each(people: Sequence[int] | Ints) -> list[Ints]:
    return [np.array([person], dtype=np.int64) for person in people]


def _some(people: int, least: int, most: int, draw: np.random.Generator) -> Ints:
    size = min(int(draw.integers(least, most + 1)), people)
    return np.asarray(draw.choice(people, size, replace=False), dtype=np.int64)


def _groups(
    sender: Ints, pools: list[list[list[Ints]]], above: Ints, habits: Habits, draw: np.random.Generator
) -> list[Group]:
    """Recipients of every mail, and who is in copy."""
    shares = np.array([[share if pools[to][person] else 0.0 for to, share in enumerate(habits.shares)]
                       for person in range(habits.people)])  # fmt: skip
    cumulated = np.cumsum(shares, axis=1)
    sorts = (cumulated[sender] < draw.random(len(sender))[:, None] * cumulated[sender, -1:]).sum(axis=1)
    weights = [
        [np.cumsum(np.exp(draw.normal(0.0, habits.pair_spread, len(groups)))) for groups in of_sort]
        for of_sort in pools
    ]
    luck = draw.random((len(sender), 3))
    found = []
    for place, (writer, to) in enumerate(zip(sender.tolist(), sorts.tolist(), strict=True)):
        among = weights[to][writer]
        group = pools[to][writer][int(np.searchsorted(among, luck[place, 0] * among[-1]))]
        if to == To.PROJECT and draw.random() < 0.6:
            group = draw.choice(group, int(draw.integers(1, len(group) + 1)), replace=False)
        copied = [int(above[writer])] if luck[place, 1] < habits.copy_superior else []
        if luck[place, 2] < habits.copy_several and to not in TO_ALL:
            circle = pools[To.CIRCLE][writer]
            copied += [int(circle[one][0]) for one in draw.integers(0, len(circle), 2)]
        found.append(_group(writer, group.tolist(), copied))
    return found


def _group(writer: int, to: Sequence[int], copied: Sequence[int]) -> Group:
    group = dict.fromkeys(copied, True) | dict.fromkeys(to, False)
    return [(one, beside) for one, beside in group.items() if one not in {writer, NOBODY}]


def _by_assistants(
    sender: Ints, above: Ints, leads: npt.NDArray[np.bool_], habits: Habits, draw: np.random.Generator
) -> Ints:
    """The writers, half of the mails of superiors with an assistant by that one."""
    assistant = np.arange(habits.people)
    for boss in np.flatnonzero(leads & (draw.random(habits.people) < habits.assistants)).tolist():
        assistant[boss] = draw.choice(np.flatnonzero(above == boss))
    return np.where(draw.random(len(sender)) < 0.5, assistant[sender], sender)


def _moments(sender: Ints, habits: Habits, draw: np.random.Generator) -> Ints:
    """Evenly over the days, or about one of a person's busy weeks."""
    even = draw.random(len(sender)) * habits.days
    weeks = draw.random((habits.people, 4)) * habits.days
    busy = weeks[sender, draw.integers(0, 4, len(sender))] + draw.normal(0.0, BURST_DAYS, len(sender))
    day = np.where(draw.random(len(sender)) < habits.bursts, busy, even)
    return np.asarray(START + (np.clip(day, 0.0, habits.days) * DAY_SECONDS).astype(np.int64))


def _answers(
    mails: Sequence[tuple[int, int, Group]], habits: Habits, draw: np.random.Generator
) -> list[tuple[int, int, Group]]:
    """One recipient answers, to the writer or to all; letters to many are not answered."""
    found = []
    slow = np.exp(draw.normal(0.0, 1.0, habits.people))
    for writer, at, group in mails:
        if not 0 < len(group) < 10 or draw.random() >= habits.answers:
            continue
        answering = group[int(draw.integers(len(group)))][0]
        later = int(at + HOUR * slow[answering] * np.exp(draw.normal(1.0, 1.2)))
        rest = [one for one in group if one[0] not in {answering, writer}]
        back = [(writer, False)] if answering != writer else []
        found.append((answering, later, back + (rest if draw.random() < habits.answers_to_all else [])))
    return found


def as_log(
    mails: Sequence[tuple[int, int, Group]], leads: npt.NDArray[np.bool_], habits: Habits,
    draw: np.random.Generator,
) -> MailLog:  # fmt: skip
    """What was kept of the mails."""
    chance = draw.random(habits.people) - habits.senior_mailboxes * leads
    kept = np.argsort(np.argsort(chance)) < max(2, int(habits.mailboxes * habits.people))
    sender: list[int] = []
    at: list[int] = []
    rows: list[tuple[int, int, bool]] = []
    for writer, moment, group in mails:
        named = [one for one in group if one[0] != writer and draw.random() >= habits.lost]
        if named and (kept[writer] or any(kept[person] for person, _ in named)):
            rows += [(len(sender), person, copied) for person, copied in named]
            sender.append(writer)
            at.append(moment)
    mail, person, copied = np.array(rows, dtype=np.int64).T
    moments = np.array(at, dtype=np.int64)
    return MailLog(
        tuple(f"Employee|habits:{number}" for number in range(habits.people)),
        np.array(sender, dtype=np.int64),
        moments if habits.moments else moments // DAY_SECONDS * DAY_SECONDS,
        mail, person, (copied > 0) & habits.copies,
    )  # fmt: skip
