"""A customer is given a tag by hand, or one is taken off."""

from dataclasses import dataclass
from datetime import timedelta

from graph.errors import NotFound
from graph.service import GraphStore
from graph.writing.author import Author, worded
from graph.writing.errors import VersionConflict, WriteRefused
from graph.writing.named import named
from graph.writing.once import Outcome, Writing, once

LONGEST_NAME = 100
LONGEST_DAYS = 3_650


@dataclass(frozen=True, slots=True)
class TagWords:
    """The customer and the tag, by its id or name; for so many days, or until it is taken off."""

    customer: str
    tag: str
    valid_days: int | None = None


class TagStands(WriteRefused):
    """Somebody gave the customer this tag already."""

    def __init__(self, tag: str) -> None:
        super().__init__(f"the customer carries {tag} already, by hand")


class NoSuchTag(WriteRefused):
    """The customer does not carry the tag by hand."""

    def __init__(self, tag: str) -> None:
        super().__init__(f"nobody gave the customer {tag}; what a rule sets goes with the rule")


async def tag(store: GraphStore, author: Author, words: TagWords) -> Outcome:
    """Give the customer a tag, which is made where none has this id or name.

    Raises WriteRefused (TagStands where it is there already), NotFound.
    """

    async def prepare() -> Writing:
        name = worded("tag", words.tag, LONGEST_NAME, needed=True) or ""
        if words.valid_days is not None and not 1 <= words.valid_days <= LONGEST_DAYS:
            raise WriteRefused(f"`validDays` is not between 1 and {LONGEST_DAYS}")
        found = await named(store, author, {"Customer": [words.customer]})
        customer_id = found.id("Customer", words.customer)
        tag_id = await _known(store, name) or f"hand:{name.casefold()}"
        until = None if words.valid_days is None else author.now + timedelta(days=words.valid_days)
        fact = author.fact("TAGGED", customer_id, tag_id, author.key) | {"visibility": "company"}
        return Writing(
            "writing.tag",
            {
                "customer_id": customer_id, "tag_id": tag_id, "name": name, "fact": fact,
                "until": until.isoformat() if until else None, "viewer": author.employee_id,
            },
            (f"Customer:{customer_id}", f"Tag:{tag_id}"),
        )  # fmt: skip

    try:
        return await once(store, author, "tag", words, prepare)
    except VersionConflict as error:
        raise TagStands(words.tag) from error


async def untag(store: GraphStore, author: Author, words: TagWords) -> Outcome:
    """Take a tag off that people or sources gave. Raises WriteRefused (NoSuchTag), NotFound."""

    async def prepare() -> Writing:
        found = await named(store, author, {"Customer": [words.customer]})
        customer_id = found.id("Customer", words.customer)
        tag_id = await _known(store, words.tag.strip())
        if tag_id is None:
            raise NotFound("Tag", words.tag)
        params = {"customer_id": customer_id, "tag_id": tag_id, "viewer": author.employee_id}
        return Writing("writing.untag", params, (f"Customer:{customer_id}", f"Tag:{tag_id}"))

    try:
        return await once(store, author, "untag", words, prepare)
    except VersionConflict as error:
        raise NoSuchTag(words.tag) from error


async def _known(store: GraphStore, name: str) -> str | None:
    """The tag of this id, else the one of this name."""
    rows = await store.read("writing.known_tags", tag=name)
    return min(((row["rank"], row["tag_id"]) for row in rows), default=(0, None))[1]
