"""What a query file can hold: a query, a template with slots, or a fragment of templates."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

Access = Literal["read", "write"]
Sees = Literal["viewer", "company", "all"]
"""Whom a statement serves. `viewer`: one of us, who is shown nothing that is hidden from them. `company`:
what is derived and learned from what everybody may see. `all`: operation and loading, which no rule binds."""

SLOT = re.compile(r"\{\{(\w+)\}\}")
_IDENTIFIER = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


class CatalogueError(Exception):
    """A query file contradicts its own header, or no such query exists; a defect, not a user's mistake."""


@dataclass(frozen=True, slots=True)
class Query:
    """A named statement with constant text; `params` are those of its text and of its macros."""

    name: str
    text: str
    params: frozenset[str]
    access: Access
    sees: Sees = "all"

    def taking(self, params: Iterable[str]) -> "Query":
        """The same with the parameters that what its slots were filled with brings."""
        return replace(self, params=self.params.union(params))


@dataclass(frozen=True, slots=True)
class Template:
    """A statement with slots for names that the graph model allows."""

    name: str
    text: str
    params: frozenset[str]
    access: Access
    sees: Sees
    slots: frozenset[str]

    def render(self, **filled: str) -> Query:
        """The statement with every slot filled; a value is identifiers, or lines built of them.

        Raises CatalogueError for a slot too many or too few.
        """
        if filled.keys() != self.slots:
            raise CatalogueError(f"{self.name} has slots {sorted(self.slots)}, got {sorted(filled)}")
        text = SLOT.sub(lambda slot: filled[slot[1]], self.text)
        shown = ",".join(item for item in filled.values() if _IDENTIFIER.fullmatch(item))
        return Query(f"{self.name}[{shown}]", text, self.params, self.access, self.sees)


@dataclass(frozen=True, slots=True)
class Fragment:
    """Items of a RETURN that several statements share; it reads the names its template binds."""

    name: str
    text: str
    params: frozenset[str]

    @property
    def column(self) -> str:
        """The name that its item is returned by."""
        return self.text.rpartition(" AS ")[2].strip()


Entry = Query | Template | Fragment
