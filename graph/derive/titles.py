"""Roles that job titles make likely, for the account as a whole: an inferred HAS_ROLE per job."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime

from graph.derive.facts import Derived, Standing, reconcile
from graph.derive.report import Counts
from graph.job import Job
from graph.store import Store
from graph.title import METHOD


def derive_roles(
    store: Store,
    customer_ids: Sequence[str],
    jobs: Iterable[Job],
    behaved: Iterable[Derived],
    *,
    on: bool = True,
) -> Counts:
    """Make the inferred roles of these customers hold exactly what the titles say, and `behaved`.

    A role inherits both clocks of its job, so reading as of a past day finds the title of that day. What
    a title says is no longer held true from when behaviour says more. Not `on`: none holds.
    """
    behaved = list(behaved)
    known = {fact.source_key.partition(":")[2]: fact.props["known_from"] for fact in behaved}
    rows = store.read("derive.standing_roles", customer_ids=list(customer_ids))
    standing = {row["fact"]["fact_id"]: Standing(("Customer", row["end_id"]), row["fact"]) for row in rows}
    return reconcile(store, "HAS_ROLE", [*_roles(jobs, known), *behaved] if on else (), standing)


def _roles(jobs: Iterable[Job], known: Mapping[str, datetime]) -> Iterator[Derived]:
    """What titles say; `known`: from when behaviour says more, by the job's fact."""
    for job in jobs:
        until = known.get(job.fact_id, job.known_to)
        begun = until is None or until > (job.known_from or job.valid_from)
        if job.reading.role is not None and begun:
            yield Derived(
                type="HAS_ROLE",
                start=("Contact", job.contact_id),
                end=("Customer", job.customer_id),
                source_key=f"title:{job.fact_id}",
                props={
                    "method": METHOD,
                    "role": job.reading.role,
                    "influence": job.reading.influence,
                    "confidence": job.reading.confidence,
                    "valid_from": job.valid_from,
                    "valid_to": job.valid_to,
                    "known_from": job.known_from,
                    "known_to": until,
                    "visibility": job.visibility or "company",
                    "owner_id": job.owner_id,
                    "evidence": (f"WORKS_AT:{job.fact_id}",),
                    "evidence_count": 1,
                },
            )
