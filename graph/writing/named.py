"""The records that an author names, as far as the author may see them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from graph.errors import NotFound
from graph.resolve_id import resolve_each
from graph.service import GraphStore, Row
from graph.writing.author import Author
from graph.writing.errors import NotAtCustomer

_PARAMS = {
    "Contact": "contacts",
    "Customer": "customers",
    "Opportunity": "opportunities",
    "Employee": "employees",
    "Product": "products",
}
RESTRICTION = {None: 0, "company": 0, "team": 1, "owner": 2}
OPEN: Row = {"visibility": "company", "owner_id": None}


@dataclass(frozen=True, slots=True)
class Named:
    """Records by what the author calls them: label and any id."""

    author_id: str
    ids: Mapping[tuple[str, str], str]
    rows: Mapping[tuple[str, str], Row] = field(default_factory=dict)

    def id(self, label: str, asked: str) -> str:
        """Our id of what was asked for."""
        return self.ids[label, asked]

    def jobs(self, contact_id: str) -> list[Row]:
        """The jobs of the contact that the author may see, of any time."""
        jobs: list[Row] = self.rows["Contact", contact_id]["jobs"]
        return jobs

    def open_jobs(self, contact_id: str, customer_ids: Iterable[str], now: datetime) -> list[Row]:
        """The contact's jobs at these customers that go on, those that most of us may see first."""
        wanted = list(customer_ids)
        jobs = [job for job in self.jobs(contact_id) if job["customer_id"] in wanted and goes_on(job, now)]
        return sorted(
            jobs, key=lambda job: (RESTRICTION[job["visibility"]], wanted.index(job["customer_id"]))
        )

    def job(self, contact_id: str, customer_ids: Iterable[str], now: datetime) -> Row:
        """The first of `open_jobs`; raises NotAtCustomer where there is none."""
        for job in self.open_jobs(contact_id, customer_ids, now):
            return job
        raise NotAtCustomer(contact_id)

    def sold_to(self, opportunity_id: str) -> list[str]:
        """The customers of an opportunity."""
        customers: list[str] = self.rows["Opportunity", opportunity_id]["customers"]
        return customers

    def visibility(self, contact_ids: Iterable[str]) -> dict[str, str | None]:
        """Who may see what is said of these contacts: whoever may see all of them.

        Of a contact's jobs the one counts that most of us may see. What is said of a contact of whom the
        author sees no job is for all where all may see the contact, else for the author.
        """
        most_open = (self._most_open(one) for one in contact_ids)
        job = max(most_open, key=lambda job: RESTRICTION[job["visibility"]], default=OPEN)
        return {"visibility": job["visibility"] or "company", "owner_id": job["owner_id"]}

    def _most_open(self, contact_id: str) -> Row:
        open_to_all = self.rows["Contact", contact_id]["open"]
        without_job = OPEN if open_to_all else {"visibility": "owner", "owner_id": self.author_id}
        return min(self.jobs(contact_id), key=lambda job: RESTRICTION[job["visibility"]], default=without_job)


def goes_on(job: Row, now: datetime) -> bool:
    """Whether the job has no end by now."""
    return job["valid_to"] is None or job["valid_to"] > now


async def named(store: GraphStore, author: Author, asked: Mapping[str, Iterable[str]]) -> Named:
    """The records of these ids by label (Contact, Customer, Opportunity, Employee, Product), and the author.

    Ids may be ours, retired ones, or `source:key`. Raises NotFound for one that nobody has, and likewise for
    one of a contact of whom the author may see nothing.
    """
    wanted = {(label, text) for label, texts in asked.items() for text in texts}
    wanted.add(("Employee", author.employee_id))
    found = await _read(store, author, wanted)
    ids = {pair: pair[1] for pair in wanted & found.keys()}
    ids |= await resolve_each(store, wanted - found.keys())
    aliased = {(label, one) for (label, text), one in ids.items() if one != text}
    if aliased:
        found |= await _read(store, author, aliased)
    for (label, text), one in ids.items():
        if (label, one) not in found:
            raise NotFound(label, text)
    return Named(author.employee_id, ids, found)


async def _read(
    store: GraphStore, author: Author, wanted: Iterable[tuple[str, str]]
) -> dict[tuple[str, str], Row]:
    ids: dict[str, list[str]] = {name: [] for name in _PARAMS.values()}
    for label, one in sorted(wanted):
        ids[_PARAMS[label]].append(one)
    rows = await store.read("writing.named", **ids, viewer=author.employee_id, now=author.now.isoformat())
    return {(row["label"], row["id"]): row for row in rows}
