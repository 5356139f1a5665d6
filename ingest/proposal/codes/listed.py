"""The columns of lists of codes: their names mean what the columns mean that point to them."""

from collections.abc import Iterable, Iterator, Sequence

from ingest.proposal.assign import Decided
from ingest.proposal.codes.code_list import CodeList, Codes
from ingest.proposal.proposed import Proposed
from ingest.proposal.records.record import Record
from ingest.proposal.words.header import readings
from ingest.proposal.words.meaning import NOTHING, Meaning

SURE = 0.6
"""How sure it is that what else a list says is of the records that have its codes."""
TECHNICAL = 0.9


def listed(codes: Codes, records: Sequence[Proposed]) -> list[Proposed]:
    """Every list with its columns' meanings; what only a list points to tells more of that list's records."""
    told: dict[str, Proposed] = {}
    for one in codes.lists:
        name = one.profile.table.name
        asked = [
            (table, decided) for table in records for decided in table.columns
            if decided.column.code is not None and decided.column.code.list == name
        ]  # fmt: skip
        if asked:
            table, decided = max(asked, key=lambda one: (one[1].meaning.kind == "field", one[1].confidence))
            record = Record(decided.meaning.label or table.record.label, sure=decided.confidence)
            what = (decided.meaning, decided.confidence, decided.column.header)
        else:
            record, header = _asked_by_list(one, codes, told.values())
            what = (Meaning("attribute", record.label), SURE / 2, header)
        told[name] = Proposed(one.profile, record, tuple(_columns(one, record.label, *what)), codes=True)
    return list(told.values())


def _asked_by_list(one: CodeList, codes: Codes, told: Iterable[Proposed]) -> tuple[Record, str]:
    """Whose codes a list that points to another has, and the header of the column that points."""
    return next(
        (table.record, header)
        for table in told for header, to in codes.pointing[table.table.name].items() if to is one
    )  # fmt: skip


def _columns(of: CodeList, label: str, meaning: Meaning, sure: float, header: str) -> Iterator[Decided]:
    for column in of.profile.columns:
        if column is of.name:
            yield Decided(column, meaning, sure, f"it says what the codes of `{header}` mean")
        elif column is of.code:
            yield Decided(column, Meaning("attribute", label), SURE, "a code; its name stands beside it")
        elif _says_nothing(column.said):
            yield Decided(column, NOTHING, SURE, "the header names what a system keeps for itself")
        else:
            yield Decided(column, Meaning("attribute", label), SURE / 2, "it tells more of a code")


def _says_nothing(header: str) -> bool:
    return any(one.said == "technical" and one.score >= TECHNICAL for one in readings(header))
