"""An account is handed over: another of us is responsible for it from now on."""

from dataclasses import dataclass

from graph.service import GraphStore
from graph.writing.author import Author
from graph.writing.errors import VersionConflict, WriteRefused
from graph.writing.named import named
from graph.writing.once import Outcome, Writing, once

MOST_OWNERS = 50
"""Owners that an author can name as seen."""


@dataclass(frozen=True, slots=True)
class OwnerWords:
    """The account's new owner; `replaces` are the owners as the author saw them, None: whoever they are."""

    customer: str
    owner: str
    replaces: tuple[str, ...] | None = None


async def hand_over(store: GraphStore, author: Author, words: OwnerWords) -> Outcome:
    """End what the owners have of the account now, and begin the new one's. Raises WriteRefused, NotFound.

    Raises VersionConflict where the owners are not those of `replaces`.
    """

    async def prepare() -> Writing:
        if len(words.replaces or ()) > MOST_OWNERS:
            raise WriteRefused(f"`replaces` names more than {MOST_OWNERS} owners")
        people = {words.owner, *(words.replaces or ())}
        found = await named(store, author, {"Customer": [words.customer], "Employee": people})
        customer_id = found.id("Customer", words.customer)
        owner_id = found.id("Employee", words.owner)
        owners = await account_owners(store, author, customer_id)
        typed_id = f"Customer:{customer_id}"
        if words.replaces is not None and owners != {found.id("Employee", one) for one in words.replaces}:
            raise VersionConflict(typed_id)
        if owners == {owner_id}:
            raise WriteRefused(f"employee {words.owner} owns that account already")
        fact = author.fact("OWNS", owner_id, customer_id, author.key) | {"visibility": "company"}
        params = {
            "customer_id": customer_id, "owner_id": owner_id, "seen": sorted(owners), "fact": fact,
            "viewer": author.employee_id,
        }  # fmt: skip
        return Writing("writing.hand_over", params, (typed_id, f"Employee:{owner_id}"), typed_id)

    return await once(store, author, "hand_over", words, prepare)


async def account_owners(store: GraphStore, author: Author, customer_id: str) -> frozenset[str]:
    """Ids of those who own the account now, as far as the author may see."""
    rows = await store.read(
        "writing.owners", customer_id=customer_id, now=author.now.isoformat(), viewer=author.employee_id
    )
    return frozenset(row["employee_id"] for row in rows)
