"""What a row of a table is."""

from collections.abc import Mapping
from dataclasses import dataclass

LINED: Mapping[str, str] = {
    "Order": "CONTAINS",
    "Quote": "CONTAINS",
    "Invoice": "CONTAINS",
    "Opportunity": "ABOUT",
}
"""Records whose lines stand in rows of their own, and the link of a line to its product."""


@dataclass(frozen=True, slots=True)
class Record:
    """What a row is: of `label`; with `lines`, a line of one; or with `link`, that link and nothing else."""

    label: str
    lines: bool = False
    link: str | None = None
    sure: float = 1.0
    """How likely it is that the rows are this, among all that they may be."""
    named: bool = False
    """Whether the file's name says so."""
    called: str | None = None
    """Another label by whose word the rows are called: a ledger's contacts are companies."""

    @property
    def words(self) -> tuple[str, ...]:
        """The labels whose words mean the row's own record."""
        return (self.label,) if self.called is None else (self.label, self.called)

    @property
    def line_link(self) -> str | None:
        """The link of the line to its product."""
        return LINED.get(self.label) if self.lines else None
