"""The mails: who wrote when, to whom, and who was in copy."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from simulate.mail_log.affinity import affinity
from simulate.mail_log.chart import Chart, Ints, draw_chart
from simulate.mail_log.settings import MailLogSettings

START = 1_262_304_000
"""2010-01-01 00:00 UTC."""
DAY = 86_400


@dataclass(frozen=True, slots=True)
class GeneratedLog:
    """Mails in the order of time, and the chart that they follow.

    Row i of `mail`, `person` and `copied` is one recipient of mail `mail[i]`.
    """

    chart: Chart
    charted: npt.NDArray[np.bool_]
    """People whom the chart that is handed out names."""
    sender: Ints
    at: Ints
    """Seconds since 1970."""
    mail: Ints
    person: Ints
    copied: npt.NDArray[np.bool_]

    def lines(self) -> list[tuple[int, int]]:
        """(person, superior) of everybody whom the handed-out chart names."""
        named = np.flatnonzero(self.charted & (self.chart.superior >= 0))
        return [(int(person), int(self.chart.superior[person])) for person in named]


def draw_log(settings: MailLogSettings, seed: int) -> GeneratedLog:
    """A company's mails and chart; the same settings and seed give the same."""
    draw = np.random.default_rng(seed)
    chart = draw_chart(settings, draw)
    weight = affinity(chart, settings, draw)
    sender, first = _opened(weight, settings, draw)
    at = _moments(sender, settings, draw)
    groups = _recipients(sender, first, weight, chart, settings, draw)
    answers = _answers(sender, at, groups, weight, chart, settings, draw)
    sender = np.concatenate([sender, answers[0]])
    at = np.concatenate([at, answers[1]])
    return _assembled(sender, at, groups + answers[2], chart, settings, draw)


def _opened(
    weight: npt.NDArray[np.float64], settings: MailLogSettings, draw: np.random.Generator
) -> tuple[Ints, Ints]:
    """Sender and first recipient of every mail that is no answer."""
    wanted = settings.mails / (1.0 + settings.reply)
    counts = draw.poisson(weight * (wanted / weight.sum()))
    sender, first = np.nonzero(counts)
    times = counts[sender, first]
    return np.repeat(sender, times), np.repeat(first, times)


def _moments(sender: Ints, settings: MailLogSettings, draw: np.random.Generator) -> Ints:
    """Working days and hours; some people are there for a part of the time only."""
    begin = np.where(
        draw.random(settings.people) < settings.late / 2, draw.random(settings.people) * 0.7, 0.0
    )
    end = np.where(
        draw.random(settings.people) < settings.late / 2, 0.3 + draw.random(settings.people) * 0.7, 1.0
    )
    end = np.maximum(end, begin + 0.1)
    part = begin[sender] + draw.random(len(sender)) * (end - begin)[sender]
    day = np.floor(np.clip(part, 0.0, 1.0) * (settings.days - 1)).astype(np.int64)
    day -= np.maximum(day % 7 - 4, 0)
    second = np.clip(draw.normal(12.5, 2.5, len(sender)), 6.0, 22.0) * 3600
    return np.asarray(START + np.maximum(day, 0) * DAY + second.astype(np.int64))


Group = list[tuple[int, bool]]
"""Recipients of one mail: the person, and whether in copy."""


def _recipients(
    sender: Ints, first: Ints, weight: npt.NDArray[np.float64], chart: Chart, settings: MailLogSettings,
    draw: np.random.Generator,
) -> list[Group]:  # fmt: skip
    cumulated = np.cumsum(weight, axis=1)
    teams = _teams(chart, settings, draw)
    lists = _lists(chart, weight, settings, draw)
    several = draw.random(len(sender)) < settings.several
    sort, luck = draw.random(len(sender)), draw.random((len(sender), 4))
    groups: list[Group] = []
    for place in range(len(sender)):
        writer, to = int(sender[place]), int(first[place])
        above = int(chart.leader[writer])
        above = above if above >= 0 and weight[writer, above] > 0 else -1
        group: Group = [(to, False)]
        if several[place]:
            group = _several(writer, to, sort[place], luck[place], settings, teams, lists[writer], above)
            extra = min(int(-np.log(luck[place, 3] + 1e-12) * 1.5) + (len(group) < 2), 12)
            picks = draw.random(extra) * cumulated[writer, -1]
            for pick, beside in zip(
                np.searchsorted(cumulated[writer], picks), draw.random(extra), strict=True
            ):
                group.append((int(pick), bool(beside < 0.6)))
        seen = {writer}
        groups.append([(p, c) for p, c in group if not (p in seen or seen.add(p))])  # type: ignore[func-returns-value]
    return groups


