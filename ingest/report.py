"""The report of a run: for every dataset, read = loaded + unchanged + quarantined + filtered + review."""

from dataclasses import asdict, dataclass, field
from typing import Any

from graph.clock import Clock


@dataclass(frozen=True, slots=True)
class DatasetReport:
    """What became of a dataset's rows."""

    read: int
    loaded: int
    """Rows that brought something new or changed something."""
    unchanged: int
    """Rows that bring nothing new: what they say is there already, or all their links are left out;
    exact duplicates are among them."""
    quarantined: int
    filtered: int
    """Left out by the mapping's own `where`."""
    review: int
    """Rows that wait until a person says which entity they mean."""
    duplicates: int
    """Rows equal to an earlier one in every column; part of `unchanged`."""
    replaced: int
    """Rows that a later file of the dataset replaces; part of `unchanged`."""
    files: dict[str, str]
    """Encoding by file."""
    without: dict[str, dict[str, int]] = field(default_factory=dict)
    """Rows loaded without a link, by type and why: empty, unknown, waiting or ambiguous."""
    source: str = ""
    """Whose keys its rows carry."""
    newest: str | None = None
    """The newest moment up to now that a good row of it bears, as ISO text: its watermark."""

    @property
    def adds_up(self) -> bool:
        """Whether every row is accounted for."""
        return self.read == self.loaded + self.unchanged + self.quarantined + self.filtered + self.review


@dataclass(frozen=True, slots=True)
class ReviewItem:
    """A row that matches no entity, or more than one: nothing is guessed."""

    dataset: str
    label: str
    key: str
    shown: str | None
    reason: str
    candidates: list[str]


@dataclass(frozen=True, slots=True)
class Report:
    """What a run did."""

    run_id: str
    source: str
    database_id: str
    started_at: str
    seconds: float
    changed: bool
    """False where the graph already held everything."""
    clock: Clock
    """The company's now after this run, and why it is that."""
    datasets: dict[str, DatasetReport]
    lookups: dict[str, int]
    """Rows of datasets that only serve look-ups."""
    written: dict[str, int]
    """Items written to the graph, by label or relationship type."""
    reasons: list[dict[str, Any]]
    """Why rows are in quarantine: dataset, reason (without the values), count, an example with its row."""
    quarantine_file: str | None
    review: list[ReviewItem]
    looks_doubled: dict[str, int]
    """Entities that share their name with another one, by label; linking them is not guessed here."""
    notes: list[str]
    """What a reader should know, such as keys that stay apart."""

    @property
    def quarantined(self) -> int:
        """Bad rows over all datasets."""
        return sum(item.quarantined for item in self.datasets.values())

    @property
    def totals(self) -> dict[str, int]:
        """The counts over all datasets."""
        return {
            name: sum(getattr(item, name) for item in self.datasets.values())
            for name in ("read", "loaded", "unchanged", "quarantined", "filtered", "review", "duplicates")
        }

    def as_dict(self) -> dict[str, Any]:
        """The report as plain values, with totals."""
        clock = {"now": self.clock.now.isoformat(), "basis": self.clock.basis, "reason": self.clock.reason}
        return {**asdict(self), "clock": clock, "totals": self.totals}
