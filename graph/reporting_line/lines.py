"""The lines that can be inferred among the staff of customers at one moment."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from graph.job import Job
from graph.reporting_line.copies import Copies
from graph.reporting_line.superior import Case, Weights, best, case

LEARNED, PRIOR = "superior-counts-1", "superior-prior-1"
LEAST = 0.5
"""Confidence below which no line is inferred: it must be likelier than everything else together."""
HOPS = 4
"""Superiors above a person whom a chain shows, as `chain.of` follows them."""
Stated = Mapping[str, str]
"""Contact → superior, as the sources state it."""


@dataclass(frozen=True, slots=True)
class Line:
    """One of the staff and the likely superior; `confidence` 0.5…1."""

    person: Job
    superior: Job
    confidence: float
    method: str
    evidence: tuple[str, ...]
    evidence_count: int
    known_from: datetime
    """When the newest of its evidence was known."""


def cases(jobs: Iterable[Job], stated: Stated, copies: Copies, moment: datetime) -> Iterator[Case]:
    """Everybody who works at one of these customers at the moment, beside the colleagues there."""
    staff: dict[str, dict[str, Job]] = defaultdict(dict)
    for job in sorted(jobs, key=lambda job: (job.valid_from, job.fact_id)):
        if job.is_current(moment):
            staff[job.customer_id][job.contact_id] = job
    for customer in sorted(staff):
        people = list(staff[customer].values())
        lines = {p.contact_id: stated[p.contact_id] for p in people if p.contact_id in stated}
        for person in people:
            yield case(person, people, lines, copies)


def infer(
    jobs: Iterable[Job], stated: Stated, copies: Copies, weights: Weights, moment: datetime
) -> Iterator[Line]:
    """Lines of people without a stated superior, the surest first; none that would close a circle.

    jobs and stated: only what everybody may see, for a line is inferred for all. copies: up to the moment.
    """
    likely = []
    for one in cases(jobs, stated, copies, moment):
        likeliest = None if one.person.contact_id in stated else best(one, weights)
        if likeliest is not None and likeliest[1] >= LEAST:
            likely.append((one.person, *likeliest))
    above = dict(stated)
    for person, superior, confidence in sorted(likely, key=lambda line: (-line[2], line[0].fact_id)):
        if not _is_above(person.contact_id, superior.contact_id, above):
            above.setdefault(person.contact_id, superior.contact_id)
            yield _line(person, superior, confidence, copies, LEARNED if weights.learned else PRIOR)


def _is_above(superior: str, person: str, above: Mapping[str, str]) -> bool:
    seen = {person}
    while person in above and above[person] not in seen:
        person = above[person]
        seen.add(person)
    return superior in seen


def _line(person: Job, superior: Job, confidence: float, copies: Copies, method: str) -> Line:
    copied = copies.pairs.get((person.contact_id, superior.contact_id))
    known = [job.known_from or job.valid_from for job in (person, superior)]
    return Line(
        person=person,
        superior=superior,
        confidence=round(confidence, 4),
        method=method,
        evidence=(
            f"WORKS_AT:{person.fact_id}",
            f"WORKS_AT:{superior.fact_id}",
            *(copied.evidence if copied else ()),
        ),
        evidence_count=2 + (copied.times if copied else 0),
        known_from=max([*known, *([copied.last_at] if copied else [])]),
    )
