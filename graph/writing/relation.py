"""How two contacts relate: who reports to whom, who influences, opposes or has brought in whom."""

from dataclasses import dataclass
from typing import Literal, get_args

from cypher import template
from graph.service import GraphStore
from graph.writing.author import Author
from graph.writing.errors import WriteRefused
from graph.writing.gaps import gaps_anew
from graph.writing.named import Named, goes_on, named
from graph.writing.once import Outcome, Writing, once

RelationType = Literal["REPORTS_TO", "INFLUENCES", "CONFLICTS_WITH", "REFERRED"]


@dataclass(frozen=True, slots=True)
class RelationWords:
    """A relation of `contact` to `other`; `strength` 0…1 is that of an influence."""

    kind: str
    contact: str
    other: str
    strength: float | None = None


async def assert_relation(store: GraphStore, author: Author, words: RelationWords) -> Outcome:
    """State the relation; a contact reports to one superior, so that a new one replaces the asserted before.

    It is as hidden as the two contacts are. Raises WriteRefused (of a circle, too) and NotFound.
    """

    async def prepare() -> Writing:
        found = await _named(store, author, words)
        _check(words, found)
        if words.kind == "REPORTS_TO":
            await _check_circle(store, author, words, found)
        return _assertion(author, words, found)

    outcome = await once(store, author, "assert_relation", words, prepare)
    await _refresh(store, author, words)
    return outcome


async def retract_relation(store: GraphStore, author: Author, words: RelationWords) -> Outcome:
    """End what was asserted of the two; what records show or methods conclude stays.

    Raises VersionConflict where nothing of the kind is asserted any more.
    """

    async def prepare() -> Writing:
        found = await _named(store, author, words)
        one, other = found.id("Contact", words.contact), found.id("Contact", words.other)
        return Writing(
            "writing.retract",
            {"contact_id": one, "end_id": other, "type": words.kind, "viewer": author.employee_id},
            (f"Contact:{one}", f"Contact:{other}"),
            "what was stated of the two",
        )

    outcome = await once(store, author, "retract_relation", words, prepare)
    await _refresh(store, author, words)
    return outcome


async def superiors(store: GraphStore, author: Author, contact_id: str) -> frozenset[str]:
    """Everybody above the contact, by the stated reporting lines that the author may see."""
    rows = await store.read(
        "writing.superiors", contact_id=contact_id, now=author.now.isoformat(), viewer=author.employee_id
    )
    return frozenset(row["contact_id"] for row in rows)


async def _named(store: GraphStore, author: Author, words: RelationWords) -> Named:
    if words.kind not in get_args(RelationType):
        raise WriteRefused(f"no relation {words.kind!r}; there are {', '.join(get_args(RelationType))}")
    return await named(store, author, {"Contact": [words.contact, words.other]})


def _check(words: RelationWords, found: Named) -> None:
    if found.id("Contact", words.contact) == found.id("Contact", words.other):
        raise WriteRefused("a contact has no such relation to themselves")
    if words.strength is not None and words.kind != "INFLUENCES":
        raise WriteRefused("`strength` is that of an influence")
    if words.strength is not None and not 0.0 <= words.strength <= 1.0:
        raise WriteRefused(f"strength {words.strength} is not between 0 and 1")


async def _check_circle(store: GraphStore, author: Author, words: RelationWords, found: Named) -> None:
    above = await superiors(store, author, found.id("Contact", words.other))
    if found.id("Contact", words.contact) in above:
        raise WriteRefused("that superior reports to the contact; retract that line first")


def _assertion(author: Author, words: RelationWords, found: Named) -> Writing:
    one, other = found.id("Contact", words.contact), found.id("Contact", words.other)
    fact = author.fact(words.kind, one, other, str(words.strength)) | found.visibility([one, other])
    return Writing(
        template("writing.state").render(type=words.kind, end="Contact", end_key="contact_id"),
        {
            "contact_id": one,
            "end_id": other,
            "locked": sorted([one, other]),
            "only": words.kind == "REPORTS_TO",
            "viewer": author.employee_id,
            "fact": fact if words.strength is None else fact | {"strength": words.strength},
        },
        (f"Contact:{one}", f"Contact:{other}"),
        "the reporting line of the two",
    )


async def _refresh(store: GraphStore, author: Author, words: RelationWords) -> None:
    found = await _named(store, author, words)
    jobs = (job for one in (words.contact, words.other) for job in found.jobs(found.id("Contact", one)))
    await gaps_anew(store, (job["customer_id"] for job in jobs if goes_on(job, author.now)), author.now)
