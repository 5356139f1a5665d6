"""Sources contradict each other: one of us says which statement holds, or that one does not."""

from dataclasses import dataclass
from typing import Literal, get_args

from graph.assertion import RoleAssertion, assert_role
from graph.errors import NotFound
from graph.service import GraphStore, Row
from graph.writing.author import LONGEST_REASON, Author, worded
from graph.writing.errors import WriteRefused
from graph.writing.gaps import gaps_anew
from graph.writing.named import goes_on, named
from graph.writing.once import Outcome, Writing, once, receipt
from graph.writing.relation import RelationWords, assert_relation

Resolution = Literal["adopt", "dismiss"]


@dataclass(frozen=True, slots=True)
class ConflictWords:
    """A role or a reporting line of the contact, by the id of its fact. `why` is needed to dismiss it."""

    contact: str
    fact: str
    resolution: str
    why: str | None = None


async def resolve_conflict(store: GraphStore, author: Author, words: ConflictWords) -> Outcome:
    """Adopt the statement: the author asserts the same, which then counts. Or dismiss it: it counts no more.

    Raises WriteRefused, NotFound, and VersionConflict for one that is dismissed already.
    """
    if words.resolution not in get_args(Resolution):
        raise WriteRefused(f"no resolution {words.resolution!r}; there are {', '.join(get_args(Resolution))}")
    if words.resolution == "dismiss":
        return await _dismiss(store, author, words)
    found = await named(store, author, {"Contact": [words.contact]})
    return await _adopt(store, author, found.id("Contact", words.contact), words)


async def _dismiss(store: GraphStore, author: Author, words: ConflictWords) -> Outcome:
    why = worded("why", words.why, LONGEST_REASON, needed=True)

    async def prepare() -> Writing:
        found = await named(store, author, {"Contact": [words.contact]})
        contact_id = found.id("Contact", words.contact)
        await _disputed(store, author, contact_id, words.fact)
        params = {
            "contact_id": contact_id, "fact_id": words.fact, "why": why, "viewer": author.employee_id
        }  # fmt: skip
        return Writing("writing.dismiss", params, (f"Contact:{contact_id}",), "the statement")

    outcome = await once(store, author, "dismiss", words, prepare)
    found = await named(store, author, {"Contact": [words.contact]})
    jobs = found.jobs(found.id("Contact", words.contact))
    await gaps_anew(store, (job["customer_id"] for job in jobs if goes_on(job, author.now)), author.now)
    return outcome


async def _adopt(store: GraphStore, author: Author, contact_id: str, words: ConflictWords) -> Outcome:
    """Assert what the fact says, as whoever asserts a role or a relation by hand."""
    fact = await _disputed(store, author, contact_id, words.fact)
    if fact["kind"] == "REPORTS_TO":
        return await assert_relation(
            store, author, RelationWords("REPORTS_TO", contact_id, fact["superior_id"])
        )
    role = RoleAssertion(
        author.employee_id, contact_id, fact["role"], fact["stance"], fact["influence"],
        opportunity_id=fact["opportunity_id"], customer_id=fact["customer_id"],
    )  # fmt: skip
    await assert_role(
        store, role, now=author.now, loaded_at=author.loaded_at, key=author.key, reason=author.reason
    )
    done = await receipt(store, author, "assert_role", role)
    if done is None:
        raise NotFound("Change", author.change_id)
    return done


async def _disputed(store: GraphStore, author: Author, contact_id: str, fact_id: str) -> Row:
    rows = await store.read(
        "writing.disputed", contact_id=contact_id, fact_id=fact_id, now=author.now.isoformat(),
        viewer=author.employee_id,
    )  # fmt: skip
    if not rows:
        raise NotFound("Fact", fact_id)
    return rows[0]
