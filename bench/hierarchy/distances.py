"""Mail logs of a fifth make: the further apart two people stand in the company, the less they mail.

After Adamic and Adar (How to search a social network, 2005): in a laboratory of 436 people the chance that
two mailed fell as e^(−0.92 · distance in the chart), and with the distance between their desks.
"""

from dataclasses import dataclass

import numpy as np

from bench.hierarchy.habits import elsewhere, grown_tree
from gnn.features.history import Doubles, Ints
from gnn.reporting_lines.known_chart import NOBODY
from gnn.reporting_lines.mail_log import DAY_SECONDS, MailLog

START = 1_300_000_000
MOST_MAILS = 15_000


@dataclass(frozen=True)
class Distances:
    """How mails fall off with distance."""

    people: int
    mails: int
    span: float
    fall: float
    """By how many log units per step in the chart."""
    desks: float
    """By how many log units from one end of the building to the other."""
    spread: float
    """Of log mails per pair (standard deviation)."""
    activity_spread: float
    silent: float
    """People who do not mail with their superior."""
    elsewhere: float
    """People whose superior on paper is somebody else."""
    several: float
    """Mails to several of those near the writer."""


def draw_distances(seed: int) -> Distances:
    """The settings of one company."""
    draw = np.random.default_rng([seed, 93])
    people = int(np.exp(draw.uniform(np.log(35), np.log(170))))
    return Distances(
        people=people,
        mails=min(int(people * np.exp(draw.uniform(np.log(10), np.log(200)))), MOST_MAILS),
        span=float(draw.uniform(3.0, 10.0)),
        fall=float(draw.uniform(0.4, 1.4)),
        desks=float(draw.uniform(0.0, 4.0)),
        spread=float(draw.uniform(0.3, 1.8)),
        activity_spread=float(draw.uniform(0.2, 1.3)),
        silent=float(draw.uniform(0.0, 0.5)),
        elsewhere=float(draw.uniform(0.0, 0.35)),
        several=float(draw.uniform(0.0, 0.5)),
    )


def distance_log(settings: Distances, seed: int) -> tuple[MailLog, Ints]:
    """The log, and the superior of everybody on paper; the same settings and seed give the same."""
    draw = np.random.default_rng([seed, 94])
    people, above = settings.people, grown_tree(settings.people, settings.span, draw)
    weight = _weights(above, settings, draw)
    sender, first = np.divmod(
        draw.choice(people * people, settings.mails, p=(weight / weight.sum()).ravel()), people
    )
    rows = []
    for mail, (writer, to) in enumerate(zip(sender.tolist(), first.tolist(), strict=True)):
        group = {to: False}
        if draw.random() < settings.several:
            more = draw.choice(people, int(draw.integers(1, 6)), p=weight[writer] / weight[writer].sum())
            group = dict.fromkeys(more.tolist(), bool(draw.random() < 0.5)) | group
        rows += [(mail, person, copied) for person, copied in group.items()]
    mail, person, copied = np.array(rows, dtype=np.int64).T
    names = tuple(f"Employee|distances:{number}" for number in range(people))
    at = START + draw.integers(0, 300 * DAY_SECONDS, settings.mails)
    log = MailLog(names, sender.astype(np.int64), at, mail, person, copied > 0)
    return log, elsewhere(above, settings.elsewhere, draw)


def _weights(above: Ints, settings: Distances, draw: np.random.Generator) -> Doubles:
    """How much everybody writes to everybody."""
    people = len(above)
    desk = _desks(above, draw)
    apart = settings.fall * _steps(above) + settings.desks * np.abs(desk[:, None] - desk[None, :])
    weight = np.exp(-apart + draw.normal(0.0, settings.spread, (people, people)))
    busy, known = np.exp(draw.normal(0.0, settings.activity_spread, (2, people)))
    weight = weight * busy[:, None] * known[None, :]
    silent = np.flatnonzero((draw.random(people) < settings.silent) & (above != NOBODY))
    weight[silent, above[silent]] = weight[above[silent], silent] = 0.0
    np.fill_diagonal(weight, 0.0)
    return np.asarray(weight)


def _desks(above: Ints, draw: np.random.Generator) -> Doubles:
    """A place in the building, 0…1: mostly beside the superior."""
    desk = draw.random(len(above))
    for person in range(1, len(above)):
        if draw.random() < 0.7:
            desk[person] = np.clip(desk[above[person]] + draw.normal(0.0, 0.08), 0.0, 1.0)
    return desk


def _steps(above: Ints) -> Doubles:
    """Steps between any two people in the chart. Superiors have lower numbers than their reports."""
    steps = np.zeros((len(above), len(above)))
    for person in range(1, len(above)):
        steps[person, :person] = steps[:person, person] = steps[above[person], :person] + 1.0
    return steps
