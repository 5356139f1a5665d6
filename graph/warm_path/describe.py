"""Putting names and reasons on the paths found."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from itertools import pairwise
from typing import Any

from graph.alert.playbook import Language
from graph.service import GraphStore, Row
from graph.warm_path.model import Person, Step, WarmPath
from graph.warm_path.search import Ties
from graph.warm_path.words import both_at, both_ours, tie_reason

Paths = Sequence[tuple[float, tuple[str, ...]]]
"""Strength and typed people of each path."""
Facts = Mapping[tuple[str, str], str]
"""Id of the tie's fact by typed pair."""


async def describe(
    store: GraphStore, paths: Paths, ties: Ties, facts: Facts, now: datetime, viewer: str, language: Language
) -> tuple[WarmPath, ...]:
    """The paths with people, and why each step counts."""
    if not paths:
        return ()
    people = await people_of(store, paths, now, viewer)
    evidence = await store.read("path.evidence", **ties_of(paths, facts), viewer=viewer)
    tie_of = {row["fact_id"]: row for row in evidence}

    def step(one: str, other: str) -> Step:
        return _step(people[one], people[other], ties[one][other], tie_of[facts[one, other]], language)

    return tuple(
        WarmPath(strength, tuple(step(one, other) for one, other in pairwise(path)))
        for strength, path in paths
    )


async def people_of(store: GraphStore, paths: Paths, now: datetime, viewer: str) -> dict[str, Person]:
    """Everybody on the paths, by typed id."""
    typed = sorted({person for _, path in paths for person in path})
    rows = await store.read(
        "path.describe",
        employee_ids=_ids("Employee", typed),
        contact_ids=_ids("Contact", typed),
        as_of=now.isoformat(),
        viewer=viewer,
    )
    people = {f"Employee:{row['person_id']}": _employee(row) for row in rows[0]["employees"]}
    return people | {f"Contact:{row['person_id']}": _contact(row) for row in rows[0]["contacts"]}


def ties_of(paths: Paths, facts: Facts) -> dict[str, list[dict[str, Any]]]:
    """The facts behind the paths, each with the end at which it is found sooner."""
    ends = {facts[pair]: _fewer_ties(pair) for _, path in paths for pair in pairwise(path) if pair in facts}
    ties = [(person, {"id": person.partition(":")[2], "fact_id": fact}) for fact, person in ends.items()]
    return {
        "employees": [tie for person, tie in ties if person.startswith("Employee:")],
        "contacts": [tie for person, tie in ties if person.startswith("Contact:")],
    }


def _fewer_ties(pair: tuple[str, str]) -> str:
    """The end at which a tie is found sooner: contacts know fewer people than employees."""
    return min(pair)


def _ids(kind: str, people: Iterable[str]) -> list[str]:
    return [person.partition(":")[2] for person in people if person.startswith(f"{kind}:")]


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
