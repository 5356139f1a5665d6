"""Which columns of a table name other records."""

from collections.abc import Sequence

from ingest.proposal.columns.overlap import Overlap
from ingest.proposal.columns.profile import Column
from ingest.proposal.records.contents import holds_companies, holds_people, recurs
from ingest.proposal.records.evidence import OFFERED
from ingest.proposal.records.headers import names_product, says_creator
from ingest.proposal.records.record import Record
from ingest.proposal.references.holders import PARTIES, USERS, by_values, holder, numbered_people, says_own
from ingest.proposal.references.whose import is_ours, ours, people_by_values, rank
from ingest.proposal.rows.named import FEW_CELLS, HELD, LEAST, PEOPLE, SAID_PLAINLY, SAYS_OWN, Held, Named
from ingest.proposal.rows.row_people import mail_of_someone, names_buyers, person_of
from ingest.proposal.words.header import Reading, part_of_name, readings
from ingest.proposal.words.known import NAMED_ELSEWHERE
from ingest.proposal.words.lexicon import lexicon
from ingest.proposal.words.meaning import ends_of

CLASSES = 5
"""Different numbers up to which they are of classes."""
LEDGER = frozenset({"account", "accounts", "acct", "konto", "compte", "cuenta", "conta", "conto"})
"""Words for a customer that are also those for an account of the books."""
DOUBTFUL = 0.35
"""Score below which values speak against what a header names."""
COUNTED = 0.6
"""Share of numbers or ranges from which a column counts people."""
PAPERS = ("Order", "Quote", "Invoice", "Payment", "Ticket", "Task", "Interaction")


def named_by(table: Held, others: Sequence[Held], overlap: Overlap) -> list[Named]:
    """Every column of a table that may name a record of another label, or another record of its own."""
    found = []
    for column in table.profile.columns:
        good = _good_options(column, table, others, overlap)
        if good and not _of_the_row(column, good):
            ours = is_ours(column, good, table)
            found.append(max(good, key=lambda one: rank(one, ours)))
    return [*found, *person_of(table, found), *mail_of_someone(table, found)]


def _good_options(column: Column, table: Held, others: Sequence[Held], overlap: Overlap) -> list[Named]:
    """What a column may name, by its header and by its values."""
    if says_creator(column, table.profile):
        return []
    told = [_option(one, column, table, others, overlap) for one in _naming(column, table.record)]
    options = [one for one in told if one is not None]
    options += _options_by_values(column, options, table, others, overlap)
    good = [one for one in options if _may_stand(one, table)]
    return good or [*people_by_values(column, table.record, others)]


def _options_by_values(
    column: Column, options: Sequence[Named], table: Held, others: Sequence[Held], overlap: Overlap
) -> list[Named]:
    """What values alone tell, where the header does not."""
    told = any(one.share >= HELD or one.role for one in options) or _says_change(column)
    if not told and not says_own(column, table.record):
        contact = _says_contact(column)
        return [
            one for one in by_values(column, table, others, overlap) if one.label in PEOPLE or not contact
        ]
    if all(one.share < HELD for one in options):
        return numbered_people(column, table, others, overlap)
    return []


def _may_stand(one: Named, table: Held) -> bool:
    """Whether values do not speak against what a column may name."""
    held = one.share >= HELD
    return (
        (held or (one.score >= DOUBTFUL and one.label not in NAMED_ELSEWHERE))
        and not _of_many(one, table.record)
        and not _numbers_classes(one)
        and not _is_one_for_all(one)
        and not _numbers_lines(one, table)
    )


def _says_change(column: Column) -> bool:
    """Whether a header is a word for an attribute that values may not take for a record's name: 修改人."""
    return not holds_companies(column) and any(
        one.said == "attribute" and one.score >= SAID_PLAINLY for one in readings(column.said)
    )


def _says_contact(column: Column) -> bool:
    """Whether a header says contact and nothing else, over names of people: no lead that is called so."""
    return holds_people(column) and any(
        one.kind == "Contact" and one.said == "names" and one.role is None and one.score >= SAID_PLAINLY
        for one in readings(column.said)
    )


