"""A reporting tree: who has which superior on paper, and who leads whom at work, which is not the same."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from simulate.mail_log.settings import MailLogSettings

Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Chart:
    """People are numbered; 0 is the head."""

    superior: Ints
    """Per person the superior on paper; −1 for the head."""
    leader: Ints
    """Per person who leads the work, the tree that mails follow; −1 for the head."""
    level: Ints
    """Steps below the head at work."""
    department: Ints
    """The second-level superior that each hangs under (a person of the first levels: itself)."""

    def reports(self, person: int) -> Ints:
        """Whose work the person leads."""
        return np.flatnonzero(self.leader == person)


def draw_chart(settings: MailLogSettings, draw: np.random.Generator) -> Chart:
    """A tree whose superiors stand first, with uneven spans."""
    people = settings.people
    superiors = int(np.clip(round(people / settings.span), 2, people // 2))
    superior, level = np.full(people, -1), np.zeros(people, dtype=np.int64)
    capacity = np.exp(draw.normal(0.0, 0.7, people))
    for person in range(1, people):
        above = np.arange(min(person, superiors))
        if person < superiors:
            above = above[level[above] < settings.depth - 1]
            weight = capacity[above] * np.exp(-0.3 * np.bincount(superior[1:person], minlength=person)[above])
        else:
            weight = capacity[above] * np.exp(0.4 * level[above])
        superior[person] = draw.choice(above, p=weight / weight.sum())
        level[person] = level[superior[person]] + 1
    department = _departments(superior, level)
    return Chart(_on_paper(superior, level, department, settings, draw), superior, level, department)


def _on_paper(
    leader: Ints, level: Ints, department: Ints, settings: MailLogSettings, draw: np.random.Generator
) -> Ints:
    """The chart of the personnel office: some leads are no superiors, some people stand elsewhere."""
    superior = leader.copy()
    leads = np.unique(leader[leader > 0])
    for lead in leads[draw.random(len(leads)) < settings.leads_unnamed]:
        superior[superior == lead] = superior[lead]
    named = np.unique(superior[superior >= 0])
    for person in np.flatnonzero((draw.random(len(leader)) < settings.elsewhere) & (leader > 0)):
        near = named[(department[named] == department[person]) & (level[named] < level[person])]
        pool = near if len(near) and draw.random() < 0.6 else named[level[named] < level[person]]
        if len(pool):
            superior[person] = draw.choice(pool)
    return superior


def _departments(superior: Ints, level: Ints) -> Ints:
    found = np.arange(len(superior))
    for person in np.argsort(level, kind="stable"):
        if level[person] > 1:
            found[person] = found[superior[person]] if level[person] > 2 else superior[person]
    return found
