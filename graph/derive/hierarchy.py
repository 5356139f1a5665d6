"""Reporting lines where none is stated: the likeliest superior, where one is likely enough."""

from collections.abc import Iterable, Sequence
from datetime import datetime

import duckdb

from graph.derive.facts import Derived, Standing, reconcile
from graph.derive.report import Counts
from graph.job import Job, job_of
from graph.reporting_line.copies import Copies, copies_of
from graph.reporting_line.lines import Line, cases, infer
from graph.reporting_line.read import stated_superiors
from graph.reporting_line.superior import Case, Weights
from graph.service import run_sync
from graph.store import Store


def read_jobs(store: Store, customer_ids: Sequence[str]) -> list[Job]:
    """All jobs, past and hidden ones too, at these customers."""
    return [job_of(row) for row in store.read("derive.jobs", customer_ids=list(customer_ids))]


def stated_lines(
    store: Store, jobs: Iterable[Job], connection: duckdb.DuckDBPyConnection, now: datetime
) -> list[Case]:
    """The cases of these jobs' people whose superior is stated, from what everybody may see."""
    shared = [job for job in jobs if job.seen_by_company]
    contacts = {job.contact_id for job in shared}
    stated, copies = run_sync(store, stated_superiors, contacts, now), copies_of(connection, contacts)
    return [one for one in cases(shared, stated, copies, now) if one.stated]


def derive_managers(
    store: Store, jobs: Sequence[Job], copies: Copies, weights: Weights, now: datetime, *, on: bool = True
) -> Counts:
    """Make the inferred REPORTS_TO of these jobs' people hold exactly what can be inferred at `now`.

    Jobs and stated lines that not everybody may see count for nothing: a line is inferred for all.
    Not `on`: none holds.
    """
    if not on:
        return reconcile(store, "REPORTS_TO", (), _standing(store, jobs))
    shared = [job for job in jobs if job.seen_by_company]
    stated = run_sync(store, stated_superiors, {job.contact_id for job in shared}, now)
    lines = map(_fact, infer(shared, stated, copies, weights, now))
    return reconcile(store, "REPORTS_TO", lines, _standing(store, jobs))


def _standing(store: Store, jobs: Sequence[Job]) -> dict[str, Standing]:
    """The inferred lines that rest on these jobs; the same people may have others elsewhere."""
    people = sorted({job.contact_id for job in jobs})
    rows = store.read("derive.standing_managers", contact_ids=people)
    ours = {f"WORKS_AT:{job.fact_id}" for job in jobs}
    return {
        row["fact"]["fact_id"]: Standing(("Contact", row["end_id"]), row["fact"])
        for row in rows
        if row["fact"]["evidence"][0] in ours
    }


def _fact(line: Line) -> Derived:
    return Derived(
        type="REPORTS_TO",
        start=("Contact", line.person.contact_id),
        end=("Contact", line.superior.contact_id),
        source_key=f"title:{line.person.fact_id}:{line.superior.fact_id}",
        props={
            "method": line.method,
            "confidence": line.confidence,
            "valid_from": max(line.person.valid_from, line.superior.valid_from),
            "valid_to": None,
            "known_from": line.known_from,
            "known_to": None,
            "evidence": line.evidence,
            "evidence_count": line.evidence_count,
        },
    )
