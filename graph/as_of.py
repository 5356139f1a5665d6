"""As-of reading: was this true, and known, at a moment.

The Cypher form of the same rule, for the edges of a node found by its id:

    WITH datetime($as_of) AS t
    MATCH (a)-[r:T]->(b)
    WHERE r.valid_from <= t AND (r.valid_to IS NULL OR r.valid_to > t)
      AND coalesce(r.known_from, r.valid_from) <= t AND (r.known_to IS NULL OR r.known_to > t)
"""

from datetime import datetime
from typing import Protocol


class TwoClocks(Protocol):
    """Anything with the two intervals of a fact; all moments aware."""

    @property
    def valid_from(self) -> datetime:
        """True in the world from here."""

    @property
    def valid_to(self) -> datetime | None:
        """True in the world until just before here."""

    @property
    def known_from(self) -> datetime | None:
        """Known to the source from here; not set means `valid_from`."""

    @property
    def known_to(self) -> datetime | None:
        """Known to the source until just before here (retracted or corrected)."""


def is_true(fact: TwoClocks, as_of: datetime) -> bool:
    """True where both half-open intervals contain `as_of`."""
    known_from = fact.known_from or fact.valid_from
    return _contains(fact.valid_from, fact.valid_to, as_of) and _contains(known_from, fact.known_to, as_of)


def _contains(start: datetime, end: datetime | None, moment: datetime) -> bool:
    return start <= moment and (end is None or moment < end)
