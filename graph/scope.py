"""Whose customers somebody may see: rows to which statements for viewers keep (`cypher/macro/in_scope`)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

_BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Scope:
    """All customers; or those with these ids; or those of these regions (`Customer.region`), as of `at`.

    At most one of `customers` and `regions` is given.
    """

    customers: tuple[str, ...] | None = None
    regions: tuple[str, ...] | None = None
    at: datetime = _BEGINNING

    def param(self) -> Mapping[str, Any]:
        """The parameter `scope` of statements."""
        return {
            "all": self.customers is None and self.regions is None,
            "by_owner": self.customers is not None,
            "customers": list(self.customers or ()),
            "regions": list(self.regions or ()),
            "at": self.at.isoformat(),
        }


EVERYTHING = Scope().param()
"""Of commands, notebooks and what runs without a viewer."""
