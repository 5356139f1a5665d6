"""Teams of ours and the links of a past day: who worked with whom then, under the names of that day."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from graph.introduction.book import Asked, links_in_graph
from graph.model import Customer, Employee
from graph.record_version import names_as_of, own_values_as_of
from graph.service import GraphStore, Row
from graph.warm_path.book import TieBook

_NOTHING = (
    "customer_id", "other_customer_id", "other_company", "since", "other_since", "until", "other_until",
)  # fmt: skip
"""Columns of the rows that links of a team do not have."""


@dataclass(slots=True)
class PastLinks:
    """A `LinkBook` of a past day."""

    ties: TieBook
    _everybody: dict[str, str | None] | None = None
    """Our staff with the team; None until it was read."""

    async def staff(self, of_team: str | None) -> Collection[str]:
        """See `LinkBook`."""
        return [key for key, team in (await self._staff()).items() if of_team in (None, team)]

    async def links(self, employees: Asked, contacts: Asked) -> Sequence[Row]:
        """See `LinkBook`."""
        rows = await links_in_graph(self.ties, [], contacts)
        staff = await self._staff() if employees else {}
        return [*_teams(staff, employees), *await _named(self.ties, rows)]

    async def _staff(self) -> Mapping[str, str | None]:
        if self._everybody is None:
            self._everybody = await staff_as_of(self.ties.store, self.ties.moment)
        return self._everybody


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


async def _named(book: TieBook, rows: Iterable[Row]) -> list[Row]:
    """The rows with the names that the companies had."""
    given, ends = list(rows), (("customer_id", "company"), ("other_customer_id", "other_company"))
    today = {row[key]: row[name] for row in given for key, name in ends if row[key] is not None}
    names = await names_as_of(book.store, Customer, today, book.moment)
    return [{**row, **{name: names.get(row[key]) for key, name in ends}} for row in given]
