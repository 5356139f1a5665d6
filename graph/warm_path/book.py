"""Where ties, their people and what they rest on are read: of today in the graph, of a past day anew."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Any, Protocol

from graph.departure import SURE
from graph.service import GraphStore, Row
from graph.tie.strength import FLOOR

LEAST_RAW = FLOOR
"""Ties weighing less than one unanswered mail a half-life ago are not asked for an introduction."""
Paths = Sequence[tuple[float, tuple[str, ...]]]
"""Strength and typed people of each path."""
Facts = Mapping[tuple[str, str], str]
"""Id of what holds a tie, by typed pair."""


class TieBook(Protocol):
    """What warm paths are found from, as of one moment and as one of us may see it ("" for everybody)."""

    @property
    def store(self) -> GraphStore:
        """The graph."""
        ...

    @property
    def moment(self) -> datetime:
        """The day of the answer."""
        ...

    @property
    def viewer(self) -> str:
        """The employee who asks."""
        ...

    async def ties(self, floors: Mapping[str, float]) -> Sequence[Row]:
        """Ties of these people (typed ids) that reach their floors."""
        ...

    async def unreachable(self, contact_ids: Collection[str]) -> Collection[str]:
        """Those of the contacts over whom nobody is led."""
        ...

    async def told(self, paths: Paths, facts: Facts) -> Mapping[str, Row]:
        """By what holds a tie, its interactions, last contact and evidence."""
        ...

    async def people(self, typed: Collection[str]) -> tuple[Sequence[Row], Sequence[Row]]:
        """Names and jobs of employees, and of contacts."""
        ...


@dataclass(frozen=True, slots=True)
class TodaysTies:
    """The ties that the last derive left in the graph, decayed to the moment."""

    store: GraphStore
    moment: datetime
    viewer: str

    async def ties(self, floors: Mapping[str, float]) -> Sequence[Row]:
        """See `TieBook`."""
        return await self.store.read(
            "path.ties",
            employees=of_kind("Employee", floors),
            contacts=of_kind("Contact", floors),
            as_of=self.moment.isoformat(),
            least_raw=LEAST_RAW,
            viewer=self.viewer,
        )

    async def unreachable(self, contact_ids: Collection[str]) -> Collection[str]:
        """See `TieBook`."""
        return await unreachable_in_graph(self, contact_ids, SURE)

    async def told(self, paths: Paths, facts: Facts) -> Mapping[str, Row]:
        """See `TieBook`."""
        rows = await self.store.read("path.evidence", **_facts_of(paths, facts), viewer=self.viewer)
        return {row["fact_id"]: row for row in rows}

    async def people(self, typed: Collection[str]) -> tuple[Sequence[Row], Sequence[Row]]:
        """See `TieBook`."""
        return await people_in_graph(self, typed)


async def unreachable_in_graph(book: TieBook, contact_ids: Collection[str], gone: float) -> set[str]:
    """The contacts over whom nobody is led; gone: confidence from which a departure counts."""
    rows = await book.store.read(
        "path.unreachable", contact_ids=sorted(contact_ids), as_of=book.moment.isoformat(), gone=gone,
        viewer=book.viewer,
    )  # fmt: skip
    return {row["contact_id"] for row in rows}


async def people_in_graph(book: TieBook, typed: Collection[str]) -> tuple[list[Row], list[Row]]:
    """Employees and contacts with today's names, and the jobs that stood at the moment."""
    (row,) = await book.store.read(
        "path.describe", employee_ids=ids_of("Employee", typed), contact_ids=ids_of("Contact", typed),
        as_of=book.moment.isoformat(), viewer=book.viewer,
    )  # fmt: skip
    return row["employees"], row["contacts"]


def of_kind(kind: str, floors: Mapping[str, float]) -> list[dict[str, float | str]]:
    """The people of a kind, each with the id alone and the floor."""
    return [
        {"id": person.partition(":")[2], "floor": floor}
        for person, floor in floors.items()
        if person.startswith(kind)
    ]


def ids_of(kind: str, typed: Collection[str]) -> list[str]:
    """The ids alone of the people of a kind."""
    return [person.partition(":")[2] for person in sorted(typed) if person.startswith(f"{kind}:")]


def _facts_of(paths: Paths, facts: Facts) -> dict[str, list[dict[str, Any]]]:
    """The facts behind the paths, each with the end at which it is found sooner: contacts know fewer."""
    ends = {facts[pair]: min(pair) for _, path in paths for pair in pairwise(path) if pair in facts}
    ties = [(person, {"id": person.partition(":")[2], "fact_id": fact}) for fact, person in ends.items()]
    return {
        "employees": [tie for person, tie in ties if person.startswith("Employee:")],
        "contacts": [tie for person, tie in ties if person.startswith("Contact:")],
    }
