"""Files of a folder, and what a proposal says of one of them."""

import csv
from collections.abc import Sequence
from pathlib import Path

from ingest.proposal.propose import propose
from ingest.proposal.proposed import Proposed


def write(folder: Path, name: str, rows: Sequence[Sequence[object]]) -> None:
    """Write a file with these rows, its header first."""
    with (folder / name).open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows(rows)


def table(folder: Path, name: str) -> Proposed:
    """What is proposed for one file of a folder."""
    (found,) = [one for one in propose([folder]).tables if one.table.name == name]
    return found


def meanings(folder: Path, name: str) -> dict[str, str]:
    """The meaning of every column of one file of a folder."""
    return {one.column.name: one.meaning.text for one in table(folder, name).columns}
