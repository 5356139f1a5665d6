"""Generated companies as the arrays that learning reads."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from gnn.features.history import Ints
from gnn.reporting_lines.known_chart import NOBODY
from gnn.reporting_lines.mail_log import MailLog
from gnn.reporting_lines.truth import Truth
from simulate.mail_log.mails import GeneratedLog, draw_log
from simulate.mail_log.settings import Kind, draw_settings

TO_FIT = range(8)
"""Seeds of the companies that the models are fitted on."""
HELD_OUT = range(100, 102)
"""Seeds of those that the bench judges: no model has seen one of their settings."""


@dataclass(frozen=True)
class Company:
    """One generated company."""

    kind: Kind
    log: MailLog
    above: Ints
    """Per person the superior of the handed-out chart; `NOBODY` where it does not name the person."""

    @property
    def truth(self) -> Truth:
        """The handed-out chart as a file of known lines."""
        person = np.flatnonzero(self.above != NOBODY)
        names = tuple(f"mail:{number}" for number in person)
        return Truth(person, self.above[person], names)


def companies(seeds: range, most_people: int) -> Iterator[Company]:
    """One company of every kind per seed."""
    for seed in seeds:
        for kind in Kind:
            settings = draw_settings(kind, seed)
            if settings.people > most_people:
                settings = draw_settings(kind, seed, most_people)
            yield Company(kind, *arrays(draw_log(settings, seed), settings.people))


def arrays(log: GeneratedLog, people: int) -> tuple[MailLog, Ints]:
    """The log and the superiors of the chart as arrays."""
    above = np.full(people, NOBODY)
    for person, superior in log.lines():
        above[person] = superior
    names = tuple(f"Employee|mail:{number}" for number in range(people))
    return MailLog(names, log.sender, log.at, log.mail, log.person, log.copied), above
