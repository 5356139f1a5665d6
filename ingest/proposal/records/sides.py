"""Whether amounts stand on two sides, as books write them: in a column each, or beside a mark."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.mapping.kinds import ITEM
from ingest.proposal.columns.profile import Column, Profile
from ingest.proposal.records.headers import names_product, names_record
from ingest.proposal.records.record import Record
from ingest.proposal.words.words import squeezed

DEBIT = frozenset({
    "debit", "debits", "dr", "soll", "debe", "debito", "dare", "debet", "cargo", "cargos", "借方", "借",
    "支出", "paidout", "moneyout", "withdrawal", "withdrawals", "ausgang", "saidas",
})  # fmt: skip
CREDIT = frozenset({
    "credit", "credits", "cr", "haben", "haber", "credito", "avere", "kredit", "abono", "abonos", "贷方",
    "贷", "收入", "paidin", "moneyin", "deposit", "deposits", "eingang", "entradas",
})  # fmt: skip
PLAIN = re.compile(
    r"\(.*?\)|（.*?）|\[.*?\]|金额|本币|原币|本位币|发生额|"
    r"amount|amt|betrag|valor|importe|montant|eur|usd|cny|rmb"
)
"""What stands beside these words in a header and changes nothing."""
MARKS: tuple[tuple[frozenset[str], frozenset[str]], ...] = (
    (
        frozenset({"dr", "debit", "借", "借方", "soll", "debe", "dare"}),
        frozenset({"cr", "credit", "贷", "贷方", "haben", "haber", "avere"}),
    ),
    (frozenset({"s"}), frozenset({"h"})),
    (frozenset({"d"}), frozenset({"c"})),
    (frozenset({"d"}), frozenset({"h"})),
)
MARKED = re.compile(
    r"soll|haben|shk|^sh$|debit|credit|drcr|^dc$|debe|haber|dare|avere|借|贷|方向|kennz|indicator|^dh$"
)
"""Headers of marks of one letter."""
PAPERS = ("Invoice", "Order", "Payment")
BANK = (
    "iban", "bic", "valuta", "wertstellung", "对方户名", "对方账", "对方帐", "counterparty", "beneficiary",
    "payee", "auftraggeber", "verwendungszweck", "交易流水", "交易时间",
)  # fmt: skip
"""Headers of a bank account's statement."""
BALANCE = re.compile(
    r"^(?!.*(open|remaining|rest|offen|未)).*(余额|餘額|残高|saldo|balance|solde|kontostand)"
)
SOMETHING = "[1-9]"
"""What an amount that is not nothing has."""
MOSTLY = 0.8
"""Share of the cells of a side that are numbers."""
BOTH = 0.02
"""Share of rows that may have an amount on both sides."""


@dataclass(frozen=True, slots=True)
class Sides:
    """Two columns of amounts; or a column of marks, with those of its values that mean either side."""

    debit: Column | None = None
    credit: Column | None = None
    mark: Column | None = None
    debits: tuple[str, ...] = ()
    credits: tuple[str, ...] = ()


def sides_of(profile: Profile) -> Sides | None:
    """The sides on which a table's amounts stand; None where they have none."""
    debit, credit = _side(profile, DEBIT), _side(profile, CREDIT)
    if debit is not None and credit is not None:
        return Sides(debit, credit) if _apart(profile, debit, credit) else None
    for column in profile.columns:
        values = {value: value.strip().rstrip(".").casefold() for value in column.sample}
        for debits, credits in MARKS:
            told = len(min(debits | credits, key=len)) > 1 or MARKED.search(squeezed(column.said))
            if told and values and set(values.values()) <= debits | credits and column.distinct > 1:
                return Sides(
                    None, None, column, tuple(one for one in values if values[one] in debits),
                    tuple(one for one in values if values[one] in credits),
                )  # fmt: skip
    return None


def sides_of_book(profile: Profile, record: Record) -> Sides | None:
    """The sides of a book of invoices or payments; None where rows are lines, or something else."""
    book = record.label in ("Invoice", "Payment") and not record.lines
    return sides_of(profile) if book else None


def _side(profile: Profile, words: frozenset[str]) -> Column | None:
    for column in profile.columns:
        if _plain(column.said) in words and not column.empty and column.share("number") >= MOSTLY:
            return column
    return None


def _plain(header: str) -> str:
    return squeezed(PLAIN.sub("", squeezed(PLAIN.sub("", header.casefold()))))


def _apart(profile: Profile, debit: Column, credit: Column) -> bool:
    """Whether hardly a row has an amount on both sides."""
    one, other = (_somethings(profile.data.column(column.name).to_pylist()) for column in (debit, credit))
    both = sum(a and b for a, b in zip(one, other, strict=True))
    return both <= BOTH * len(one)


def _somethings(cells: Sequence[str | None]) -> list[bool]:
    return [cell is not None and re.search(SOMETHING, cell) is not None for cell in cells]


def booked(profile: Profile, label: str) -> str | None:
    """What rows with amounts on two sides are, where their other columns look like those of `label`.

    Invoices and payments of customers in one book are called by the first, a bank account's statement by its
    payments; None: neither.
    """
    if label not in (*PAPERS, ITEM) or any(map(names_product, profile.columns)) or sides_of(profile) is None:
        return None
    if label == "Payment" or of_bank(profile):
        return "Payment"
    return "Invoice" if names_record(profile, "Customer") else None


def tells_balance(column: Column) -> bool:
    """Whether a column carries the balance of the account on, which is no row's own."""
    return BALANCE.search(squeezed(column.said)) is not None


def of_bank(profile: Profile) -> bool:
    """Whether a table is a bank account's statement, on whose debit side nobody owes us."""
    return any(word in squeezed(column.said) for column in profile.columns for word in BANK)
