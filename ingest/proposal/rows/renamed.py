"""Tables whose rows other tables tell to be another record: a ledger's contacts are its customers, a shop's
customers are people of the companies that another file holds."""

from collections.abc import Sequence
from dataclasses import replace

from ingest.proposal.columns.overlap import Overlap
from ingest.proposal.columns.profile import Column
from ingest.proposal.columns.tables import words_of
from ingest.proposal.records.called import called_ours
from ingest.proposal.records.contents import holds_companies
from ingest.proposal.records.headers import says_number
from ingest.proposal.rows.named import Held
from ingest.proposal.rows.row_people import says_customer
from ingest.proposal.words.header import part_of_name, readings
from ingest.proposal.words.lexicon import lexicon

HELD = 0.9
"""Share of another table's numbers of customers from which a table holds these customers."""
PAPERS = ("Contract", "Invoice", "Opportunity", "Order", "Payment", "Quote")
"""Records that are made with customers."""
LEAST = 3
"""Customers from which it says something that people stand at them."""
PLAINLY = 0.99
"""Score of a header that says whose number it is without a further word."""


def as_others_call(table: Held, others: Sequence[Held], overlap: Overlap) -> Held:
    """A table as the others see it: users of whom each stands at a customer are contacts, and contacts are
    customers where other tables number customers by their numbers."""
    record = table.record
    customers = [one for one in others if one.record.label == "Customer" and one.record.link is None]
    if (
        record.label == "Employee"
        and record.link is None
        and (_at_customers(table, customers, overlap) or _each_with_company(table, customers, overlap))
    ):
        return replace(table, record=replace(record, label="Contact", called="Employee"))
    if record.label == "Order" and record.lines and _of_invoices(table, others, overlap):
        return replace(table, record=replace(record, label="Invoice"))
    if record.label == "Customer" and record.link is None and _people_of_companies(table, customers, overlap):
        return replace(table, record=replace(record, label="Contact", called="Customer"))
    if record.label == "Lead" and record.link is None and _dealt_with(table, others, overlap):
        return replace(table, record=replace(record, label="Customer", called="Lead"))
    return _as_companies(table, others, customers, overlap)


def _as_companies(table: Held, others: Sequence[Held], customers: Sequence[Held], overlap: Overlap) -> Held:
    """People who stand for the companies beside them, which no table of customers holds."""
    if _at_given_companies(table, customers, overlap):
        return table
    if table.record.called == "Customer" and _called_by_company(table, others, overlap):
        return replace(table, record=replace(table.record, label="Customer", called=None))
    return _contacts_as_customers(table, others, customers, overlap)


def _at_given_companies(table: Held, customers: Sequence[Held], overlap: Overlap) -> bool:
    """Whether a table of customers holds the companies that stand beside people."""
    return any(
        overlap.best(column, table.profile, one.profile)[1] >= HELD
        for column in table.profile.columns if holds_companies(column)
        for one in customers
    )  # fmt: skip


def _dealt_with(table: Held, others: Sequence[Held], overlap: Overlap) -> bool:
    """Whether rows that are called leads are companies with whom deals or papers of other tables are made."""
    if not any(map(holds_companies, table.profile.columns)):
        return False
    return any(
        share >= HELD and table.profile.by_name[there].unique
        for other in others if other.record.label in PAPERS and other.record.link is None
        for column in other.profile.columns if _names_party(column)
        for there, share in overlap.shares(column, other.profile, table.profile).items()
    )  # fmt: skip


def _names_party(column: Column) -> bool:
    return any(one.kind in ("Customer", "Lead") and one.explicit for one in readings(column.said))


def _called_by_company(table: Held, others: Sequence[Held], overlap: Overlap) -> bool:
    """Whether rows of customers with people's names are known elsewhere by the companies beside them."""
    companies = [one.name for one in table.profile.columns if holds_companies(one) and one.unique]
    return any(
        overlap.shares(column, other.profile, table.profile).get(company, 0.0) >= HELD
        for other in others
        for column in other.profile.columns if says_customer(column.said, None, "name")
        for company in companies
    )  # fmt: skip


