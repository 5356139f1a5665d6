"""What the figures and days of papers mean where rows add up, multiply or lie a few terms apart."""

from collections.abc import Iterator

from ingest.mapping.fields import field_names
from ingest.proposal.arithmetic.line_sums import counted, grossed, is_told, priced, totals
from ingest.proposal.arithmetic.line_tax import line_taxed, taxed_price
from ingest.proposal.arithmetic.sums import Taxed, taxed
from ingest.proposal.arithmetic.terms import told_by_terms
from ingest.proposal.candidates import Candidate
from ingest.proposal.columns.profile import Column, Profile
from ingest.proposal.records.record import Record
from ingest.proposal.references.own_key import SURELY
from ingest.proposal.rows.named import Held
from ingest.proposal.words.meaning import Meaning

WITH_TAX = "amount_with_tax"
AMOUNTS = ("amount", WITH_TAX)
TAXED = ("Order", "Invoice", "Quote")
"""Records with an amount without tax and one with it."""
SUMMED = 1.1
"""What it counts that a tax in the row tells which amount a column is: more than its header."""
QUANTITY, AMOUNT = (Meaning("link field", None, "CONTAINS", name) for name in ("quantity", "amount"))
PRICE = Meaning("field", "Product", None, "list_price")
UNTOLD = 0.48
"""What it counts where no header says that a product is one of money: it may be one of measures."""


def amounts(profile: Profile, record: Record) -> Iterator[tuple[str, Candidate]]:
    """The amounts without and with tax of papers that stand in a row each, with their columns' names."""
    if record.label not in TAXED or record.lines or record.link is not None:
        return
    found = taxed(profile)
    for name, column in zip(AMOUNTS, (found.net, found.gross), strict=True):
        if column is not None:
            meaning = _total(record, name)
            yield column.name, Candidate(meaning, SUMMED, "the tax beside it tells which amount it is")


def lines(table: Held, key: Column | None, goods: Column | None) -> Iterator[tuple[str, Candidate]]:
    """Quantity, price and amount of lines that multiply, and the totals of their records, by column."""
    record = table.record
    if record.line_link != "CONTAINS":
        return
    if key is not None and (number := counted(table.profile, key)) is not None:
        line = Meaning("link field", None, "CONTAINS", "line")
        yield number.name, Candidate(line, SUMMED, f"it counts the lines of each {record.label}")
    tax = line_taxed(table.profile, key)
    found = priced(table.profile, goods, key, tax)
    if found is None:
        yield from _without_product(table, key, tax)
        return
    why, told = "quantity times price is the amount in its rows", is_told(found)
    why += "" if told else ", but no header says price or amount"
    score = SUMMED if told else UNTOLD
    yield found.quantity.name, Candidate(QUANTITY, score, why)
    yield found.price.name, Candidate(PRICE, score, why)
    yield found.amount.name, Candidate(AMOUNT, score, why)
    if key is None:
        return
    whole = totals(table.profile, key, found.amount)
    for name, column in zip(AMOUNTS, (whole.net, whole.gross), strict=True):
        if column is not None:
            meaning = _total(record, name)
            yield (
                column.name,
                Candidate(meaning, SUMMED, f"it is the sum of {found.amount.name} by {key.name}"),
            )
    gross = tax.gross if tax.net is found.amount else grossed(table.profile, key, found.amount)
    if told and gross is not None:
        meaning = _total(record, WITH_TAX) if whole.gross is None else Meaning("attribute", record.label)
        yield gross.name, Candidate(meaning, SUMMED, f"it is {found.amount.name} with a tax on it")


def _without_product(table: Held, key: Column | None, tax: Taxed) -> Iterator[tuple[str, Candidate]]:
    """Amounts of lines that a tax tells apart, or prices without tax beside an amount with it."""
    gross = _total(table.record, WITH_TAX)
    if tax.net is not None and tax.gross is not None:
        yield tax.net.name, Candidate(AMOUNT, SUMMED, f"{tax.gross.name} is it with a tax on it")
        yield tax.gross.name, Candidate(gross, SUMMED, f"it is {tax.net.name} with a tax on it")
    elif (found := taxed_price(table.profile, key)) is not None:
        why = "quantity times price, with a tax on it, is the amount in its rows"
        meanings = (QUANTITY, PRICE, gross)
        for column, meaning in zip(found, meanings, strict=True):
            yield column.name, Candidate(meaning, SUMMED, why)


def _total(record: Record, name: str) -> Meaning:
    """A record's amount; an attribute where its kind has no such one, as a quote none with tax."""
    if name in field_names(record.label):
        return Meaning("field", record.label, None, name)
    return Meaning("attribute", record.label)


def is_total(told: Candidate | None) -> bool:
    """Whether arithmetic tells that a column is a record's amount, though its lines may differ in it."""
    return told is not None and told.meaning.kind == "field" and told.meaning.name in AMOUNTS


def due(table: Held) -> Iterator[tuple[str, Candidate]]:
    """The days on which invoices were issued and are due, by column, where a few terms lie between them."""
    if table.record.label == "Invoice" and table.record.link is None:
        for name, told in told_by_terms(table.profile, "issued_at", "due_at").items():
            meaning = Meaning("field", "Invoice", None, told)
            yield name, Candidate(meaning, SUMMED, "a few terms lie between the two days in all rows")


def half_amount(one: Candidate) -> bool:
    """Whether a part of a header tells of an amount: `Amount Paid`, beside amounts that a tax tells."""
    return one.meaning.kind == "field" and one.meaning.name in AMOUNTS and one.score < SURELY
