"""Mail logs of a third make: conversations that begin upwards, in teams, in projects or anywhere."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from gnn.features.history import Ints
from gnn.reporting_lines.known_chart import NOBODY
from gnn.reporting_lines.mail_log import MailLog

START = 1_500_000_000
BETWEEN, ANSWER = 6 * 3600, 2 * 3600
"""Seconds between conversations and before an answer, in the mean."""


@dataclass(frozen=True)
class Threads:
    """What conversations are about; hardness is 0…1."""

    people: int
    hardness: float
    conversations: int
    span: int

    @property
    def sorts(self) -> npt.NDArray[np.float64]:
        """Shares of conversations: to the superior, within the team, within a project, to anybody."""
        hard = self.hardness
        shares = np.array(
            [0.75 * (1.0 - hard) + 0.2, 0.1 + 0.1 * hard, 0.04 + 0.36 * hard, 0.02 + 0.12 * hard]
        )
        return np.asarray(shares / shares.sum())


def draw_threads(seed: int) -> Threads:
    """Between 30 and 170 people."""
    draw = np.random.default_rng([seed, 77])
    people = int(np.exp(draw.uniform(np.log(30), np.log(170))))
    conversations = int(people * np.exp(draw.uniform(np.log(4), np.log(40))))
    return Threads(people, float(draw.random()), conversations, int(draw.integers(3, 9)))


def thread_log(settings: Threads, seed: int) -> tuple[MailLog, Ints]:
    """The log, and the superior of everybody on paper; the same settings and seed give the same."""
    draw = np.random.default_rng([seed, 78])
    above = _tree(settings, draw)
    work = np.where(
        draw.random(settings.people) < 0.4 * settings.hardness,
        draw.integers(0, settings.people, settings.people),
        above,
    )
    work[work == np.arange(settings.people)] = NOBODY
    projects = [
        draw.choice(settings.people, int(draw.integers(3, max(4, settings.people // 6))), replace=False)
        for _ in range(max(1, settings.people // 8))
    ]
    return _log(settings, work, projects, draw), above


def _tree(settings: Threads, draw: np.random.Generator) -> Ints:
    """The first people are superiors; who has few reports gets the next one sooner."""
    above = np.full(settings.people, NOBODY)
    superiors = max(2, settings.people // settings.span)
    for person in range(1, settings.people):
        open_to = np.arange(min(person, superiors))
        wanted = 1.0 / (1.0 + np.bincount(above[1:person], minlength=settings.people)[open_to])
        above[person] = draw.choice(open_to, p=wanted / wanted.sum())
    return above


def _log(settings: Threads, work: Ints, projects: list[Ints], draw: np.random.Generator) -> MailLog:
    busy = np.exp(draw.normal(0.0, settings.hardness + 0.1, settings.people))
    starters = draw.choice(settings.people, settings.conversations, p=busy / busy.sum())
    moments = START + np.cumsum(draw.exponential(BETWEEN, settings.conversations)).astype(np.int64)
    mails: list[tuple[int, int, list[int]]] = []
    for starter, moment in zip(starters.tolist(), moments.tolist(), strict=True):
        mails += _conversation(starter, moment, _asked(starter, settings, work, projects, draw), draw)
    rows = [(place, one) for place, (_, _, to) in enumerate(mails) for one in to]
    mail, person = np.array(rows, dtype=np.int64).T
    first = np.concatenate([[True], mail[1:] != mail[:-1]])
    return MailLog(
        tuple(f"Employee|threads:{number}" for number in range(settings.people)),
        np.array([sender for sender, _, _ in mails]), np.array([at for _, at, _ in mails]), mail, person,
        ~first & (draw.random(len(mail)) < 0.5),
    )  # fmt: skip


def _asked(
    starter: int, settings: Threads, work: Ints, projects: list[Ints], draw: np.random.Generator
) -> list[int]:
    """Whom the first mail of a conversation goes to."""
    sort, reports = int(draw.choice(4, p=settings.sorts)), np.flatnonzero(work == starter)
    if sort == 0 and work[starter] != NOBODY:
        return [int(work[starter])]
    if sort <= 1 and len(reports):
        whole = draw.random() < 0.3
        return [int(one) for one in (reports if whole else draw.choice(reports, 1))]
    if sort == 2:
        own = [project for project in projects if starter in project] or projects
        project = own[int(draw.integers(len(own)))]
        size = min(len(project), int(draw.integers(1, 5)))
        return [int(one) for one in draw.choice(project, size, replace=False)]
    return [int(draw.integers(settings.people))]


def _conversation(
    starter: int, moment: int, asked: list[int], draw: np.random.Generator
) -> list[tuple[int, int, list[int]]]:
    """Sender, second and recipients of each mail: the members mostly answer in turn, to all others."""
    members = [starter, *(one for one in asked if one != starter)]
    if len(members) == 1:
        return []
    mails = []
    for turn in range(int(draw.geometric(0.5))):
        writer = members[turn % len(members)] if draw.random() < 0.8 else starter
        at = moment + turn * int(draw.exponential(ANSWER))
        mails.append((writer, at, [one for one in members if one != writer]))
    return mails
