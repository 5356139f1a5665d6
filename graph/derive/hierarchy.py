"""Reporting lines where none is stated: the likeliest superior, where one is likely enough."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from graph.derive.copies import Copies
from graph.derive.facts import Derived, Standing, reconcile
from graph.derive.report import Counts
from graph.derive.superior import Case, Weights, best, case, learn
from graph.derive.titles import Job, read_jobs
from graph.store import Store

LEARNED, PRIOR = "superior-counts-1", "superior-prior-1"
LEAST = 0.5
"""Confidence below which no line is inferred: it must be likelier than everything else together."""
CASES = 5000
"""Stated lines after which learning reads no further customers."""


def learn_superiors(store: Store, batches: Iterable[Sequence[str]], copies: Copies, now: datetime) -> Weights:
    """How signs are to be weighed, from the lines stated at these customers that everybody may see."""
    known: list[Case] = []
    for batch in batches:
        jobs = seen_by_company(read_jobs(store, batch))
        known += [one for one in _cases(jobs, _stated(store, jobs, now), copies, now) if one.stated]
        if len(known) >= CASES:
            break
    return learn(known)


def derive_managers(
    store: Store, jobs: Sequence[Job], copies: Copies, weights: Weights, now: datetime
) -> Counts:
    """Make the inferred REPORTS_TO of these jobs' people hold exactly what can be inferred at `now`.

    Jobs and stated lines that not everybody may see count for nothing: a line is inferred for all.
    """
    shared = seen_by_company(jobs)
    stated = _stated(store, shared, now)
    lines = _lines(_cases(shared, stated, copies, now), stated, copies, weights)
    return reconcile(store, "REPORTS_TO", lines, _standing(store, jobs))


def _standing(store: Store, jobs: Sequence[Job]) -> dict[str, Standing]:
    """The inferred lines that rest on these jobs; the same people may have others elsewhere."""
    rows = store.read("derive.standing_managers", contact_ids=_people(jobs))
    ours = {f"WORKS_AT:{job.fact_id}" for job in jobs}
    return {
        row["fact"]["fact_id"]: Standing(("Contact", row["end_id"]), row["fact"])
        for row in rows
        if row["fact"]["evidence"][0] in ours
    }


def seen_by_company(jobs: Iterable[Job]) -> list[Job]:
    """The jobs that everybody may see."""
    return [job for job in jobs if (job.visibility or "company") == "company"]


def _people(jobs: Iterable[Job]) -> list[str]:
    return sorted({job.contact_id for job in jobs})


def _stated(store: Store, jobs: Iterable[Job], now: datetime) -> dict[str, str]:
    """Contact → superior, as stated and true at `now`."""
    rows = store.read("derive.stated_managers", contact_ids=_people(jobs), now=now.isoformat())
    return {row["contact_id"]: row["manager_id"] for row in sorted(rows, key=lambda row: row["manager_id"])}


def _cases(jobs: Iterable[Job], stated: dict[str, str], copies: Copies, now: datetime) -> Iterator[Case]:
    staff: dict[str, dict[str, Job]] = defaultdict(dict)
    for job in sorted(jobs, key=lambda job: (job.valid_from, job.fact_id)):
        if _current(job, now):
            staff[job.customer_id][job.contact_id] = job
    for customer in sorted(staff):
        people = list(staff[customer].values())
        lines = {p.contact_id: stated[p.contact_id] for p in people if p.contact_id in stated}
        for person in people:
            yield case(person, people, lines, copies)


def _current(job: Job, now: datetime) -> bool:
    known_from = job.known_from or job.valid_from
    begun = max(job.valid_from, known_from) <= now
    return begun and all(end is None or end > now for end in (job.valid_to, job.known_to))


def _lines(
    cases: Iterable[Case], stated: dict[str, str], copies: Copies, weights: Weights
) -> Iterator[Derived]:
    """The surest first; a line that would close a circle is left out."""
    found = []
    for one in cases:
        likeliest = None if one.person.contact_id in stated else best(one, weights)
        if likeliest is not None and likeliest[1] >= LEAST:
            found.append((one.person, *likeliest))
    above = dict(stated)
    for person, boss, sure in sorted(found, key=lambda line: (-line[2], line[0].fact_id)):
        if not _is_above(person.contact_id, boss.contact_id, above):
            above.setdefault(person.contact_id, boss.contact_id)
            yield _line(person, boss, sure, copies, LEARNED if weights.learned else PRIOR)


def _is_above(boss: str, person: str, above: dict[str, str]) -> bool:
    seen = {person}
    while person in above and above[person] not in seen:
        person = above[person]
        seen.add(person)
    return boss in seen


def _line(person: Job, boss: Job, sure: float, copies: Copies, method: str) -> Derived:
    seen = copies.pairs.get((person.contact_id, boss.contact_id))
    known = [job.known_from or job.valid_from for job in (person, boss)]
    return Derived(
        type="REPORTS_TO",
        start=("Contact", person.contact_id),
        end=("Contact", boss.contact_id),
        source_key=f"title:{person.fact_id}:{boss.fact_id}",
        props={
            "method": method,
            "confidence": round(sure, 4),
            "valid_from": max(person.valid_from, boss.valid_from),
            "valid_to": None,
            "known_from": max([*known, *([seen.last_at] if seen else [])]),
            "known_to": None,
            "evidence": (
                f"WORKS_AT:{person.fact_id}",
                f"WORKS_AT:{boss.fact_id}",
                *(seen.evidence if seen else ()),
            ),
            "evidence_count": 2 + (seen.times if seen else 0),
        },
    )