def _of_many(one: Named, record: Record) -> bool:
    """Whether a customer, a person or a product would name one of its many orders or payments."""
    return record.label in PARTIES and one.label in PAPERS and one.share < HELD and record.link is None


def _numbers_classes(one: Named) -> bool:
    """Whether few numbers recur that no record of the other table has: `Account Code` of a ledger.

    A header that says plainly whose number it is stands: the other table may be old, or hold a part.
    """
    few = one.column.filled >= FEW_CELLS and one.column.distinct <= CLASSES
    unheld = one.held is not None and one.share == 0.0 and one.role is None
    unsure = one.score < SAID_PLAINLY or not LEDGER.isdisjoint(lexicon().tokens(one.column.said))
    return one.by == "key" and unheld and few and unsure


def _numbers_lines(one: Named, table: Held) -> bool:
    """Whether a number of products differs in every line while another column of products recurs."""
    column = one.column
    if one.label != "Product" or one.by != "key" or not table.record.lines or one.share > 0.0:
        return False
    others = (other for other in table.profile.columns if other is not column and names_product(other))
    return column.unique and column.rows >= FEW_CELLS and any(map(recurs, others))


def _is_one_for_all(one: Named) -> bool:
    """Whether all rows name one company that no other table holds: the shop's or house's own."""
    many = one.column.filled >= FEW_CELLS
    return one.label == "Customer" and one.column.distinct == 1 and many and one.share == 0.0


def _of_the_row(column: Column, good: Sequence[Named]) -> bool:
    """Whether a number that only systems read stands once in every row and in no other table."""
    return column.unique and column.share("uuid") >= 0.9 and not any(one.share for one in good)


def _stands(one: Reading, record: Record) -> bool:
    """Whether what a header names may stand in such a record: no ticket has a parent company."""
    if record.link is not None:
        ends = {label for pair in ends_of(record.link) for label in pair}
        named = (
            one.kind in ends
            if one.kind is not None
            else one.role is not None and one.role.link == record.link
        )
        return named and (one.role is None or one.role.link == record.link or one.role.label in ends)
    if one.role is None:
        return one.name != "email" or one.kind in PEOPLE
    if one.role.link in ("RAISED_BY", "PARENT_OF", "PARTNER_OF", "REFERRED", "REPORTS_TO", "PARTICIPATED_IN"):
        return any(record.label in pair for pair in ends_of(one.role.link))
    return True


AMONG_THEIR_OWN = frozenset({"REPORTS_TO", "PARENT_OF", "REFERRED", "PARTNER_OF"})
"""Roles that a record of the row's own label has."""


def _naming(column: Column, record: Record) -> list[Reading]:
    """The readings of a header that name a record; by its number only where no attribute fits better."""
    found = readings(column.said)
    told = max((one.score for one in found if one.said == "attribute"), default=0.0)
    return [
        one
        for one in found
        if one.score >= (LEAST if one.name != "key" else max(LEAST, told))
        and not (one.name == "key" and one.of is not None and told >= one.score)
        and (one.of in (None, record.label) or one.score >= 0.99)
        and (one.said == "names" or _identifying(one, column))
        and _stands(one, record)
        and not _own(one, column, record)
        and not (one.kind == "Employee" and counts_people(column, record))
        and not _says_own_key(found, one, record)
        and not _is_login(one, column, record)
        and not (one.role is not None and told > one.score)
    ]


def _is_login(one: Reading, column: Column, record: Record) -> bool:
    """Whether a header says the name by which the row's own record logs in: `account_username`."""
    user = not USERS.isdisjoint(lexicon().tokens(column.said))
    return user and one.kind == "Employee" and one.name == "name" and one.of == record.label


def _says_own_key(found: Sequence[Reading], one: Reading, record: Record) -> bool:
    """Whether more of a header says that it is the own record's number: `Installed Product ID`."""
    return any(
        own.explicit and own.name == "key" and own.kind in record.words and own.score > one.score
        for own in found
    )


def counts_people(column: Column, record: Record) -> bool:
    """Whether a column says how many work at a company, in steps or as a number: `Employees`, `50-100`."""
    least = SAYS_OWN if record.label == "Customer" else SAID_PLAINLY
    found = readings(column.said)
    said = max((one.score for one in found if one.said == "field" and one.name == "employees"), default=0.0)
    numbered = any(
        one.kind == "Employee" and one.role and one.name == "key" and one.score > said for one in found
    )
    return said >= least and not numbered and max(column.share("range"), column.share("number")) >= COUNTED


