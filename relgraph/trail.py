"""Who was told of whom, and who stated what: the trail of reads beside the change log."""

from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from graph.errors import NotFound
from graph.feed.statements import Statement, statements
from graph.resolve_id import resolve
from graph.service import run_sync
from graph.store import Store
from graphql_api.audit.find import Reads, Wanted, find, pseudonyms_of
from graphql_api.audit.line import Kept, Pseudonyms


@dataclass(frozen=True, slots=True)
class Asked:
    """subject: a contact, or another record as `Kind:id`. principal: an employee, or the id of a token.

    ids: whether people who were told of are named by their ids, where the graph still has them.
    """

    subject: str | None = None
    principal: str | None = None
    since: datetime | None = None
    first: int = 100
    ids: bool = False


def trail(store: Store, home: Path, asked: Asked) -> dict[str, Any]:
    """The newest `first` reads and statements, oldest first, and what is amiss with the files."""
    subjects = _subjects(store, asked.subject) if asked.subject else None
    employees = _known(store, "Employee", asked.principal) if asked.principal else None
    people, pseudonyms = _people(store, home), pseudonyms_of(home)
    wanted = Wanted(
        None if subjects is None else frozenset(map(pseudonyms.of, subjects)),
        None if employees is None else _principals(employees, pseudonyms),
        asked.since,
    )
    found = find(home, wanted)
    stated = run_sync(
        store, statements, employees=employees, about=subjects, since=asked.since, limit=asked.first
    )
    lines = [_read(one, people, ids=asked.ids) for one in found.readings] + [_stated(one) for one in stated]
    lines.sort(key=lambda one: one["at"])
    return {"entries": lines[-asked.first :], "found": len(lines), **_state(found)}


def _subjects(store: Store, asked: str) -> list[str]:
    """Typed ids of the record now and before: retired ids were told under what they were then."""
    kind, _, rest = asked.partition(":")
    label, text = (kind, rest) if kind[:1].isupper() and kind.isalpha() else ("Contact", asked)
    return [f"{label}:{one}" for one in _known(store, label, text)]


def _principals(employees: Collection[str], pseudonyms: Pseudonyms) -> frozenset[str]:
    """As the trail names them; what was given may be the id of a token as well."""
    return frozenset({pseudonyms.of(f"Employee:{one}") for one in employees} | set(employees))


def _known(store: Store, label: str, text: str) -> list[str]:
    """The id, and those that lead to it; one that the graph does not have, or no longer, as it was given."""
    try:
        found = run_sync(store, resolve, label, text)
    except NotFound:
        return [text]
    rows = store.read("alias.of", label=label, asked=found)
    return sorted({found, text, *(row["alias_id"].partition("|")[2] for row in rows)})


def _people(store: Store, home: Path) -> Mapping[str, str]:
    """Typed ids of all people by their pseudonyms."""
    pseudonyms = pseudonyms_of(home)
    return {pseudonyms.of(row["typed_id"]): row["typed_id"] for row in store.read("directory.people")}


def _read(one: Kept, people: Mapping[str, str], *, ids: bool) -> dict[str, Any]:
    told = [people.get(each, each) for each in one.subjects] if ids else list(one.subjects)
    who = people.get(one.who, one.who).removeprefix("Employee:") if one.who else None
    return {**asdict(one), "did": "read", "who": who, "subjects": told}


def _stated(one: Statement) -> dict[str, Any]:
    return {
        "did": one.kind, "at": one.at, "who": one.employee_id, "subjects": list(one.entity_ids),
        "purpose": one.reason, "change": one.change_id,
    }  # fmt: skip


def _state(found: Reads) -> dict[str, Any]:
    return {
        "files": found.files, "dropped": found.dropped, "altered": found.altered,
        "missing": found.missing, "cut": found.cut,
    }  # fmt: skip
