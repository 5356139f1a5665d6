"""Reporting lines where none is stated: who of the higher ones is nearest by department, rank and contact."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime

from graph.derive.facts import Derived, reconcile
from graph.derive.report import Counts
from graph.derive.titles import Job
from graph.store import Store
from graph.tie.model import Tie

METHOD = "title-contact-1"
BASE, SAME_DEPARTMENT, ONLY_ONE, TIE = 0.3, 0.2, 0.2, 0.2
"""Confidence: a base, and what each agreement adds; a prior below anything observed, at most 0.9."""

Ties = Mapping[frozenset[str], Tie]


def contact_ties(ties: Iterable[Tie]) -> dict[frozenset[str], Tie]:
    """Ties between contacts, by their two ids."""
    return {frozenset((t.start_id, t.end_id)): t for t in ties if t.start_kind == t.end_kind == "Contact"}


def derive_managers(store: Store, held: Sequence[Job], ties: Ties, now: datetime) -> Counts:
    """Make the inferred REPORTS_TO of these jobs' people hold exactly what can be inferred at `now`."""
    people = sorted({job.contact_id for job in held})
    asked = {"contact_ids": people}
    stated = {row["contact_id"] for row in store.read("derive.stated_managers", **asked, now=now.isoformat())}
    rows = store.read("derive.standing_managers", **asked)
    standing = {row["fact"]["fact_id"]: row["fact"] for row in rows}
    return reconcile(store, _lines(held, stated, ties, now), standing, "derive.drop_managers")


def _lines(held: Iterable[Job], stated: set[str], ties: Ties, now: datetime) -> Iterator[Derived]:
    staff: dict[str, dict[str, Job]] = defaultdict(dict)
    for job in sorted(held, key=lambda job: job.valid_from):
        if _current(job, now) and job.reading.level is not None:
            staff[job.customer_id][job.contact_id] = job
    for customer in sorted(staff):
        for person in staff[customer].values():
            if person.contact_id not in stated:
                yield from _line(person, list(staff[customer].values()), ties)


def _current(job: Job, now: datetime) -> bool:
    known_from = job.known_from or job.valid_from
    begun = max(job.valid_from, known_from) <= now
    return begun and all(end is None or end > now for end in (job.valid_to, job.known_to))


def _line(person: Job, staff: Sequence[Job], ties: Ties) -> Iterator[Derived]:
    higher = [job for job in staff if _level(job) > _level(person)]
    if not higher:
        return
    boss = min(higher, key=lambda job: _distance(person, job, ties))
    rivals = [job for job in higher if _distance(person, job, ties)[:2] == _distance(person, boss, ties)[:2]]
    tie = ties.get(frozenset((person.contact_id, boss.contact_id)))
    known = [job.known_from or job.valid_from for job in (person, boss)]
    yield Derived(
        type="REPORTS_TO",
        start=("Contact", person.contact_id),
        end=("Contact", boss.contact_id),
        source_key=f"title:{person.fact_id}:{boss.fact_id}",
        props={
            "method": METHOD,
            "confidence": round(_confidence(person, boss, tie, len(rivals)), 4),
            "valid_from": max(person.valid_from, boss.valid_from),
            "valid_to": None,
            "known_from": max([*known, *([tie.last_at] if tie else [])]),
            "known_to": None,
            "evidence": (f"WORKS_AT:{person.fact_id}", f"WORKS_AT:{boss.fact_id}", *_seen(tie)),
            "evidence_count": 2 + (tie.interactions if tie else 0),
        },
    )


def _level(job: Job) -> int:
    return -1 if job.reading.level is None else job.reading.level


def _distance(person: Job, boss: Job, ties: Ties) -> tuple[int, int, float, str]:
    """Nearer is smaller: department (own, then management, then another), rank, contact, id."""
    if boss.department is not None and boss.department == person.department:
        department = 0
    else:
        department = 1 if boss.department == "management" else 2
    tie = ties.get(frozenset((person.contact_id, boss.contact_id)))
    return department, _level(boss) - _level(person), -(tie.strength if tie else 0.0), boss.contact_id


def _confidence(person: Job, boss: Job, tie: Tie | None, rivals: int) -> float:
    same = person.department is not None and person.department == boss.department
    agreement = SAME_DEPARTMENT * same + ONLY_ONE * (rivals == 1)
    return BASE + agreement + TIE * (tie.strength if tie else 0.0)


def _seen(tie: Tie | None) -> tuple[str, ...]:
    return tie.evidence[:18] if tie else ()
