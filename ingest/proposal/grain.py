"""In tables of lines: what is the line's, what its record's, and what the product's."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from ingest.proposal.candidates import Candidate
from ingest.proposal.columns.overlap import depends
from ingest.proposal.columns.profile import Column
from ingest.proposal.figures import AMOUNTS
from ingest.proposal.records.record import Record
from ingest.proposal.rows.named import Held
from ingest.proposal.words.meaning import Meaning

REPEATED = 10
"""Lines of products that stood before, from which it tells that a column is the same for each product."""


def by_grain(
    name: str, options: list[Candidate], table: Held, key: Column | None, goods: Column | None
) -> list[Candidate]:
    """In a table of lines an amount that differs within a record is the line's, and what is the same for
    all lines of a product is the product's. `goods` names the product."""
    record = table.record
    if not record.lines or record.line_link is None:
        return options
    column = table.profile.by_name[name]
    same = (
        depends(column, key, table.profile)
        if key is not None and column is not key and not column.empty
        else None
    )
    found = [_regrained(one, record, column, same) for one in options]
    if not same and goods is not None and column is not goods and _is_of(column, goods, table):
        found = [_rehomed(one, record) for one in found]
    if goods is not None and column is not goods and _varies(column, goods, table):
        found = [_agreed(one, record) for one in found if one.meaning.text != "Product family"]
    if same is False:
        found += _as_line_amount(options, record)
    return sorted(found, key=lambda one: -one.score)


def _is_of(column: Column, goods: Column, table: Held) -> bool:
    """Whether a column says the same wherever a product stands, and products stand often enough to tell."""
    repeated = goods.filled - goods.distinct
    telling = column.distinct > 1 and not column.is_mostly("date", "decimal")
    return telling and repeated >= REPEATED and depends(column, goods, table.profile) is True


def _varies(column: Column, goods: Column, table: Held) -> bool:
    """Whether a column says different things of one product: it is none of the product's."""
    return goods.filled - goods.distinct >= REPEATED and depends(column, goods, table.profile) is False


def _agreed(one: Candidate, record: Record) -> Candidate:
    """A price that differs from line to line of one product, as what was agreed on: it is no list's."""
    if one.meaning.text != "Product list_price":
        return one
    return replace(
        one, meaning=Meaning("attribute", record.label), reason=f"{one.reason}; a product has several"
    )


def _rehomed(one: Candidate, record: Record) -> Candidate:
    meaning = one.meaning
    if meaning.kind != "attribute" or meaning.label != record.label:
        return one
    said = f"{one.reason}; it is the same for all lines of a product"
    return Candidate(Meaning("attribute", "Product"), one.score, said)


def _as_line_amount(options: Sequence[Candidate], record: Record) -> Iterator[Candidate]:
    """A record's amount that differs from line to line, as the line's."""
    for one in options:
        meaning = one.meaning
        if meaning.kind == "field" and meaning.label == record.label and meaning.name in AMOUNTS:
            line = Meaning("link field", None, record.line_link, "amount")
            yield Candidate(line, 0.9 * one.score, f"{one.reason}; it differs within a {record.label}")


def _regrained(one: Candidate, record: Record, column: Column, same: bool | None) -> Candidate:
    meaning = one.meaning
    if meaning.kind == "field" and meaning.label == record.label and meaning.name in AMOUNTS and not same:
        return replace(one, score=one.score * 0.7)
    if meaning.kind == "link field" and meaning.name == "amount" and same:
        return replace(one, score=one.score * 0.7)
    if (
        meaning.kind == "link field"
        and meaning.name == "line"
        and column.unique
        and column.rows > 4
        and same is not None
    ):
        return replace(one, score=one.score * 0.3)
    return one
