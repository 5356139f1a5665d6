"""What the figures and days of papers mean where rows add up, multiply or lie a few terms apart."""

from collections.abc import Iterator

from ingest.proposal.arithmetic.line_sums import counted, grossed, is_told, priced, totals
from ingest.proposal.arithmetic.sums import taxed
from ingest.proposal.arithmetic.terms import told_by_terms
from ingest.proposal.candidates import Candidate
from ingest.proposal.columns.profile import Column, Profile
from ingest.proposal.records.record import Record
from ingest.proposal.references.own_key import SURELY
from ingest.proposal.rows.named import Held
from ingest.proposal.words.meaning import Meaning

AMOUNTS = ("amount", "amount_with_tax")
TAXED = ("Order", "Invoice", "Quote")
"""Records with an amount without tax and one with it."""
SUMMED = 1.1
"""What it counts that a tax in the row tells which amount a column is: more than its header."""
UNTOLD = 0.48
"""What it counts where no header says that a product is one of money: it may be one of measures."""


def amounts(profile: Profile, record: Record) -> Iterator[tuple[str, Candidate]]:
    """The amounts without and with tax of papers that stand in a row each, with their columns' names."""
    if record.label not in TAXED or record.lines or record.link is not None:
        return
    found = taxed(profile)
    for name, column in zip(AMOUNTS, (found.net, found.gross), strict=True):
        if column is not None:
            meaning = Meaning("field", record.label, None, name)
            yield column.name, Candidate(meaning, SUMMED, "the tax beside it tells which amount it is")


def lines(table: Held, key: Column | None, goods: Column | None) -> Iterator[tuple[str, Candidate]]:
    """Quantity, price and amount of lines that multiply, and the totals of their records, by column."""
    record = table.record
    if record.line_link != "CONTAINS":
        return
    if key is not None and (number := counted(table.profile, key)) is not None:
        line = Meaning("link field", None, "CONTAINS", "line")
        yield number.name, Candidate(line, SUMMED, f"it counts the lines of each {record.label}")
    if (found := priced(table.profile, goods, key)) is None:
        return
    why, told = "quantity times price is the amount in its rows", is_told(found)
    why += "" if told else ", but no header says price or amount"
    score = SUMMED if told else UNTOLD
    quantity, amount = (Meaning("link field", None, "CONTAINS", name) for name in ("quantity", "amount"))
    price = Meaning("field", "Product", None, "list_price")
    yield found.quantity.name, Candidate(quantity, score, why)
    yield found.price.name, Candidate(price, score, why)
    yield found.amount.name, Candidate(amount, score, why)
    if key is None:
        return
    whole = totals(table.profile, key, found.amount)
    for name, column in zip(AMOUNTS, (whole.net, whole.gross), strict=True):
        if column is not None:
            meaning = Meaning("field", record.label, None, name)
            yield (
                column.name,
                Candidate(meaning, SUMMED, f"it is the sum of {found.amount.name} by {key.name}"),
            )
    if told and (taxed_line := grossed(table.profile, key, found.amount)) is not None:
        gross = Meaning("field", record.label, None, "amount_with_tax")
        meaning = gross if whole.gross is None else Meaning("attribute", record.label)
        yield taxed_line.name, Candidate(meaning, SUMMED, f"it is {found.amount.name} with a tax on it")


def due(table: Held) -> Iterator[tuple[str, Candidate]]:
    """The days on which invoices were issued and are due, by column, where a few terms lie between them."""
    if table.record.label == "Invoice" and table.record.link is None:
        for name, told in told_by_terms(table.profile, "issued_at", "due_at").items():
            meaning = Meaning("field", "Invoice", None, told)
            yield name, Candidate(meaning, SUMMED, "a few terms lie between the two days in all rows")


def half_amount(one: Candidate) -> bool:
    """Whether a part of a header tells of an amount: `Amount Paid`, beside amounts that a tax tells."""
    return one.meaning.kind == "field" and one.meaning.name in AMOUNTS and one.score < SURELY
