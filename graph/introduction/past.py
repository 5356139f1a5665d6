"""Teams of ours and the links of a past day: who worked with whom then, under the names of that day."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime

from graph.model import Customer, Employee
from graph.record_version import names_as_of, own_values_as_of
from graph.service import GraphStore, Row
from graph.warm_path.past import PastTies

Asked = Sequence[Mapping[str, float | str]]
"""People, each with the `id`, and the `most` people of a circle whose links matter."""
_NOTHING = (
    "customer_id", "other_customer_id", "other_company", "since", "other_since", "until", "other_until",
)  # fmt: skip
"""Columns of the rows that links of a team do not have."""


async def staff_of(book: PastTies) -> Mapping[str, str | None]:
    """See `staff_as_of`; read once for a book."""
    if book.staff is None:
        book.staff = await staff_as_of(book.store, book.moment)
    return book.staff


async def staff_as_of(store: GraphStore, moment: datetime) -> dict[str, str | None]:
    """Who worked for us, with the team: nobody whom the sources had deleted by then.

    Whoever was first stated later counts as there before: a row's stamp tells of its last change.
    """
    today = {row["employee_id"]: row for row in await store.read("introduction.staff")}
    values = await own_values_as_of(store, Employee, today, moment)
    then = {key: values.of(row) for key, row in today.items()}
    return {
        key: own["team"] for key, own in then.items() if own["active"] is not False and _there(own, moment)
    }


def _there(employee: Row, moment: datetime) -> bool:
    ended_at = employee["ended_at"]
    return ended_at is None or bool(ended_at > moment)


async def past_links(book: PastTies, employees: Asked, contacts: Asked) -> list[Row]:
    """The rows of `introduction.links` as of the book's day."""
    rows = await book.store.read(
        "introduction.links", employees=[], contacts=list(contacts), as_of=book.moment.isoformat(),
        viewer=book.viewer,
    )  # fmt: skip
    staff = await staff_of(book) if employees else {}
    return [*_teams(staff, employees), *await _named(book, rows)]


def _teams(staff: Mapping[str, str | None], asked: Asked) -> Iterator[Row]:
    teams: dict[str, list[str]] = defaultdict(list)
    for key, team in staff.items():
        if team is not None:
            teams[team].append(key)
    most = {str(one["id"]): float(one["most"]) for one in asked}
    for team, members in teams.items():
        for one in members:
            if len(members) <= most.get(one, 0):
                yield from (_of_team(one, other, team, len(members)) for other in members if other != one)


def _of_team(one: str, other: str, team: str, size: int) -> Row:
    return dict.fromkeys(_NOTHING) | {
        "kind": "Employee", "id": one, "other_kind": "Employee", "other_id": other, "link": "team",
        "size": size, "company": team,
    }  # fmt: skip


async def _named(book: PastTies, rows: Iterable[Row]) -> list[Row]:
    """The rows with the names that the companies had."""
    given, ends = list(rows), (("customer_id", "company"), ("other_customer_id", "other_company"))
    today = {row[key]: row[name] for row in given for key, name in ends if row[key] is not None}
    names = await names_as_of(book.store, Customer, today, book.moment)
    return [{**row, **{name: names.get(row[key]) for key, name in ends}} for row in given]
