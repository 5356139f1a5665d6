"""The columns of a list of codes: its names mean what the columns mean that point to it."""

from collections.abc import Iterator, Sequence
from typing import Protocol

from ingest.proposal.assign import Decided
from ingest.proposal.codes.code_list import CodeList
from ingest.proposal.columns.profile import Profile
from ingest.proposal.records.record import Record
from ingest.proposal.words.header import readings
from ingest.proposal.words.meaning import NOTHING, Meaning

SURE = 0.6
"""How sure it is that what else a list says is of the records that have its codes."""
TECHNICAL = 0.9


class Reader(Protocol):
    """A table that was decided."""

    @property
    def profile(self) -> Profile: ...
    @property
    def record(self) -> Record: ...
    @property
    def columns(self) -> tuple[Decided, ...]: ...


Listed = tuple[Profile, Record, tuple[Decided, ...]]
"""A list's table, the record that has its codes, and what its columns mean."""


def listed(lists: Sequence[CodeList], readers: Sequence[Reader]) -> Iterator[Listed]:
    """Every list with its columns' meanings; each is pointed to from one of the tables."""
    for one in lists:
        reader, column = _pointing(one, readers)
        label = column.meaning.label or reader.record.label
        yield one.profile, Record(label, sure=column.confidence), tuple(_columns(one, label, column))


def _pointing(told: CodeList, readers: Sequence[Reader]) -> tuple[Reader, Decided]:
    """The table and column that point to a list, one that tells a field before others."""
    name = told.profile.table.name
    found = [
        (reader, decided) for reader in readers for decided in reader.columns
        if decided.column.code is not None and decided.column.code.list == name
    ]  # fmt: skip
    return max(found, key=lambda one: (one[1].meaning.kind == "field", one[1].confidence))


def _columns(told: CodeList, label: str, pointing: Decided) -> Iterator[Decided]:
    for column in told.profile.columns:
        if column is told.name:
            reason = f"it says what the codes of `{pointing.column.header}` mean"
            yield Decided(column, pointing.meaning, pointing.confidence, reason)
        elif column is told.code:
            yield Decided(column, Meaning("attribute", label), SURE, "a code; its name stands beside it")
        elif _says_nothing(column.said):
            yield Decided(column, NOTHING, SURE, "the header names what a system keeps for itself")
        else:
            yield Decided(column, Meaning("attribute", label), SURE / 2, "it tells more of a code")


def _says_nothing(header: str) -> bool:
    return any(one.said == "technical" and one.score >= TECHNICAL for one in readings(header))
