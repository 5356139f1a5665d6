"""Putting names and reasons on the paths found."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from itertools import pairwise

from graph.plan import Ask, Plan, Row
from graph.warm_path.model import Person, Step, WarmPath
from graph.warm_path.search import Ties

Found = Sequence[tuple[float, tuple[str, ...]]]
Facts = Mapping[tuple[str, str], str]
"""Id of the tie's fact by typed pair."""


def described(found: Found, ties: Ties, facts: Facts, now: datetime) -> Plan[tuple[WarmPath, ...]]:
    """The paths with people, and why each step counts."""
    if not found:
        return ()
    rows = yield _ask_names(found, now)
    held = yield _ask_evidence(found, facts)
    people = {f"Employee:{row['person_id']}": _employee(row) for row in rows[0]["employees"]}
    people |= {f"Contact:{row['person_id']}": _contact(row) for row in rows[0]["contacts"]}
    rests_on = {row["fact_id"]: row for row in held}
    return tuple(
        WarmPath(
            strength,
            tuple(
                _step(people[one], people[other], ties[one][other], rests_on[facts[one, other]])
                for one, other in _pairs(path)
            ),
        )
        for strength, path in found
    )


def _ask_evidence(found: Found, facts: Facts) -> Ask:
    held = {facts[pair]: _fewer_ties(pair) for _, path in found for pair in _pairs(path)}
    ties = [(person, {"id": person.partition(":")[2], "fact_id": fact}) for fact, person in held.items()]
    return Ask("path.evidence", {
        "employees": [tie for person, tie in ties if person.startswith("Employee:")],
        "contacts": [tie for person, tie in ties if person.startswith("Contact:")],
    })  # fmt: skip


def _fewer_ties(pair: tuple[str, str]) -> str:
    """The end at which a tie is found sooner: contacts know fewer people than employees."""
    return min(pair)


def _ask_names(found: Found, now: datetime) -> Ask:
    people = sorted({person for _, path in found for person in path})
    return Ask(
        "path.describe",
        {
            "employee_ids": _ids("Employee", people),
            "contact_ids": _ids("Contact", people),
            "as_of": now.isoformat(),
        },
    )


def _pairs(path: Sequence[str]) -> Iterable[tuple[str, str]]:
    return pairwise(path)


def _ids(kind: str, people: Iterable[str]) -> list[str]:
    return [person.partition(":")[2] for person in people if person.startswith(f"{kind}:")]


def _employee(row: Row) -> Person:
    return Person("Employee", row["person_id"], row["name"], row["title"], None, None)


def _contact(row: Row) -> Person:
    job: Row = max(row["jobs"], key=lambda held: (held["since"], held["customer_id"]), default={})
    company, title = job.get("company"), job.get("title")
    return Person("Contact", row["person_id"], row["name"], title, job.get("customer_id"), company)


def _step(one: Person, other: Person, strength: float, tie: Row) -> Step:
    return Step(
        from_person=one,
        to_person=other,
        strength=strength,
        interactions=tie["interactions"],
        last_at=tie["last_at"],
        why=_why(one, other, tie),
        evidence=tuple(tie["evidence"] or ()),
    )


def _why(one: Person, other: Person, tie: Row) -> str:
    count = tie["interactions"]
    said = f"{count} interaction{'' if count == 1 else 's'}, last on {tie['last_at']:%Y-%m-%d}"
    if one.kind == other.kind == "Employee":
        return f"{said}; colleagues"
    if one.customer_id is not None and one.customer_id == other.customer_id:
        return f"{said}; both at {other.company}"
    return said
