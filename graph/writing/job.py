"""A contact has left a customer, and perhaps works elsewhere now."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from graph.record import record
from graph.service import GraphStore, Row
from graph.writing.author import Author, worded
from graph.writing.errors import NotAtCustomer, VersionConflict, WriteRefused
from graph.writing.gaps import gaps_anew
from graph.writing.named import Named, goes_on, named
from graph.writing.once import Outcome, Writing, once

LONGEST_TITLE = 200


@dataclass(frozen=True, slots=True)
class Leaving:
    """The contact left the customer; `moved_to` names the customer where the person works from then on.

    version: that of the contact's record as the author saw it.
    """

    contact: str
    customer: str
    left_at: datetime | None = None
    moved_to: str | None = None
    title: str | None = None
    department: str | None = None
    version: str | None = None


async def end_job(store: GraphStore, author: Author, words: Leaving) -> Outcome:
    """End the contact's jobs at the customer, begin the one elsewhere, find the gaps of both anew.

    Answers as of an earlier day, when nobody knew, keep the job. Raises WriteRefused, NotFound.
    """

    async def prepare() -> Writing:
        found = await _named(store, author, words)
        await _check_version(store, author, words, found)
        return _writing(author, words, found)

    outcome = await once(store, author, "end_job", words, prepare)
    found = await _named(store, author, words)
    customers = [words.customer, words.moved_to] if words.moved_to else [words.customer]
    await gaps_anew(store, [found.id("Customer", one) for one in customers], author.now)
    return outcome


async def _named(store: GraphStore, author: Author, words: Leaving) -> Named:
    customers = [words.customer, words.moved_to] if words.moved_to else [words.customer]
    return await named(store, author, {"Contact": [words.contact], "Customer": customers})


async def _check_version(store: GraphStore, author: Author, words: Leaving, found: Named) -> None:
    if words.version is None:
        return
    typed_id = f"Contact:{found.id('Contact', words.contact)}"
    seen = await record(store, typed_id=typed_id, now=author.now, viewer=author.employee_id)
    if author.told(seen).version != words.version:
        raise VersionConflict(typed_id)


def _writing(author: Author, words: Leaving, found: Named) -> Writing:
    contact_id = found.id("Contact", words.contact)
    customer_id = found.id("Customer", words.customer)
    left_at = author.moment("leftAt", words.left_at)
    jobs = found.open_jobs(contact_id, [customer_id], author.now)
    if not jobs:
        raise NotAtCustomer(words.contact)
    if any(job["valid_from"] > left_at for job in jobs):
        raise WriteRefused("`leftAt` lies before the job began")
    typed_id = f"Contact:{contact_id}"
    return Writing(
        "writing.end_jobs",
        {
            "contact_id": contact_id,
            "customer_id": customer_id,
            "viewer": author.employee_id,
            "fact_ids": [job["fact_id"] for job in jobs],
            "ended": [_ended(author, contact_id, customer_id, job) for job in jobs],
            "left_at": left_at.isoformat(),
            "begun": list(_begun(author, words, found, jobs[0])),
        },
        (typed_id,),
        typed_id,
    )


def _ended(author: Author, contact_id: str, customer_id: str, job: Row) -> dict[str, Any]:
    """The job with an end, stated by the author and as visible as it was."""
    kept = ("title", "seniority", "department", "visibility", "owner_id", "evidence")
    fact = author.fact("WORKS_AT", contact_id, customer_id, f"{author.key}|{job['fact_id']}")
    props = {name: job[name] for name in kept if job[name] is not None}
    return {"props": props | fact, "valid_from": job["valid_from"].isoformat()}


def _begun(author: Author, words: Leaving, found: Named, left: Row) -> list[dict[str, Any]]:
    """The job elsewhere, unless the graph has it."""
    title = worded("title", words.title, LONGEST_TITLE)
    department = worded("department", words.department, LONGEST_TITLE)
    if words.moved_to is None:
        return []
    contact_id, customer_id = found.id("Contact", words.contact), found.id("Customer", words.moved_to)
    if customer_id == left["customer_id"]:
        raise WriteRefused("`movedTo` is the customer that the contact left")
    there = (job for job in found.jobs(contact_id) if job["customer_id"] == customer_id)
    if any(goes_on(job, author.now) for job in there):
        return []
    props = {
        **author.fact("WORKS_AT", contact_id, customer_id, author.key),
        "title": title, "department": department, "visibility": left["visibility"] or "company",
        "owner_id": left["owner_id"],
    }  # fmt: skip
    return [{"customer_id": customer_id, "props": props}]
