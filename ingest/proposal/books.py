"""What the amounts of books mean that stand on a debit and a credit side."""

from collections.abc import Sequence
from dataclasses import replace

from ingest.proposal.assign import Decided
from ingest.proposal.records.record import Record
from ingest.proposal.records.sides import Sides, tells_balance
from ingest.proposal.words.meaning import Meaning

SURE = 0.85


def told_by_sides(found: Sequence[Decided], record: Record, sides: Sides | None) -> list[Decided]:
    """The columns of a table, the two sides of its amounts as what customers owe and what they paid.

    Of payments both sides are their amount, one of them paid back.
    """
    if sides is None or sides.debit is None or sides.credit is None:
        return list(found)
    owed = Meaning("field", record.label, None, "amount")
    told = {
        sides.debit.name: (owed, "it is the debit side"),
        sides.credit.name: (Meaning("field", "Payment", None, "amount"), "it is the credit side"),
    }
    return [_told(one, told.get(one.column.name), owed, record) for one in found]


def _told(one: Decided, told: tuple[Meaning, str] | None, owed: Meaning, record: Record) -> Decided:
    if told is not None:
        return replace(one, meaning=told[0], confidence=SURE, reason=told[1], named=None)
    if one.meaning.text == owed.text:
        return replace(one, meaning=Meaning("attribute", record.label), reason="its sides stand beside it")
    if one.meaning.text == "Invoice open_amount" and tells_balance(one.column):
        return replace(one, meaning=Meaning("attribute", record.label), reason="it is the account's balance")
    return one
