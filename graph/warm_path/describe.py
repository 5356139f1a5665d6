"""Putting names and reasons on the paths found."""

from itertools import pairwise

from graph.alert.playbook import Language
from graph.service import Row
from graph.warm_path.book import Facts, Paths, TieBook
from graph.warm_path.model import Person, Step, WarmPath
from graph.warm_path.search import Ties
from graph.warm_path.words import both_at, both_ours, tie_reason


async def describe(
    book: TieBook, paths: Paths, ties: Ties, facts: Facts, language: Language
) -> tuple[WarmPath, ...]:
    """The paths with people, and why each step counts."""
    if not paths:
        return ()
    people = await people_of(book, paths)
    tie_of = await book.told(paths, facts)

    def step(one: str, other: str) -> Step:
        return _step(people[one], people[other], ties[one][other], tie_of[facts[one, other]], language)

    return tuple(
        WarmPath(strength, tuple(step(one, other) for one, other in pairwise(path)))
        for strength, path in paths
    )


async def people_of(book: TieBook, paths: Paths) -> dict[str, Person]:
    """Everybody on the paths, by typed id."""
    employees, contacts = await book.people({person for _, path in paths for person in path})
    people = {f"Employee:{row['person_id']}": _employee(row) for row in employees}
    return people | {f"Contact:{row['person_id']}": _contact(row) for row in contacts}


def _employee(row: Row) -> Person:
    return Person("Employee", row["person_id"], row["name"], row["title"], None, None)


def _contact(row: Row) -> Person:
    job: Row = max(row["jobs"], key=lambda job: (job["since"], job["customer_id"]), default={})
    company, title = job.get("company"), job.get("title")
    return Person("Contact", row["person_id"], row["name"], title, job.get("customer_id"), company)


def _step(one: Person, other: Person, strength: float, tie: Row, language: Language) -> Step:
    return Step(
        from_person=one,
        to_person=other,
        strength=strength,
        interactions=tie["interactions"],
        last_at=tie["last_at"],
        why=_why(one, other, tie, language),
        evidence=tuple(tie["evidence"] or ()),
    )


def _why(one: Person, other: Person, tie: Row, language: Language) -> str:
    known = tie_reason(tie["interactions"], tie["last_at"], language)
    if one.kind == other.kind == "Employee":
        return known + both_ours(language)
    if one.customer_id is not None and one.customer_id == other.customer_id:
        return known + both_at(other.company, language)
    return known
