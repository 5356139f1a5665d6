"""Roles that job titles make likely, for the account as a whole: an inferred HAS_ROLE per job."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from graph.derive.facts import Derived, Standing, reconcile
from graph.derive.report import Counts
from graph.store import Store
from graph.title import METHOD, TitleReading, read_title


@dataclass(frozen=True, slots=True)
class Job:
    """A WORKS_AT fact with what its title says."""

    customer_id: str
    contact_id: str
    fact_id: str
    reading: TitleReading
    department: str | None
    valid_from: datetime
    valid_to: datetime | None
    known_from: datetime | None
    known_to: datetime | None
    visibility: str | None
    owner_id: str | None


def read_jobs(store: Store, customer_ids: Sequence[str]) -> list[Job]:
    """All jobs, past ones too, at these customers."""
    return [_job(row) for row in store.read("derive.jobs", customer_ids=list(customer_ids))]


def _job(row: dict[str, Any]) -> Job:
    reading = read_title(row.pop("title"))
    row.pop("seniority")
    department = row.pop("department") or reading.department
    return Job(**row, reading=reading, department=department)


def derive_roles(store: Store, customer_ids: Sequence[str], jobs: Iterable[Job]) -> Counts:
    """Make the inferred roles of these customers hold exactly what the titles say.

    A role inherits both clocks of its job, so reading as of a past day finds the title of that day.
    """
    rows = store.read("derive.standing_roles", customer_ids=list(customer_ids))
    standing = {row["fact"]["fact_id"]: Standing(("Customer", row["end_id"]), row["fact"]) for row in rows}
    return reconcile(store, "HAS_ROLE", _roles(jobs), standing)


def _roles(jobs: Iterable[Job]) -> Iterator[Derived]:
    for job in jobs:
        if job.reading.role is not None:
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
                    "known_to": job.known_to,
                    "visibility": job.visibility or "company",
                    "owner_id": job.owner_id,
                    "evidence": (f"WORKS_AT:{job.fact_id}",),
                    "evidence_count": 1,
                },
            )
