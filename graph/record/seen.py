"""How a record is seen."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Seen:
    """By whom a record is seen (empty: by everybody), and as of which moment."""

    moment: datetime
    viewer: str
    past: bool
