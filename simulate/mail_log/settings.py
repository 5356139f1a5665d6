"""How a company mails: everything that varies from one generated mail log to the next."""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np


class Kind(StrEnum):
    """Sorts of companies; each draws its settings from other ranges."""

    OFFICE = "office"
    """Everybody has a desk; teams write much among themselves."""
    PLANT = "plant"
    """Many write little, managers and service desks much; functional leads give the work."""
    MATRIX = "matrix"
    """Project leads beside superiors, much mail across teams, many copies."""
    SEIZED = "seized"
    """Only the mailboxes of some people, mostly senior ones, were kept."""


@dataclass(frozen=True, slots=True)
class MailLogSettings:
    """Shares are 0…1; weights are relative to one ordinary colleague of the department."""

    people: int
    mails: int
    days: int
    span: float
    """Reports per superior in the mean."""
    depth: int
    """Levels below the head."""
    activity_spread: float
    """Of log mails per person (standard deviation)."""
    pair_spread: float
    """Of log weights of pairs."""
    silent_up: float
    """People who never write to their superior."""
    silent_down: float
    superior: float
    report: float
    peer: float
    peer_share: float
    """Colleagues of the team with whom somebody writes at all."""
    department_share: float
    lead: float
    lead_share: float
    """People who get their work from somebody who is not their superior."""
    across: float
    """People outside the department with whom somebody writes, in the mean."""
    hubs: float
    """Share of people whom everybody asks: service desks, assistants."""
    hub_share: float
    seniority: float
    """By how many log units a level makes people write and get more."""
    reciprocity: float
    several: float
    """Mails to more than one person."""
    copy_superior: float
    """Of mails to several: those with the writer's superior in copy."""
    to_team: float
    """Of mails to several: those of superiors to all their reports."""
    reply: float
    reply_hours_up: float
    reply_hours_down: float
    moved: float
    """People who had another superior for a part of the time."""
    late: float
    """People who came or left in between."""
    kept: float
    """Mailboxes that were kept."""
    copies: bool
    """Whether the log tells To and Cc apart."""
    leads_unnamed: float
    """People who lead others at work and are no superiors on paper."""
    elsewhere: float
    """People whose superior on paper is somebody else than who leads their work."""
    groups: float
    """Lists per person: mixed groups to which any member writes."""
    to_groups: float
    """Of mails to several: those to such a list."""
    telling: float
    """Superiors who ever write to all their reports at once."""
    charted: float
    """People of the log whom the chart names."""


def draw_settings(kind: Kind, seed: int, people: int | None = None) -> MailLogSettings:
    """Settings of a company of this kind. people: so many instead of 50 to 2,000."""
    draw = np.random.default_rng([seed, sum(map(ord, kind))])

    def between(low: float, high: float) -> float:
        return float(draw.uniform(low, high))

    def factor(low: float, high: float) -> float:
        """Even between the logarithms."""
        return float(np.exp(draw.uniform(np.log(low), np.log(high))))

    size = people or int(np.exp(draw.uniform(np.log(60), np.log(600))))
    low, high = _MAILS[kind]
    leads = {
        Kind.OFFICE: (0.1, 0.4),
        Kind.PLANT: (0.25, 0.6),
        Kind.MATRIX: (0.5, 0.9),
        Kind.SEIZED: (0.2, 0.6),
    }
    across = {Kind.OFFICE: (3, 10), Kind.PLANT: (4, 16), Kind.MATRIX: (8, 25), Kind.SEIZED: (4, 16)}
    return MailLogSettings(
        people=size,
        mails=int(size * np.exp(draw.uniform(np.log(low), np.log(high)))),
        days=int(draw.integers(120, 1000)),
        span=between(3.0, 10.0),
        depth=int(draw.integers(2, 7)),
        activity_spread=between(0.7, 1.8),
        pair_spread=between(0.8, 1.5),
        silent_up=between(0.3, 0.6),
        silent_down=between(0.05, 0.35),
        superior=factor(2.0, 16.0),
        report=factor(1.0, 8.0),
        peer=factor(0.7, 3.0),
        peer_share=between(0.3, 0.9),
        department_share=between(0.05, 0.4),
        lead=factor(1.0, 5.0),
        lead_share=between(*leads[kind]),
        across=between(*across[kind]),
        hubs=between(0.01, 0.08),
        hub_share=between(0.1, 0.6),
        seniority=between(0.0, 0.6),
        reciprocity=between(0.2, 0.9),
        several=between(0.1, 0.6),
        copy_superior=between(0.02, 0.3),
        to_team=between(0.02, 0.25),
        reply=between(0.2, 0.6),
        reply_hours_up=factor(1.0, 6.0),
        reply_hours_down=factor(2.0, 16.0),
        moved=between(0.0, 0.3),
        late=between(0.0, 0.3),
        kept=between(0.1, 0.5) if kind is Kind.SEIZED else 1.0,
        copies=bool(draw.random() < 0.6),
        leads_unnamed=between(0.05, 0.5),
        elsewhere=between(0.1, 0.4),
        groups=between(0.05, 0.4),
        to_groups=between(0.2, 0.6),
        telling=between(0.2, 0.8),
        charted=between(0.6, 1.0),
    )


_MAILS = {Kind.OFFICE: (100, 800), Kind.PLANT: (40, 600), Kind.MATRIX: (100, 800), Kind.SEIZED: (60, 500)}
"""Mails per person in the mean, lowest and highest."""
