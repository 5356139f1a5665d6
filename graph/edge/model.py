"""The answer of an edge as values."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

EdgeKind = Literal["job", "role", "reporting_line", "tie"]


@dataclass(frozen=True, slots=True)
class Statement:
    """One source's word on an edge. `value`: the title, the role, or the id of the superior or of one of us.

    seen_at: when the source last said so, as far as is known: when it knew it, or its newest evidence.
    """

    fact_id: str
    value: str | None
    source: str
    basis: str
    confidence: float
    method: str | None
    valid_from: datetime
    seen_at: datetime
    evidence: tuple[str, ...]
    dismissed_by: str | None
    dismissed_at: datetime | None
    dismissed_why: str | None


@dataclass(frozen=True, slots=True)
class EdgeAnswer:
    """An edge from a contact to `about` (a typed id), and the value that counts.

    sources: those that state it, the best-founded first; corroborated: how many independent ones do (what is
    inferred is no source of its own). conflicts: what others state and nobody dismissed. stale: not seen for
    longer than its kind keeps.
    """

    kind: EdgeKind
    contact_id: str
    about: str
    value: str | None
    sources: tuple[Statement, ...]
    corroborated: int
    last_seen_at: datetime
    stale: bool
    conflicts: tuple[Statement, ...]
    dismissed: tuple[Statement, ...]
