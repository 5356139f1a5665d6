"""Roles by behaviour and position, for the account as a whole: an inferred HAS_ROLE per job."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

import duckdb

from graph.buying_role.signs import Account, Part, Signs, Trace
from graph.buying_role.weights import Case, RoleWeights, decision_power
from graph.derive.facts import Derived
from graph.job import Job
from graph.moment import in_utc, naive
from graph.sql import statement
from graph.sql.run import make, rows

METHOD = "behaviour-counts-1"
LEAST = 0.5
"""Confidence below which only who has a title that speaks of a role is given one."""
EVIDENCE = 19
"""Traces kept as evidence beside the job: the 20 that a fact may carry."""


def trace(connection: duckdb.DuckDBPyConnection, now: datetime) -> None:
    """Make `role_traces`, `role_stated` and `role_met` of the staff in `copies_scope`, set-wise."""
    make(connection, "role_traces", statement("role.traces", now=naive(now), evidence=EVIDENCE))
    make(connection, "role_stated", statement("role.stated", now=naive(now)))
    make(connection, "role_met", statement("role.met"))


def accounts_of(
    connection: duckdb.DuckDBPyConnection, jobs: Iterable[Job], now: datetime
) -> Iterator[tuple[str, Account]]:
    """Each customer of these jobs with its present staff, as everybody may see them."""
    staff: dict[str, dict[str, Job]] = defaultdict(dict)
    for job in sorted(jobs, key=lambda job: (job.valid_from, job.fact_id)):
        if job.seen_by_company and job.is_current(now):
            staff[job.customer_id][job.contact_id] = job
    customers = sorted(staff)
    traces: dict[str, dict[str, Trace]] = defaultdict(dict)
    for row in rows(connection, statement("role.traces_of", customer_ids=customers)):
        key, contact = row.pop("customer_id"), row.pop("contact_id")
        if contact in staff[key]:
            row |= {"last_at": in_utc(row["last_at"]), "evidence": tuple(row["evidence"])}
            traces[key][contact] = Trace(**row)
    parts: dict[str, list[Part]] = defaultdict(list)
    for row in rows(connection, statement("role.stated_of", customer_ids=customers)):
        part = Part(**row | {"known_from": in_utc(row["known_from"])})
        if part.contact_id in staff[part.customer_id]:
            parts[part.customer_id].append(part)
    people = sorted({contact for of_customer in staff.values() for contact in of_customer})
    met: dict[str, dict[str, int]] = defaultdict(dict)
    for row in rows(connection, statement("role.met_of", contact_ids=people)):
        met[row["contact_id"]][row["other"]] = row["times"]
    for key in customers:
        ties = {(one, other): times for one in staff[key] for other, times in met[one].items()}
        yield key, Account(list(staff[key].values()), traces[key], parts[key], ties)


def stated_roles(connection: duckdb.DuckDBPyConnection, jobs: Iterable[Job], now: datetime) -> Iterator[Case]:
    """The roles stated in the deals of these jobs' customers, each with the signs of its person."""
    for key, account in accounts_of(connection, jobs, now):
        if not account.parts:
            continue
        signs = Signs.of(account)
        for part in account.parts:
            yield Case(key, part.role, signs.without(part.contact_id, part.opportunity_id))


def behaved_roles(
    connection: duckdb.DuckDBPyConnection, jobs: Sequence[Job], weights: RoleWeights, now: datetime
) -> Iterator[Derived]:
    """The likeliest role of everybody at these jobs' customers, where it is sure enough or a title speaks."""
    if not weights.learned:
        return
    for _, account in accounts_of(connection, jobs, now):
        signs, known_from = Signs.of(account), account.last_at
        if known_from is not None:
            for job in account.staff:
                yield from _fact(job, signs, weights, known_from)


def _fact(job: Job, signs: Signs, weights: RoleWeights, known_from: datetime) -> Iterator[Derived]:
    own = signs.without(job.contact_id, None)
    likely = weights.likely(own)
    role = max(likely, key=lambda one: (likely[one], one))
    if likely[role] < LEAST and job.reading.role not in likely:
        return
    seen = signs.account.traces.get(job.contact_id)
    parts = [part for part in signs.account.parts if part.contact_id == job.contact_id]
    yield Derived(
        type="HAS_ROLE",
        start=("Contact", job.contact_id),
        end=("Customer", job.customer_id),
        source_key=f"behaviour:{job.fact_id}",
        props={
            "method": METHOD,
            "role": role,
            "influence": job.reading.influence,
            "decision_power": round(decision_power(likely), 4),
            "confidence": round(likely[role], 4),
            "valid_from": job.valid_from,
            "valid_to": job.valid_to,
            "known_from": max(known_from, job.known_from or job.valid_from),
            "known_to": None,
            "owner_id": job.owner_id,
            "evidence": (f"WORKS_AT:{job.fact_id}", *(seen.evidence if seen else ())),
            "evidence_count": 1 + (seen.seen if seen else 0) + len(parts),
        },
    )
