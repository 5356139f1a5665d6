"""Where links between people, and who works for us, are read: of today in the graph, of a past day anew."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from graph.service import Row
from graph.warm_path.book import TieBook

Asked = Sequence[Mapping[str, float | str]]
"""People, each with the `id`, and the `most` people of a circle whose links matter."""


class LinkBook(Protocol):
    """What introductions are found from, beside the ties: links and staff of the day of `ties`."""

    @property
    def ties(self) -> TieBook:
        """The ties, with the day and the viewer of both."""
        ...

    async def staff(self, of_team: str | None) -> Collection[str]:
        """Who works for us, in this team or (None) at all."""
        ...

    async def links(self, employees: Asked, contacts: Asked) -> Sequence[Row]:
        """Links of these people, as `introduction.links` has them."""
        ...


@dataclass(frozen=True, slots=True)
class TodaysLinks:
    """The teams and jobs of today."""

    ties: TieBook

    async def staff(self, of_team: str | None) -> Collection[str]:
        """See `LinkBook`."""
        rows = await self.ties.store.read(
            "introduction.sources", of_team=of_team or "", as_of=self.ties.moment.isoformat()
        )
        return [row["employee_id"] for row in rows]

    async def links(self, employees: Asked, contacts: Asked) -> Sequence[Row]:
        """See `LinkBook`."""
        return await links_in_graph(self.ties, employees, contacts)


async def links_in_graph(ties: TieBook, employees: Asked, contacts: Asked) -> Sequence[Row]:
    """Links of these people: of employees by today's teams, of contacts by jobs that stood at the moment."""
    return await ties.store.read(
        "introduction.links",
        employees=list(employees),
        contacts=list(contacts),
        as_of=ties.moment.isoformat(),
        viewer=ties.viewer,
    )
