"""Jobs: who works where, with what the title says."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from graph.title import TitleReading, read_title


@dataclass(frozen=True, slots=True)
class Job:
    """A WORKS_AT fact with what its title says."""

    customer_id: str
    contact_id: str
    fact_id: str
    reading: TitleReading
    department: str | None
    valid_from: datetime
    valid_to: datetime | None
    known_from: datetime | None
    known_to: datetime | None
    visibility: str | None
    owner_id: str | None

    def is_current(self, moment: datetime) -> bool:
        """Whether it was true and known at the moment."""
        known_from = self.known_from or self.valid_from
        begun = max(self.valid_from, known_from) <= moment
        return begun and all(end is None or end > moment for end in (self.valid_to, self.known_to))

    @property
    def seen_by_company(self) -> bool:
        """Whether everybody of us may see it."""
        return self.visibility in (None, "company")


def job_of(row: Mapping[str, Any]) -> Job:
    """The job of a row; a department that the sources do not state is read from the title."""
    values = dict(row)
    reading = read_title(values.pop("title"))
    department = values.pop("department") or reading.department
    return Job(**values, reading=reading, department=department)


def last_end(ends: Collection[datetime | None], moment: datetime) -> datetime | None:
    """When the last of somebody's jobs with these ends had ended; None where one goes on or there is none."""
    ended = [end for end in ends if end is not None and end <= moment]
    return max(ended) if ended and len(ended) == len(ends) else None
