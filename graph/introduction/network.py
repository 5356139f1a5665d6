"""Ties and links that are fetched as far as they can matter, and the best ways over both."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import get_args

from graph.introduction.book import LinkBook
from graph.introduction.links import largest_circle, link_day, link_strength
from graph.introduction.model import LinkKind
from graph.service import Row
from graph.warm_path.book import of_kind
from graph.warm_path.fetched import FetchedTies, Found
from graph.warm_path.search import paths_between

_FIRST = {kind: place for place, kind in enumerate(get_args(LinkKind))}


@dataclass
class Network(FetchedTies):
    """Ties and links fetched so far; of two people the strongest counts, of equals the tie.

    avoided: typed ids of people over whom nobody is to be led.
    """

    linked: LinkBook = field(kw_only=True)
    avoided: frozenset[str] = frozenset()
    links: dict[tuple[str, str], Row] = field(default_factory=dict)
    """Of pairs whose strongest connection is no tie."""

    async def fetch(self, floors: Mapping[str, float]) -> None:
        """Fetch the ties and links of these people that reach their floors."""
        lower = self.lacking(
            {person: floor for person, floor in floors.items() if person not in self.avoided}
        )
        if not lower:
            return
        await super().fetch(lower)
        rows = await self.linked.links(_with_circles("Employee", lower), _with_circles("Contact", lower))
        for row in sorted(rows, key=_order):
            self.add_link(row)

    def add(self, row: Row) -> None:
        """Take a tie."""
        pair = f"{row['kind']}:{row['id']}", f"{row['other_kind']}:{row['other_id']}"
        if set(pair) & self.avoided:
            return
        super().add(row)
        if self.ties[pair[0]].get(pair[1]) == row["strength"]:
            self.links.pop(pair, None)
            self.links.pop(pair[::-1], None)

    def add_link(self, row: Row) -> None:
        """Take a link, where nothing stronger connects the two."""
        one, other = f"{row['kind']}:{row['id']}", f"{row['other_kind']}:{row['other_id']}"
        strength = link_strength(row["link"], row["size"])
        if {one, other} & (self.unreachable | self.avoided) or strength <= self.ties[one].get(other, 0.0):
            return
        self.ties[one][other] = self.ties[other][one] = strength
        self.links[one, other] = self.links[other, one] = row

    async def ways(self, sources: Collection[str], targets: Collection[str], first: int) -> Found:
        """The `first` best ways over what is fetched so far, over people who can be reached."""
        return await self.over_reachable(lambda most: paths_between(self.ties, sources, targets, most), first)


def _with_circles(kind: str, floors: Mapping[str, float]) -> list[dict[str, float | str]]:
    return [one | {"most": largest_circle(kind, float(one["floor"]))} for one in of_kind(kind, floors)]


def _order(row: Row) -> tuple[object, ...]:
    return (
        _FIRST[row["link"]],
        row["id"],
        row["other_id"],
        row["company"] or "",
        row["other_company"] or "",
        str(link_day(row)),
    )
