"""Records of a file that are no rows of its table."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Refused:
    """One of them: its line, or its place among the file's records, from 1; why it is none; and its text."""

    row: int
    reason: str
    text: str
