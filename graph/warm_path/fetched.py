"""Ties that are fetched as far as they can matter, and the best paths over them."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from graph.service import Row
from graph.warm_path.book import TieBook, ids_of
from graph.warm_path.search import best_paths

Found = list[tuple[float, tuple[str, ...]]]
"""Paths with their strengths, strongest first."""


@dataclass(slots=True)
class FetchedTies:
    """Ties fetched so far, by typed person; `floors` says down to which strength a person's own."""

    book: TieBook
    ties: dict[str, dict[str, float]] = field(default_factory=lambda: defaultdict(dict))
    facts: dict[tuple[str, str], str] = field(default_factory=dict)
    floors: dict[str, float] = field(default_factory=dict)
    checked: set[str] = field(default_factory=set)
    """People of whom it is known whether anybody may be led over them."""
    unreachable: set[str] = field(default_factory=set)

    def lacking(self, floors: Mapping[str, float]) -> dict[str, float]:
        """Those of the floors that the ties fetched so far do not reach."""
        return {person: floor for person, floor in floors.items() if floor < self.floors.get(person, 2.0)}

    async def fetch(self, floors: Mapping[str, float]) -> None:
        """Fetch the ties of these people that reach their floors."""
        lower = self.lacking(floors)
        if not lower:
            return
        self.floors.update(lower)
        for row in await self.book.ties(lower):
            self.add(row)

    async def best(self, source: str, targets: Sequence[str], first: int) -> Found:
        """The `first` best paths over the ties fetched so far, over people who can be reached."""
        return await self.over_reachable(lambda most: best_paths(self.ties, source, targets, most), first)

    async def over_reachable(self, search: Callable[[int], Found], first: int) -> Found:
        """The `first` best of a search for so many paths that lead over people who can be reached.

        People on the next best paths are checked with them, so that few calls are made.
        """
        while True:
            found = search(4 * first)
            if people_on(found[:first]) <= self.checked:
                return found[:first]
            await self.check(people_on(found) - self.checked)

    async def check(self, people: set[str]) -> None:
        """Take those of these people out who cannot be reached; of employees only active ones have ties."""
        self.checked |= people
        for contact in await self.book.unreachable(ids_of("Contact", people)):
            person = f"Contact:{contact}"
            self.unreachable.add(person)
            for other in self.ties.pop(person, {}):
                del self.ties[other][person]

    def add(self, row: Row) -> None:
        """Take a tie, the strongest of the two people's."""
        one, other = f"{row['kind']}:{row['id']}", f"{row['other_kind']}:{row['other_id']}"
        if one in self.unreachable or other in self.unreachable:
            return
        if row["strength"] >= self.ties[one].get(other, 0.0):
            self.ties[one][other] = self.ties[other][one] = row["strength"]
            self.facts[one, other] = self.facts[other, one] = row["fact_id"]


def people_on(paths: Found) -> set[str]:
    """Everybody on the paths."""
    return {person for _, path in paths for person in path}
