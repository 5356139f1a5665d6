"""Whose an attribute is that a header gives to another record of the row: rows tell whether it can be."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from ingest.proposal.candidates import Candidate
from ingest.proposal.columns.overlap import depends
from ingest.proposal.columns.profile import Column
from ingest.proposal.rows.named import Held, Named
from ingest.proposal.words.meaning import Meaning


def joining_columns(found: Iterable[Named], options: Mapping[str, Sequence[Candidate]]) -> dict[str, Column]:
    """By label: the column by which a row names its record of that label."""
    return {
        one.label: one.column
        for one in found
        if any(
            other.meaning.kind in ("key", "end") and other.meaning.label == one.label
            for other in options[one.column.name]
        )
    }


def kept_home(
    name: str, options: Sequence[Candidate], table: Held, joining: Mapping[str, Column]
) -> list[Candidate]:
    """The candidates of a column; an attribute that differs between the rows of one customer or product is
    not its, but the row's own: `Customer reference` of an order."""
    column = table.profile.by_name[name]
    own = table.record.label
    return [
        replace(one, meaning=Meaning("attribute", own), reason=f"{one.reason}; it differs between its rows")
        if _varies(one, column, table, joining)
        else one
        for one in options
    ]


def _varies(one: Candidate, column: Column, table: Held, joining: Mapping[str, Column]) -> bool:
    label = one.meaning.label
    if one.meaning.kind != "attribute" or label in (None, table.record.label) or label not in joining:
        return False
    beside = joining[str(label)]
    return beside is not column and depends(column, beside, table.profile) is False
