"""What whoever loads chooses, and who is told how far the load is."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from graph.duckdb_limits import USUAL_LIMITS, DuckDbLimits

Step = Callable[[str], None]
"""Called with what is being done."""
Progress = Callable[[int, int], None]
"""Called with how many items are written and how many there are."""


@dataclass(frozen=True, slots=True)
class LoadOptions:
    """The choices of one load."""

    strict: bool = False
    """Load nothing where a row is bad."""
    accept_removals: bool = False
    """Let a complete export end much of a dataset."""
    bulk: bool = False
    """Write import files instead (see `ingest.bulk`), where the graph is empty."""
    fixed: datetime | None = None
    """The company's now, in place of the wall clock too, for demonstrations and tests."""
    limits: DuckDbLimits = USUAL_LIMITS
    """What DuckDB may use; of it `graph.duckdb_limits.LARGEST` before it spills."""


@dataclass(frozen=True, slots=True)
class Listener:
    """Who is told how far a load is; nobody unless given."""

    step: Step = lambda _: None
    progress: Progress = lambda _done, _all: None