def _teams(chart: Chart, settings: MailLogSettings, draw: np.random.Generator) -> list[Ints]:
    """Per person those to whom they write all at once: some of the reports, and some who are none."""
    teams = []
    for person in range(settings.people):
        reports = chart.reports(person)
        tells = draw.random() < settings.telling
        some = reports[draw.random(len(reports)) < draw.uniform(0.4, 1.0)] if tells else reports[:0]
        others = draw.integers(0, settings.people, int(draw.poisson(0.5 * len(some))))
        teams.append(np.unique(np.concatenate([some, others]))[:60])
    return teams


def _lists(
    chart: Chart, weight: npt.NDArray[np.float64], settings: MailLogSettings, draw: np.random.Generator
) -> list[list[Ints]]:
    """Per person the lists that they write to: people around somebody, with some from anywhere."""
    member_of: list[list[Ints]] = [[] for _ in range(settings.people)]
    for _ in range(max(1, int(settings.groups * settings.people))):
        core = int(draw.integers(settings.people))
        around = np.flatnonzero(weight[core] > 0)
        near = np.flatnonzero(chart.department == chart.department[core])
        pool = np.concatenate([[core], around, near])
        members = np.unique(draw.choice(pool, int(draw.integers(3, 25))))
        for person in members[draw.random(len(members)) < 0.5]:
            member_of[int(person)].append(members)
    return member_of


def _several(
    writer: int, to: int, sort: float, luck: npt.NDArray[np.float64], settings: MailLogSettings,
    teams: list[Ints], lists: list[Ints], above: int,
) -> Group:  # fmt: skip
    bounds = np.cumsum([settings.copy_superior, settings.to_team, settings.to_groups])
    if sort < bounds[0] and above >= 0:
        return [(to, False), (above, True)]
    if sort < bounds[1]:
        return [(int(person), False) for person in teams[writer]] or [(to, False)]
    if sort < bounds[2] and lists:
        return [(int(person), luck[1] < 0.3) for person in lists[int(luck[0] * len(lists))]]
    return [(to, False)]


def _answers(
    sender: Ints, at: Ints, groups: list[Group], weight: npt.NDArray[np.float64], chart: Chart,
    settings: MailLogSettings, draw: np.random.Generator,
) -> tuple[Ints, Ints, list[Group]]:  # fmt: skip
    writers, moments, made = [], [], []
    luck = draw.random((len(sender), 3))
    for place in np.flatnonzero(luck[:, 0] < settings.reply):
        group = groups[place]
        if not group or len(group) > 8:
            continue
        writer = int(sender[place])
        answering = group[int(luck[place, 1] * len(group))][0]
        if weight[answering, writer] == 0.0:
            continue
        to_superior = chart.level[writer] < chart.level[answering]
        hours = settings.reply_hours_up if to_superior else settings.reply_hours_down
        writers.append(answering)
        moments.append(int(at[place] + hours * 3600 * np.exp(draw.normal(0.0, 1.2))))
        rest = [(p, c) for p, c in group if p != answering] if luck[place, 2] < 0.4 else []
        made.append([(writer, False), *rest])
    return np.array(writers, dtype=np.int64), np.array(moments, dtype=np.int64), made


def _assembled(
    sender: Ints, at: Ints, groups: list[Group], chart: Chart, settings: MailLogSettings,
    draw: np.random.Generator,
) -> GeneratedLog:  # fmt: skip
    kept = _mailboxes(chart, settings, draw)
    charted = draw.random(settings.people) < settings.charted
    order = np.argsort(at, kind="stable")
    stays = [int(p) for p in order if groups[p] and (kept[sender[p]] or any(kept[to] for to, _ in groups[p]))]
    counts = [len(groups[place]) for place in stays]
    pairs = np.array([pair for place in stays for pair in groups[place]], dtype=np.int64).reshape(-1, 2)
    return GeneratedLog(
        chart, charted, sender[stays], at[stays], np.repeat(np.arange(len(stays)), counts), pairs[:, 0],
        (pairs[:, 1] > 0) & settings.copies,
    )  # fmt: skip


def _mailboxes(chart: Chart, settings: MailLogSettings, draw: np.random.Generator) -> npt.NDArray[np.bool_]:
    if settings.kept >= 1.0:
        return np.ones(settings.people, dtype=np.bool_)
    chance = np.exp(-0.8 * chart.level + draw.gumbel(0.0, 1.0, settings.people))
    least = np.sort(chance)[::-1][max(2, int(settings.kept * settings.people)) - 1]
    return np.asarray(chance >= least)