def _people_of_companies(table: Held, customers: Sequence[Held], overlap: Overlap) -> bool:
    """Whether rows that are called customers are people: each has a given and a family name, and the company
    beside them is one that another table of customers holds."""
    parts = {part_of_name(column.said) for column in table.profile.columns}
    return {"given", "family"} <= parts and any(
        says_customer(column.said, None, "name") and column.distinct >= LEAST
        and overlap.best(column, table.profile, one.profile)[1] >= HELD
        for column in table.profile.columns
        for one in customers
    )  # fmt: skip


def _at_customers(table: Held, customers: Sequence[Held], overlap: Overlap) -> bool:
    """Whether a column of the people of a table names customers and holds, in every row, one's number.

    Numbers of teams or cost centres may be customers' numbers by chance: the header must say customer.
    """
    for column in table.profile.columns:
        if column.share_filled < HELD or column.is_mostly("small") or column.distinct < LEAST:
            continue
        if not any(one.kind == "Customer" and one.explicit for one in readings(column.said)):
            continue
        for one in customers:
            there, share = overlap.best(column, table.profile, one.profile)
            alike = there is not None and one.profile.by_name[there].unique
            if alike and share >= HELD and _is_number(one.profile.by_name[str(there)].said):
                return True
    return False


def _each_with_company(table: Held, customers: Sequence[Held], overlap: Overlap) -> bool:
    """Whether people of whom no file name says that they are ours bear, in every row, the name of one of
    several customers; names are not equal by chance, as numbers are."""
    if called_ours(lexicon().tokens(words_of(table.profile.table))):
        return False
    for column in table.profile.columns:
        named = not column.is_mostly("number", "code", "date", "email", "person", "boolean")
        if not named or column.share_filled < HELD or column.distinct < LEAST:
            continue
        for one in customers:
            there, share = overlap.best(column, table.profile, one.profile)
            if there is not None and share >= HELD and one.profile.by_name[there].unique:
                return True
    return False


def _of_invoices(table: Held, others: Sequence[Held], overlap: Overlap) -> bool:
    """Whether lines bear the numbers of invoices that another table holds, and of no order."""
    columns = table.profile.columns
    asked = [one for one in columns if says_number(one, "Invoice", PLAINLY)]
    return not any(says_number(one, "Order", PLAINLY) for one in columns) and any(
        share >= HELD and other.profile.by_name[there].unique
        for other in others if other.record.label == "Invoice" and not other.record.lines
        for column in asked
        for there, share in overlap.shares(column, table.profile, other.profile).items()
    )  # fmt: skip


def _is_number(header: str) -> bool:
    return any(one.said == "field" and one.name == "key" for one in readings(header))


def _contacts_as_customers(
    table: Held, others: Sequence[Held], customers: Sequence[Held], overlap: Overlap
) -> Held:
    """Contacts that name their companies, where no table of customers holds the numbers by which others
    call customers."""
    record = table.record
    if record.label != "Contact" or record.link is not None:
        return table
    if not any(map(holds_companies, table.profile.columns)):
        return table
    if not any(_numbers_customers(other, table, customers, overlap) for other in others):
        return table
    return replace(table, record=replace(record, label="Customer", called="Contact"))


def _numbers_customers(other: Held, table: Held, customers: Sequence[Held], overlap: Overlap) -> bool:
    """Whether a column of another table that says customer's number holds numbers of this one's rows."""
    for column in other.profile.columns:
        if not says_customer(column.said, "key", least=PLAINLY):
            continue
        there, share = overlap.best(column, other.profile, table.profile)
        elsewhere = any(overlap.best(column, other.profile, one.profile)[1] >= HELD for one in customers)
        if there is not None and share >= HELD and not elsewhere and table.profile.by_name[there].unique:
            return True
    return False
