"""Who seems to have left a job whose end nobody recorded: signs, and how sure they make it.

Signs and their confidence (priors; `docs/relationships.md` says how often they were right in the simulated
company, whose truth is known):

- The mailbox is gone: a bounce flag of the source, or mail that came back. A permanent failure such as
  5.1.1, "bad destination mailbox address" (RFC 3463, section 3.2), mostly means that the person left; the
  address may also be mistyped or renamed. Whoever wrote to us after the bounce is still there.
- A job elsewhere that began later and goes on. People do hold two posts, so this is the weaker sign, and it
  is none at a parent, subsidiary or partner.

Several signs are independent reasons: together they are wrong only if each is (noisy or; Pearl 1988).
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from math import prod
from typing import Any

from graph.service import GraphStore

METHOD = "departure-1"
BOUNCED, ELSEWHERE = 0.85, 0.7
"""Confidence of one sign alone."""
SURE = 0.5
"""From here on the person counts as gone: likelier so than not."""


@dataclass(frozen=True, slots=True)
class OtherJob:
    """A job of the same person at another customer that goes on."""

    fact_id: str
    customer_id: str
    valid_from: datetime
    related: bool
    """Whether that customer is a parent, subsidiary or partner of this one."""


@dataclass(frozen=True, slots=True)
class OpenJob:
    """A job without an end, with what could question it."""

    fact_id: str
    contact_id: str
    customer_id: str
    valid_from: datetime
    email: str | None
    email_bounced: bool | None
    email_bounced_at: datetime | None
    bounced_email: str | None
    last_wrote_at: datetime | None
    last_met_at: datetime | None
    """Of the meetings, visits and calls that they took part in."""
    elsewhere: tuple[OtherJob, ...]


@dataclass(frozen=True, slots=True)
class Sign:
    """One reason to believe it."""

    since: datetime
    """The earliest day that the person may have been gone."""
    known_from: datetime | None
    """When the sign appeared; None where the source does not date it."""
    confidence: float
    evidence: str
    moved_to: str | None = None


@dataclass(frozen=True, slots=True)
class Departure:
    """What the signs of one job come to; `known_from` None where the source dates none of them."""

    job: OpenJob
    since: datetime
    known_from: datetime | None
    confidence: float
    evidence: tuple[str, ...]
    moved_to: str | None

    def properties(self, known_from: datetime) -> dict[str, Any]:
        """Those of a DEPARTED fact; known no earlier than it was true."""
        return {
            "method": METHOD,
            "confidence": self.confidence,
            "valid_from": self.since,
            "known_from": max(known_from, self.since),
            "moved_to": self.moved_to,
            "evidence": self.evidence,
        }


@dataclass(frozen=True, slots=True)
class Presumed:
    """A departure as it is shown: gone since then, known from then, how sure, and why."""

    since: datetime
    known_from: datetime
    basis: str
    confidence: float
    method: str | None
    evidence: tuple[str, ...]
    moved_to: str | None
    """Id of the customer where the person works now, where one is known."""


def presumed(rows: Iterable[Mapping[str, Any]]) -> Presumed | None:
    """From the first of some DEPARTED facts, given by their properties."""
    for row in rows:
        return Presumed(
            row["valid_from"], row["known_from"] or row["valid_from"], row["basis"], row["confidence"],
            row["method"], tuple(row["evidence"] or ()), row["moved_to"],
        )  # fmt: skip
    return None


Rows = Sequence[Mapping[str, Any]]


async def departures_as_of(
    store: GraphStore, customer_ids: Iterable[str], moment: datetime
) -> Mapping[tuple[str, str], Rows]:
    """By contact and customer who seemed at the moment to have left there, from the dated signs known then.

    Those in the graph are of the last derive: a sign that was gone by then has been withdrawn with them.
    """
    ids = sorted(set(customer_ids))
    rows = await store.read("derive.questioned_jobs", customer_ids=ids, now=moment.isoformat())
    found: dict[tuple[str, str], list[Mapping[str, Any]]] = {}
    for one in filter(None, (departure(open_job(row)) for row in rows)):
        if one.known_from is not None:
            facts = found.setdefault((one.job.contact_id, one.job.customer_id), [])
            facts.append(one.properties(one.known_from) | {"basis": "inferred", "fact_id": one.job.fact_id})
    return {key: sorted(facts, key=_surest_first) for key, facts in found.items()}


def _surest_first(fact: Mapping[str, Any]) -> tuple[float, str]:
    return -fact["confidence"], fact["fact_id"]


def of_past(standing: Rows, found: Rows) -> Rows:
    """The departures of one job as of a past day: those found anew, else what a flag without a date left.

    standing: those of the graph that were known by the day; a flag alone has no evidence but the contact.
    """
    flagged = [fact for fact in standing if all(e.startswith("Contact:") for e in fact["evidence"][1:])]
    return found or flagged


def open_job(row: Mapping[str, Any]) -> OpenJob:
    """The job of a row of `derive.questioned_jobs`."""
    elsewhere = tuple(OtherJob(**other) for other in row["elsewhere"])
    last = {name: next(iter(row[name]), None) for name in ("last_wrote_at", "last_met_at")}
    return OpenJob(**{**row, **last, "elsewhere": elsewhere})


def departure(job: OpenJob) -> Departure | None:
    """Whether the person seems to have left this job; None without a sign."""
    found = tuple(signs(job))
    return _together(job, found) if found else None


def signs(job: OpenJob) -> Iterator[Sign]:
    """What questions the job, the strongest sign first."""
    newer = [one for one in job.elsewhere if one.valid_from > job.valid_from]
    if not newer and _bounced(job):
        since = job.email_bounced_at or _last_seen(job)
        yield Sign(since, job.email_bounced_at, BOUNCED, f"Contact:{job.contact_id}")
    strangers = [one for one in newer if not one.related]
    if strangers:
        next_job = min(strangers, key=lambda one: (one.valid_from, one.fact_id))
        now_at = max(strangers, key=lambda one: (one.valid_from, one.fact_id))
        evidence = f"WORKS_AT:{next_job.fact_id}"
        yield Sign(next_job.valid_from, next_job.valid_from, ELSEWHERE, evidence, now_at.customer_id)
        if job.bounced_email is not None and not _same_address(job):
            yield Sign(next_job.valid_from, job.email_bounced_at, BOUNCED, f"Contact:{job.contact_id}")


def _bounced(job: OpenJob) -> bool:
    """Whether the address of this job is gone, and nobody wrote from there since."""
    if not (job.email_bounced or job.email_bounced_at) or not _same_address(job):
        return False
    return not (job.email_bounced_at and job.last_wrote_at and job.last_wrote_at > job.email_bounced_at)


def _last_seen(job: OpenJob) -> datetime:
    """The last day on which the person was certainly in this job."""
    return max(filter(None, (job.valid_from, job.last_wrote_at, job.last_met_at)))


def _same_address(job: OpenJob) -> bool:
    """Whether the address that bounced is the person's present one, as it is where none is named."""
    return job.bounced_email is None or job.bounced_email.casefold() == (job.email or "").casefold()


def _together(job: OpenJob, found: Sequence[Sign]) -> Departure:
    dated = [sign.known_from for sign in found if sign.known_from is not None]
    return Departure(
        job=job,
        since=min(sign.since for sign in found),
        known_from=min(dated, default=None),
        confidence=round(1.0 - prod(1.0 - sign.confidence for sign in found), 4),
        evidence=(f"WORKS_AT:{job.fact_id}", *dict.fromkeys(sign.evidence for sign in found)),
        moved_to=next(_moves(found), None),
    )


def _moves(found: Iterable[Sign]) -> Iterator[str]:
    return (sign.moved_to for sign in found if sign.moved_to is not None)