def _identifying(one: Reading, column: Column) -> bool:
    """Whether a field tells of a record by itself: with its label, or by a number that only it has."""
    if one.said != "field" or one.kind not in OFFERED or one.name not in ("key", "name", "email"):
        return False
    return one.explicit or (one.name == "key" and not _generic(column, one))


def _own(one: Reading, column: Column, record: Record) -> bool:
    """Whether the row's own record is what is named."""
    if record.link is not None or one.kind not in record.words:
        return False
    if one.kind == record.called == "Contact" and (part_of_name(column.said) or holds_people(column)):
        return False  # a person beside the company that a ledger calls a contact
    if one.kind == "Customer" and record.label == "Contact" and holds_companies(column):
        return False  # customers that are people, beside the company that each is at
    return one.role is None or one.role.link not in AMONG_THEIR_OWN


def _generic(column: Column, one: Reading) -> bool:
    """Whether a header suits the keys of many labels: `ID`, `Code`."""
    alike = {
        other.kind
        for other in readings(column.said)
        if other.said == "field"
        and other.name == one.name
        and not other.explicit
        and other.score >= one.score - 0.01
    }
    return len(alike) > 1 or one.score < 0.99


def _option(
    one: Reading, column: Column, table: Held, others: Sequence[Held], overlap: Overlap
) -> Named | None:
    role = one.role
    labels: Sequence[str | None] = [one.kind] if one.kind else _labels_of(one, table.record)
    if role is None and one.kind == "Contact" and one.name in ("name", None) and holds_companies(column):
        labels = ["Customer"]  # a ledger calls its customers contacts
    if role is None and one.kind == "Customer" and one.name in ("name", None) and names_buyers(column, table):
        labels = ["Contact"]  # a desk calls those customers who wrote
    options = []
    for label in labels:
        if label is None or (role is None and label == table.record.label and table.record.link is None):
            continue
        held, there, share = holder(label, column, table, others, overlap)
        if (
            role is not None
            and (role.link, role.label) == ("ABOUT", "any")
            and not (share or is_numbered(column))
        ):
            continue  # `What` may be anything: without a number it names no record
        score = one.score * _plausible(column, label, one.name) * _no_count(one, column, table.record)
        link, part = (role.link, role.part) if role is not None else (None, None)
        options.append(Named(column, label, one.name, score, link, part, held, there, share))
    if not options:
        return None
    return max(options, key=lambda option: (option.share, option.score, ours(option, table)))


def is_numbered(column: Column) -> bool:
    """Whether most values are numbers or codes."""
    return column.is_mostly("code", "integer", "uuid")


def _labels_of(one: Reading, record: Record) -> Sequence[str | None]:
    """The labels that a role without one may mean."""
    if one.role is None:
        return []
    own = record.label
    if record.link == one.role.link:
        return sorted({start for start, _ in ends_of(record.link)})
    if one.role.label == "self":
        return [own] if (own, own) in ends_of(one.role.link) else []
    pairs = [pair for pair in ends_of(one.role.link) if own in pair]
    return [end for pair in pairs for end in pair if end != own] or list(PEOPLE)


def _no_count(one: Reading, column: Column, record: Record) -> float:
    """Small numbers under the words of two other records count: `Agent interactions`."""
    counted = one.of not in (None, record.label) and column.is_mostly("small")
    return 0.2 if counted else 1.0


def _plausible(column: Column, label: str, by: str | None) -> float:
    """Values that name no such record take the header's word back."""
    if column.empty:
        return 1.0
    if column.is_mostly("date", "unit") or column.share("decimal") >= 0.6 or column.share("boolean") >= 0.9:
        return 0.2
    if column.share("long") >= 0.7 and not column.is_mostly("email"):
        return 0.5
    if by == "email" and not column.is_mostly("email"):
        return 0.2
    dialled = label in PEOPLE and column.is_mostly("phone") and not column.is_mostly("code")
    if dialled and by in ("key", None):
        return 0.7 if by == "key" else 0.3
    return 1.0
