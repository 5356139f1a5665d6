"""Inferred reporting lines as of a past day: inferred anew from what was known then, as ties are."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from graph.job import Job, job_of
from graph.model import Contact
from graph.reporting_line.copies import Copies, copies
from graph.reporting_line.lines import HOPS, Line, infer
from graph.reporting_line.superior import Weights
from graph.service import GraphStore
from graph.tie import fold
from graph.tie.read import interactions_of, participations


async def lines_as_of(
    store: GraphStore, contact_ids: Iterable[str], moment: datetime, weights: Weights
) -> tuple[Line, ...]:
    """Lines of these contacts and of their superiors, among whoever worked with them at the moment.

    Those that stand in the graph are a cache of the last derive, and nothing to go by for another day.
    """
    jobs = await _jobs(store, contact_ids, moment)
    staff = sorted({job.contact_id for job in jobs})
    stated = await stated_superiors(store, staff, moment)
    rows = await store.read("reporting_line.dismissed", contact_ids=staff, as_of=moment.isoformat())
    dismissed = {(row["contact_id"], row["manager_id"]) for row in rows}
    lines = infer(jobs, stated, await _copies(store, staff, moment), weights, moment)
    return tuple(
        line for line in lines if (line.person.contact_id, line.superior.contact_id) not in dismissed
    )


async def _jobs(store: GraphStore, contact_ids: Iterable[str], moment: datetime) -> list[Job]:
    """Jobs at the employers of these contacts, and at those of who works there, as far as a chain goes."""
    jobs: list[Job] = []
    people, employers, as_of = set(contact_ids), set[str](), moment.isoformat()
    newest = people
    for _ in range(HOPS):
        rows = await store.read("reporting_line.employers", contact_ids=sorted(newest), as_of=as_of)
        further = {str(row["customer_id"]) for row in rows} - employers
        if not further:
            break
        employers |= further
        rows = await store.read("reporting_line.jobs", customer_ids=sorted(further), as_of=as_of)
        jobs += map(job_of, rows)
        newest = {job.contact_id for job in jobs} - people
        people |= newest
    return jobs


async def stated_superiors(
    store: GraphStore, contact_ids: Iterable[str], moment: datetime
) -> Mapping[str, str]:
    """Contact → superior, as stated for all to see, true and known at the moment."""
    rows = await store.read(
        "reporting_line.stated", contact_ids=sorted(contact_ids), as_of=moment.isoformat()
    )
    return {row["contact_id"]: row["manager_id"] for row in sorted(rows, key=lambda row: row["manager_id"])}


async def _copies(store: GraphStore, contact_ids: Sequence[str], moment: datetime) -> Copies:
    rows = await interactions_of(store, Contact, contact_ids, moment)
    return copies(fold.frame(participations(rows))) if rows else Copies()
