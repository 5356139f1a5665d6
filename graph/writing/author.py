"""Who writes, under which key, why, and when."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Literal

from graph.facts import fact_id
from graph.moment import in_utc
from graph.record.model import Record
from graph.writing.errors import WriteRefused

LONGEST_KEY = 200
LONGEST_REASON = 1_000
EARLIEST = datetime(1900, 1, 1, tzinfo=UTC)


def _whole(found: Record) -> Record:
    return found


@dataclass(frozen=True, slots=True)
class Author:
    """An employee who writes. Raises WriteRefused for an empty or a long key, or a long reason.

    key: of the client; equal keys of one author are one statement. now: the company's.
    loaded_at: the wall clock. part: which write of the statement, of those that make more than one.
    """

    employee_id: str
    key: str
    now: datetime
    loaded_at: datetime
    reason: str | None = None
    part: Literal["write", "next"] = "write"
    told: Callable[[Record], Record] = field(default=_whole, compare=False, repr=False)
    """What of a record the author's role is told: versions are compared of that."""

    def __post_init__(self) -> None:
        if not self.key.strip() or len(self.key) > LONGEST_KEY:
            raise WriteRefused(f"`key` has 1 to {LONGEST_KEY} characters, such as a UUID")
        worded("reason", self.reason, LONGEST_REASON)

    @property
    def source(self) -> str:
        """The source of what the author states."""
        return f"user:{self.employee_id}"

    @property
    def change_id(self) -> str:
        """The id of the record of the write."""
        return f"{self.part}:{self.employee_id}:{self.key}"

    @property
    def record_id(self) -> str:
        """The id of a record that the write makes."""
        return f"written:{hashlib.sha256(self.change_id.encode()).hexdigest()[:24]}"

    def fact(self, kind: str, start_id: str, end_id: str, key: str) -> dict[str, Any]:
        """Properties of a fact that the author states: its id and where it comes from."""
        return {
            "fact_id": fact_id(kind, start_id, end_id, self.source, key, self.now),
            "basis": "asserted", "confidence": 1.0, "source": self.source, "source_key": key,
            "reason": self.reason,
        }  # fmt: skip

    def moment(self, name: str, when: datetime | None) -> datetime:
        """When something stated happened: by default now, at the latest now.

        What happened after the company's now, though not after the wall clock, is dated at the company's
        now: the data do not reach further. Raises WriteRefused for the future and for the far past.
        """
        if when is None:
            return self.now
        moment = in_utc(when)
        if moment > max(self.now, in_utc(self.loaded_at)):
            raise WriteRefused(f"`{name}` lies in the future; a statement is about what has happened")
        if moment < EARLIEST:
            raise WriteRefused(f"`{name}` lies before the year {EARLIEST.year}")
        return min(moment, self.now)


def worded(name: str, text: str | None, longest: int, *, needed: bool = False) -> str | None:
    """The text without blanks around it; None where there is none. Raises WriteRefused."""
    bare = (text or "").strip()
    if needed and not bare:
        raise WriteRefused(f"`{name}` says nothing")
    if len(bare) > longest:
        raise WriteRefused(f"`{name}` has {len(bare)} characters, at most {longest} are taken")
    return bare or None
