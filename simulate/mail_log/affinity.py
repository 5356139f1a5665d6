"""How much each person writes to each other one, by what they are to each other in the chart."""

import numpy as np
import numpy.typing as npt

from simulate.mail_log.chart import Chart
from simulate.mail_log.settings import MailLogSettings

Matrix = npt.NDArray[np.float64]


def affinity(chart: Chart, settings: MailLogSettings, draw: np.random.Generator) -> Matrix:
    """Expected mails from the row to the column, relative; zero on the diagonal."""
    people = settings.people
    weight = _team(chart, settings, draw)
    weight += _leads(chart, settings, draw)
    weight += _across(settings, draw)
    hubs = draw.random(people) < settings.hubs
    asked = hubs[None, :] & (draw.random((people, people)) < settings.hub_share)
    weight += asked * np.exp(draw.normal(-0.5, settings.pair_spread, (people, people)))
    mixed = (1.0 - settings.reciprocity / 2) * weight + settings.reciprocity / 2 * weight.T
    _silence(mixed, chart, settings, draw)
    rank = chart.level.max() - chart.level
    busy = np.exp(draw.normal(0.0, settings.activity_spread, people) + settings.seniority * rank)
    heard = np.exp(draw.normal(0.0, 0.4, people) + 0.5 * settings.seniority * rank)
    row = mixed.sum(axis=1, keepdims=True)
    spread = mixed / np.maximum(row, 1e-12) ** 0.7
    np.fill_diagonal(spread, 0.0)
    return np.asarray(spread * busy[:, None] * heard[None, :] * np.sqrt(busy)[None, :] ** 0.5)


def _team(chart: Chart, settings: MailLogSettings, draw: np.random.Generator) -> Matrix:
    people = settings.people
    noise = np.exp(draw.normal(0.0, settings.pair_spread, (people, people)))
    chance = draw.random((people, people))
    below = np.arange(people)[chart.leader >= 0]
    above = chart.leader[below]
    same_team = (chart.leader[:, None] == chart.leader[None, :]) & (chart.leader >= 0)[:, None]
    same_department = chart.department[:, None] == chart.department[None, :]
    weight = settings.peer * (same_team & (chance < settings.peer_share)) * noise
    weight += (same_department & (chance < settings.department_share)) * noise
    weight[below, above] += settings.superior * noise[below, above]
    weight[above, below] += settings.report * noise[above, below]
    second = above[chart.leader[above] >= 0]
    skips = below[chart.leader[above] >= 0]
    skip = (draw.random(len(skips)) < 0.3) * 0.5
    weight[skips, chart.leader[second]] += skip * noise[skips, chart.leader[second]]
    return np.asarray(weight + _former(chart, settings, draw, noise))


def _former(chart: Chart, settings: MailLogSettings, draw: np.random.Generator, noise: Matrix) -> Matrix:
    """Traffic with whoever was the superior before."""
    weight = np.zeros_like(noise)
    superiors = np.unique(chart.leader[chart.leader >= 0])
    for person in np.flatnonzero(draw.random(settings.people) < settings.moved):
        before = int(draw.choice(superiors))
        if before not in {person, chart.leader[person]}:
            weight[person, before] += settings.superior * noise[person, before]
            weight[before, person] += settings.report * noise[before, person]
    return weight


def _leads(chart: Chart, settings: MailLogSettings, draw: np.random.Generator) -> Matrix:
    """Traffic with whoever gives the work besides: an elder of the team, a project lead."""
    people = settings.people
    weight = np.zeros((people, people))
    elder = draw.random(people)
    for person in np.flatnonzero(draw.random(people) < settings.lead_share):
        near = np.flatnonzero(chart.department == chart.department[person])
        pool = near if draw.random() < 0.7 else np.arange(people)
        pool = pool[(pool != person) & (chart.leader[pool] != person) & (pool != chart.leader[person])]
        if len(pool):
            chosen = pool[np.argsort(-elder[pool])][int(draw.geometric(0.4) - 1) % len(pool)]
            size = settings.lead * np.exp(draw.normal(0.0, settings.pair_spread))
            weight[person, chosen] += size
            weight[chosen, person] += size * np.exp(draw.normal(0.0, 0.5))
    return weight


def _across(settings: MailLogSettings, draw: np.random.Generator) -> Matrix:
    people = settings.people
    known = np.exp(draw.normal(0.0, 1.0, people))
    chance = settings.across * known / known.mean() / people
    meets = draw.random((people, people)) < chance[None, :]
    return np.asarray(meets * np.exp(draw.normal(-0.2, settings.pair_spread, (people, people))))


def _silence(weight: Matrix, chart: Chart, settings: MailLogSettings, draw: np.random.Generator) -> None:
    below = np.flatnonzero(chart.leader >= 0)
    above = chart.leader[below]
    up = draw.random(len(below)) < settings.silent_up
    down = draw.random(len(below)) < np.where(up, 0.6, settings.silent_down)
    weight[below[up], above[up]] = 0.0
    weight[above[down], below[down]] = 0.0
