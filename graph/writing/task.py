"""Tasks: what one of us has to do by a day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from graph.clock import reading_moment
from graph.model import Customer, Employee, Task
from graph.moment import in_utc
from graph.past_list import nested_then, own_then
from graph.record import record
from graph.service import GraphStore, Row
from graph.writing.author import Author, worded
from graph.writing.errors import VersionConflict, WriteRefused
from graph.writing.named import Named, named
from graph.writing.once import Outcome, Writing, once
from graph.writing.subject import LONGEST_SUBJECT, customer_of, subject_of

LATEST_DUE = timedelta(days=10 * 366)
LONGEST_KIND = 60
OPEN, DONE, CANCELLED = "open", "done", "cancelled"
"""What the status of a task is when it is made here, and when it is closed here."""


@dataclass(frozen=True, slots=True)
class TaskWords:
    """What is to do for a customer or about an opportunity of it; `owner` is the author unless given."""

    subject: str
    due_at: datetime | None = None
    customer: str | None = None
    opportunity: str | None = None
    contact: str | None = None
    owner: str | None = None
    kind: str | None = None


async def create_task(store: GraphStore, author: Author, words: TaskWords) -> Outcome:
    """Write the task, its customer, what it is about, and who owns it. Raises WriteRefused, NotFound."""

    async def prepare() -> Writing:
        return _creation(author, words, await _named(store, author, words))

    return await once(store, author, "create_task", words, prepare)


async def check_task(store: GraphStore, author: Author, words: TaskWords) -> None:
    """Raise what `create_task` would raise, and write nothing."""
    _creation(author, words, await _named(store, author, words))


async def complete_task(
    store: GraphStore, author: Author, task: str, version: str | None = None, *, cancelled: bool = False
) -> Outcome:
    """Close a task, as done or as not to be done any more; it was open until now.

    version: that of the record which the author saw. Raises NotFound, VersionConflict.
    """

    async def prepare() -> Writing:
        await named(store, author, {})
        found = await record(store, typed_id=f"Task:{task}", now=author.now, viewer=author.employee_id)
        typed_id = f"Task:{found.record_id}"
        if version not in (None, author.told(found).version) or "done_at" in dict(found.values):
            raise VersionConflict(typed_id)
        status = CANCELLED if cancelled else DONE
        params = {"task_id": found.record_id, "status": status}
        return Writing("writing.close_task", params, (typed_id,), typed_id)

    return await once(store, author, "complete_task", [task, version, cancelled], prepare)


async def _named(store: GraphStore, author: Author, words: TaskWords) -> Named:
    people = {
        "Contact": [words.contact] if words.contact else [],
        "Employee": [words.owner] if words.owner else [],
    }
    return await named(store, author, {**people, **subject_of(words.customer, words.opportunity)})


def _creation(author: Author, words: TaskWords, found: Named) -> Writing:
    owner_id = found.id("Employee", words.owner) if words.owner else author.employee_id
    props = {
        "subject": worded("subject", words.subject, LONGEST_SUBJECT, needed=True),
        "kind": worded("kind", words.kind, LONGEST_KIND),
        "status": OPEN,
    }
    return Writing(
        "writing.create_task",
        {
            "task_id": author.record_id,
            "customer_id": customer_of(found, words.customer, words.opportunity),
            "owner_id": owner_id,
            "props": props,
            "due_at": _due(author, words.due_at),
            "owns": author.fact("OWNS", owner_id, author.record_id, "") | {"visibility": "company"},
            "opportunities": [found.id("Opportunity", words.opportunity)] if words.opportunity else [],
            "contacts": _about(found, words.contact),
        },
        (f"Task:{author.record_id}",),
    )


def _about(found: Named, contact: str | None) -> list[str]:
    """The contact that the task names; none who is hidden from some of us, since everybody may see tasks."""
    if contact is None:
        return []
    contact_id = found.id("Contact", contact)
    return [contact_id] if found.visibility([contact_id])["visibility"] == "company" else []


def _due(author: Author, due_at: datetime | None) -> str | None:
    if due_at is None:
        return None
    due = in_utc(due_at)
    today = author.now.replace(hour=0, minute=0, second=0, microsecond=0)
    if not today <= due <= max(author.now, author.loaded_at) + LATEST_DUE:
        raise WriteRefused(f"`dueAt` is not within ten years from {today.date()} on")
    return due.isoformat()


@dataclass(frozen=True, slots=True)
class OpenTask:
    """A task that is not done."""

    task_id: str
    subject: str | None
    kind: str | None
    status: str | None
    due_at: datetime | None
    customer: dict[str, Any] | None
    """`customer_id` and `name`."""
    owners: tuple[dict[str, Any], ...]


async def open_tasks(
    store: GraphStore,
    *,
    now: datetime,
    viewer: str | None,
    customer_id: str | None = None,
    employee_id: str | None = None,
    until: datetime | None = None,
    first: int = 50,
    as_of: datetime | None = None,
) -> list[OpenTask]:
    """Tasks not done and due by `until`, the earliest due first: of a customer, of one of us or of both.

    as_of: a past day, with what was open then, in the order of the days when it is due as they stand today.
    Raises AsOfAfterNow.
    """
    moment = reading_moment(as_of, now)
    latest = until or now + 2 * LATEST_DUE
    rows = await store.read(
        "writing.open_tasks", customer_id=customer_id or "", employee_id=employee_id or "",
        as_of=moment.isoformat(), until=latest.isoformat(), limit=first, viewer=viewer or "",
    )  # fmt: skip
    return [_open_task(row) for row in (rows if moment == now else await _then(store, rows, moment))]


async def _then(store: GraphStore, rows: Sequence[Row], moment: datetime) -> list[Row]:
    """The rows with the tasks, their customers and their owners as they stood then."""
    own = await own_then(store, Task, rows, moment)
    then = [row | {"status": OPEN} if row["status"] in {DONE, CANCELLED} else row for row in own]
    named = await nested_then(then, "customers", partial(own_then, store, Customer, moment=moment))
    return await nested_then(named, "owners", partial(own_then, store, Employee, moment=moment))


def _open_task(row: Row) -> OpenTask:
    customer = next(iter(row.pop("customers")), None)
    return OpenTask(**{**row, "customer": customer, "owners": tuple(row["owners"])})
