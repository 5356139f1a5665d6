"""What speaks for or against a record beside words: papers, tickets, machines, logs of customers."""

from ingest.mapping.kinds import ITEM
from ingest.proposal.arithmetic.line_sums import priced
from ingest.proposal.columns.fit import fit
from ingest.proposal.columns.profile import Column, Profile
from ingest.proposal.records.by_fields import says
from ingest.proposal.records.contents import COMPANIES, EACH_ONCE, LEAST_CELLS, RECUR, holds_people
from ingest.proposal.records.headers import (
    mentions,
    names_label,
    names_product,
    names_record,
    says_number,
    says_own_number,
)
from ingest.proposal.words.header import part_of_name, readings

PARTIES = frozenset({"Campaign", "Contact", "Customer", "Employee", "Lead", "Product"})
DESK = ("priority", "closed_at", "satisfaction", "sla_breached")
"""Fields that tickets have and talks have not."""
PAPERS = ("Contract", "Interaction", "Invoice", "Opportunity", "Order", "Payment", "Quote", "Ticket")


def _is_paper(profile: Profile) -> bool:
    """Whether rows have a number of their own, a day, an amount, and name what stands in several rows: so
    orders and invoices do, while those who order stand in one row each."""
    columns = profile.columns
    numbered = any(
        one.unique and one.share("code") + one.share("integer") >= EACH_ONCE for one in columns[:3]
    )
    dated = any(one.is_mostly("date") and one.share_filled >= EACH_ONCE for one in columns)
    paid = any(one.share("decimal") >= EACH_ONCE and one.share_filled >= EACH_ONCE for one in columns)
    return numbered and dated and paid and any(map(_recurs, columns))


def are_installed(profile: Profile) -> bool:
    """Whether each row has a machine's number or another of its own, names a customer, and is no paper: no
    number of an order, a ticket or an invoice is its own, and nothing is multiplied or open."""
    numbered = any(column.unique and names_label(column, ITEM) for column in profile.columns) or any(
        column.unique and _numbers_items(column) for column in profile.columns
    )
    papers = any(says_own_number(profile, label) for label in PAPERS)
    return numbered and names_record(profile, "Customer") and not papers and priced(profile) is None


def _numbers_items(column: Column) -> bool:
    """Whether a header is a word for the number of a machine and of nothing else: `Serial No`, 出厂编号."""
    said = {one.kind for one in readings(column.said) if one.name == "key" and one.score >= 0.9}
    return said == {ITEM}


def closed_and_rated(profile: Profile) -> bool:
    """Whether talks are a help desk's: two of these, that they have a priority, are closed, or are rated."""
    said = {
        one.name
        for column in profile.columns
        for one in readings(column.said)
        if one.kind == "Ticket"
        and one.name in DESK
        and one.score >= 0.6
        and fit("Ticket", one.name, column) >= 1
    }
    return len(said) >= 2


def unlikely(profile: Profile) -> frozenset[str]:
    """What rows hardly are: parties where they look like papers, people where nothing tells of any."""
    papers = PARTIES if _is_paper(profile) else frozenset[str]()
    if papers and mentions(profile, "amount", "amount_with_tax", "open_amount"):
        papers |= {"Interaction", "Task"}  # talks have no amount
    return papers if _tells_of_people(profile) else papers | {"Contact", "Employee"}


def _tells_of_people(profile: Profile) -> bool:
    """Whether a column holds names of people, or how they are reached; an empty table may be of anybody."""
    return any(
        column.empty or holds_people(column) or column.is_mostly("email", "phone", "mobile", "job")
        or part_of_name(column.said) is not None
        or names_label(column, "Contact") or names_label(column, "Employee")
        for column in profile.columns
    )  # fmt: skip


def is_due(profile: Profile) -> bool:
    """Whether each row is an invoice with what is left to pay, in a file that is called by its payments."""
    numbered = says_own_number(profile, "Invoice", least=0.0)
    return numbered and mentions(profile, "open_amount") and not says_own_number(profile, "Payment")


def owes(profile: Profile) -> bool:
    """Whether rows are issued, due and paid, and have no stage: so invoices are, and deals are not."""
    days = all(mentions(profile, name) for name in ("issued_at", "due_at", "paid_at"))
    return days and not mentions(profile, "stage", "expected_at")


def logs(profile: Profile, label: str) -> bool:
    """Whether rows tell what happened with customers, or people, on days: these recur and nothing numbers
    them."""
    naming = [one for one in profile.columns if names_label(one, label) and not one.empty]
    recurs = naming and all(
        one.filled >= 2 * LEAST_CELLS and one.distinct < EACH_ONCE * one.filled for one in naming
    )
    dated = any(
        one.is_mostly("date") and one.share_filled >= EACH_ONCE and not _of_keeping(one)
        for one in profile.columns
    )
    own = any(
        one.unique and not one.is_mostly("date", "long", "email", "phone") and says(label, one) > 0
        for one in profile.columns
    )
    return bool(recurs) and dated and not own


def _of_keeping(column: Column) -> bool:
    """Whether a header says only when the row was made or changed: on that day nothing happened."""
    said = {one.name for one in readings(column.said) if one.score >= 0.99}
    return said == {None} or ("created_at" in said and "at" not in said)


def settles(profile: Profile) -> bool:
    """Whether rows have a means of payment and a number of their own beside that of an invoice, and no
    product: so payments are, and sales are not."""
    invoices = [one for one in profile.columns if says_number(one, "Invoice", EACH_ONCE)]
    own = any(one.unique and one.position <= 1 and one not in invoices for one in profile.columns)
    goods = any(map(names_product, profile.columns))
    return bool(invoices) and own and not goods and mentions(profile, "method")


def _recurs(column: Column) -> bool:
    """Whether a column names companies or numbers that stand in several rows each."""
    told = column.filled >= 4 * LEAST_CELLS and LEAST_CELLS <= column.distinct <= RECUR * column.filled
    numbered = column.share("code") + column.share("integer") >= EACH_ONCE
    plain = not column.is_mostly("date", "decimal", "boolean")
    padded = numbered and len({len(value) for value in column.sample}) == 1
    return told and plain and (padded or column.share("company") >= COMPANIES)
