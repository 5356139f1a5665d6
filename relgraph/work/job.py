"""What the worker is to do, and what a round of it did."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ingest.source.connector import Ask
from relgraph.secrets import secret_of
from relgraph.work.watch import Watch


@dataclass(frozen=True, slots=True)
class Job:
    """What the worker does: the folders it watches, how often it looks, and how old a model may grow."""

    watches: tuple[Watch, ...] = ()
    pulls: tuple[Path, ...] = ()
    """Mappings whose `pull:` names a system to ask."""
    ask: Ask = secret_of
    interval_s: float = 15.0
    retrain_days: float = 7.0
    """0: models are never trained anew."""


@dataclass(slots=True)
class Round:
    """What a round did; `failed` says in sentences what did not work, by what it concerns."""

    run_id: str
    started_at: str
    loads: list[dict[str, Any]] = field(default_factory=list)
    """Each with its run, the files or number of events, and the rows read, loaded and quarantined."""
    files_waiting: list[str] = field(default_factory=list)
    """New files that may still be written to; the next look tells."""
    linked: dict[str, dict[str, int]] | None = None
    """By kind of record, how many were looked at, merged, and found to wait for a person."""
    derived: dict[str, int] | None = None
    """Derived items that were written or removed, by kind."""
    measured: str | None = None
    """The measurement of the data's quality that was taken: one a month."""
    weights: int | None = None
    """The version of weights that were fitted: one a month, where there is enough to fit."""
    scored: dict[str, Any] | None = None
    trained: list[str] = field(default_factory=list)
    sent: dict[str, int] = field(default_factory=dict)
    """Changes for sources that were queued, by what became of them."""
    failed: dict[str, str] = field(default_factory=dict)
    seconds: float = 0.0

    @property
    def did_something(self) -> bool:
        """Whether it is worth a record."""
        return bool(self.loads or self.derived is not None or self.trained or self.sent or self.failed)
