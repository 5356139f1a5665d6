"""What a proposal says: tables with what their rows are and what each of their columns means."""

from dataclasses import dataclass
from pathlib import Path

from ingest.proposal.assign import Decided
from ingest.proposal.columns.profile import Profile
from ingest.proposal.columns.tables import Table
from ingest.proposal.records.record import Record


@dataclass(frozen=True, slots=True)
class Proposed:
    """One table with what its rows are and what each of its columns means."""

    profile: Profile
    record: Record
    columns: tuple[Decided, ...]
    codes: bool = False
    """Whether it only says what codes of other tables mean."""

    @property
    def table(self) -> Table:
        return self.profile.table

    @property
    def own_key(self) -> Decided | None:
        """The column that is the key of the rows' own record."""
        text = f"{self.record.label} key"
        return next((one for one in self.columns if one.meaning.text == text and one.named is None), None)


@dataclass(frozen=True, slots=True)
class Proposal:
    """All tables below `root`, and a sentence on each file that is none."""

    root: Path
    tables: tuple[Proposed, ...]
    notes: tuple[str, ...]

    def as_dict(self) -> dict[str, dict[str, dict[str, dict[str, dict[str, object]]]]]:
        """The proposal as documented for `relgraph ingest init --json`."""
        return {
            "datasets": {
                one.table.name: {
                    "columns": {
                        decided.column.header: {
                            "meaning": decided.meaning.text,
                            "confidence": decided.confidence,
                            "reason": decided.reason,
                        }
                        for decided in one.columns
                    }
                }
                for one in self.tables
            }
        }
