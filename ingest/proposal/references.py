"""Which columns of a table name other records, which of them joins, and by which link."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ingest.mapping.fields import field_names
from ingest.proposal.header import IDENTIFYING, Reading, part_of_name, readings, untold
from ingest.proposal.lexicon import lexicon
from ingest.proposal.meaning import ends_of, links_between, usual_link
from ingest.proposal.overlap import Overlap
from ingest.proposal.profile import Column, Profile
from ingest.proposal.records import OFFERED, Record, holds_companies
from ingest.proposal.words import without

LEAST = 0.62
"""Score from which a header names a record."""
CLASSES = 5
"""Different numbers up to which they are of classes."""
SAID_PLAINLY = 0.99
"""Score of a header that says whose number it is without a further word: `Customer No`."""
LEDGER = frozenset({"account", "accounts", "acct", "konto", "compte", "cuenta", "conta", "conto"})
"""Words for a customer that are also those for an account of the books."""
DOUBTFUL = 0.35
"""Score below which values speak against what a header names."""
FEW_CELLS = 15
"""Cells from which it says something how many of them differ."""
SAYS_OWN = 0.75
"""Score from which a header is a field of the row's own record."""
HELD = 0.3
"""Share of values from which another table's column is taken for the one that is named."""
SURE_BY_VALUES = 0.9
"""Share from which values alone show it, where a header says nothing."""
HALF = 0.5
"""Score of a header of which half says what it is: 申请部门."""
USERS = frozenset({"user", "users", "usuario", "utilisateur", "benutzer", "member", "members"})
"""Words for people that may be ours or a customer's."""
LEAST_RECURRING = 3
"""Values in several rows from which it tells with how many others they stand."""
MOST = 0.8
"""Share of them that must stand with several others."""
COUNTED = 0.6
"""Share of numbers or ranges from which a column counts people."""
AMONG = 300
"""First rows whose names are sought in their addresses."""
PEOPLE = ("Employee", "Contact")
PARTIES = (*PEOPLE, "Customer", "Product")
PAPERS = ("Order", "Quote", "Invoice", "Payment", "Ticket", "Task", "Interaction")


@dataclass(frozen=True, slots=True)
class Held:
    """A table and what its rows are."""

    profile: Profile
    record: Record


@dataclass(frozen=True, slots=True)
class Named:
    """A column that names a record of `label` by its key, name or mail address."""

    column: Column
    label: str
    by: str | None
    score: float
    role: str | None = None
    """A link that the header's word tells of."""
    part: str | None = None
    held: Profile | None = None
    """Another table that holds such records."""
    there: str | None = None
    """Its column that holds the values."""
    share: float = 0.0


def named_by(table: Held, others: Sequence[Held], overlap: Overlap) -> list[Named]:
    """Every column of a table that may name a record of another label, or another record of its own."""
    found = []
    for column in table.profile.columns:
        options = [_option(one, column, table, others, overlap) for one in _naming(column, table.record)]
        told = any(one is not None and (one.share >= HELD or one.role) for one in options)
        if not told and not _says_own(column, table.record):
            options += _by_values(column, table, others, overlap)
        elif all(one is None or one.share < HELD for one in options):
            options += _numbered_people(column, table, others, overlap)
        good = [
            one
            for one in options
            if one is not None
            and not _of_many(one, table.record)
            and not _numbers_classes(one)
            and (one.score >= DOUBTFUL or one.share >= HELD)
        ]
        if not good:
            good = [*_people_by_values(column, table.record, others)]
        if good and not _of_the_row(column, good):
            ours = _is_ours(column, good, table)
            found.append(max(good, key=lambda one: _rank(one, ours)))
    return [*found, *_person_of(table, found), *_mail_of_someone(table, found)]


def _of_many(one: Named, record: Record) -> bool:
    """Whether a customer, a person or a product would name one of its many orders or payments."""
    return record.label in PARTIES and one.label in PAPERS and one.share < HELD and record.link is None


def _numbers_classes(one: Named) -> bool:
    """Whether few numbers recur that no record of the other table has: `Account Code` of a ledger.

    A header that says plainly whose number it is stands: the other table may be old, or hold a part.
    """
    few = one.column.filled >= FEW_CELLS and one.column.distinct <= CLASSES
    unheld = one.held is not None and one.share == 0.0 and one.role is None
    unsure = one.score < SAID_PLAINLY or not LEDGER.isdisjoint(lexicon().tokens(one.column.name))
    return one.by == "key" and unheld and few and unsure


def _of_the_row(column: Column, good: Sequence[Named]) -> bool:
    """Whether a number that only systems read stands once in every row and in no other table."""
    return column.unique and column.share("uuid") >= 0.9 and not any(one.share for one in good)


def _people_by_values(column: Column, record: Record, others: Sequence[Held]) -> Iterator[Named]:
    """Names of people under a header that says little: those whom other tables name so, else ours where
    they recur and a customer's where they do not."""
    if record.link is not None or record.label in PEOPLE or column.filled < FEW_CELLS:
        return
    said = max((one.score for one in readings(column.name)), default=0.0)
    if any(
        one.said == "attribute" or (one.said == "field" and one.name not in IDENTIFYING)
        for one in readings(column.name)
    ):
        return
    latin = all(value.isascii() for value in column.sample)
    people = column.share("person") >= 0.8 and (column.share("given_name") >= 0.3 or not latin)
    if people and said < LEAST:
        told = {str(one.kind) for one in readings(column.name) if one.said == "names" and one.kind in PEOPLE}
        told = told or _side_of(column.name) or _called_elsewhere(column, others)
        recur = "Employee" if column.distinct <= 0.4 * column.filled else "Contact"
        yield Named(column, told.pop() if len(told) == 1 else recur, "name", 0.7)


def _called_elsewhere(column: Column, others: Sequence[Held]) -> set[str]:
    """What other tables call most of the people of a column, where they agree on it."""
    names = {value.casefold() for value in column.sample}
    return {
        str(one.kind)
        for other in others
        for there in other.profile.columns
        if len(names & {value.casefold() for value in there.sample}) >= SURE_BY_VALUES * len(names)
        for one in readings(there.name)
        if one.kind in PEOPLE and one.explicit and one.score >= SAID_PLAINLY and one.name in (None, "name")
    }


def _side_of(header: str) -> set[str]:
    """Whose person a header tells of that names the customer, or us: `客户方签约人`, `our signatory`."""
    words = lexicon().tokens(header)
    if any(without(words, phrase.words) is not None for phrase in lexicon().ours):
        return {"Employee"}
    theirs = any(
        without(words, phrase.words) is not None
        for phrase in lexicon().labels["Customer"]
        if phrase.strength == 1.0
    )
    return {"Contact"} if theirs else set()


def _mail_of_someone(table: Held, found: Sequence[Named]) -> Iterator[Named]:
    """The mail address of a person in the row of a customer's order, where nothing else names the person
    but a name under the customer's word."""
    record = table.record
    named = {one.label for one in found}
    contacts = [one for one in found if one.label == "Contact"]
    buyers = bool(contacts) and all(
        one.by != "email" and says_customer(one.column.name, None, "name") for one in contacts
    )
    if (
        record.link is not None
        or record.label in (*PEOPLE, "Customer", "Lead", "Product")
        or (contacts and not buyers)
    ):
        return
    whose = (None, "Customer") if buyers else (None,)
    taken = {one.column.name for one in found}
    for column in table.profile.columns:
        said = any(
            one.name == "email" and one.score >= 0.99 and one.of in whose for one in readings(column.name)
        )
        if (
            said
            and column.is_mostly("email")
            and (buyers or "Customer" in named)
            and column.name not in taken
        ):
            yield Named(column, "Contact", "email", 0.8)
            return


def says_customer(header: str, *names: str | None, least: float = SAYS_OWN) -> bool:
    """Whether a header names a customer by one of these: its number (`key`), its `name`, or None for a bare
    word."""
    return any(
        one.kind == "Customer" and one.explicit and one.name in names and one.score >= least
        for one in readings(header)
    )


def _rank(one: Named, ours: bool | None) -> tuple[float, bool, bool]:
    """The better option last: by header and values, then by whose people they are, then by a role.

    `ours` says whether people are our own; None where only how many there are tells of it.
    """
    fits = _as_many(one) if ours is None else (one.label == "Employee") == ours
    return round(one.score + 0.25 * one.share, 3), fits, one.role is not None


def _as_many(one: Named) -> bool:
    """Whether a column holds as many people as such records are: ours recur, a customer's seldom do."""
    apart = one.column.distinct / one.column.filled if one.column.filled >= FEW_CELLS else 0.5
    return (one.label == "Contact" and apart >= 0.6) or (one.label == "Employee" and apart <= 0.4)


def _is_ours(column: Column, good: Sequence[Named], table: Held) -> bool | None:
    """Whether people whose header suits ours and a customer's are ours: they stand beside a department, or
    with several customers each. None where the header or the rows leave it open."""
    if not {one.label for one in good} >= set(PEOPLE):
        return None
    if any(one.role == "RAISED_BY" for one in good):
        return any(map(_says_department, table.profile.columns))
    customers = [one for one in table.profile.columns if one is not column and _names_customers(one)]
    return _serves_several(column, customers[0], table.profile) if customers else None


def _says_department(column: Column) -> bool:
    return not column.empty and any(
        one.name in ("department", "team") and one.score >= HALF for one in readings(column.name)
    )


def _names_customers(column: Column) -> bool:
    said = any(
        one.kind == "Customer"
        and one.explicit
        and one.score >= SAYS_OWN
        and one.name in (None, "key", "name")
        for one in readings(column.name)
    )
    return said and not column.empty and not column.is_mostly("person", "small", "decimal", "date")


def _serves_several(column: Column, customers: Column, home: Profile) -> bool | None:
    """Whether those who recur stand with several customers each (True), or with one (False)."""
    share = _share_with_several(column, customers, home)
    if share is None or 1 - MOST < share < MOST:
        return None
    return share >= MOST


def another(column: Column, joining: Column, home: Profile) -> bool:
    """Whether a column names other records than that which joins: most of these stand with several of it."""
    share = _share_with_several(joining, column, home)
    return share is not None and share >= MOST


def _share_with_several(column: Column, beside: Column, home: Profile) -> float | None:
    """The share of values in several rows that stand with several of another column's; None for too few."""
    pairs = home.data.select([column.name, beside.name]).drop_null()
    counted = pairs.group_by(column.name).aggregate([([], "count_all"), (beside.name, "count_distinct")])
    rows, others = (counted.column(one).to_pylist() for one in ("count_all", f"{beside.name}_count_distinct"))
    several = [many > 1 for count, many in zip(rows, others, strict=True) if count > 1]
    return sum(several) / len(several) if len(several) >= LEAST_RECURRING else None


def _person_of(table: Held, found: Sequence[Named]) -> list[Named]:
    """The mail address of the person whose first and last name stand in a customer's row."""
    parts = {part_of_name(column.name) for column in table.profile.columns}
    given = "given" in parts or any(column.share("given_name") >= 0.6 for column in table.profile.columns)
    if table.record.label != "Customer" or table.record.link or "family" not in parts or not given:
        return []
    if any(one.label == "Contact" for one in found):
        return []
    taken = {one.column.name for one in found}
    mails = [
        one
        for one in table.profile.columns
        if one.is_mostly("email") and one.name not in taken and 0 < one.filled <= 1.1 * one.distinct
    ]
    if not mails and table.record.called == "Contact":
        last = next(one for one in table.profile.columns if part_of_name(one.name) == "family")
        return [Named(last, "Contact", "name", 0.8)]
    return [Named(one, "Contact", "email", 0.8) for one in mails[:1]]


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


def _says_own(column: Column, record: Record) -> bool:
    """Whether a header is a word for a field of the row's own record, so that equal values prove no link."""
    own = field_names(record.label)
    return any(
        one.said == "field" and one.kind == record.label and one.name in own and one.score >= SAYS_OWN
        and one.of is None
        for one in readings(column.name)
    )  # fmt: skip


AMONG_THEIR_OWN = frozenset({"REPORTS_TO", "PARENT_OF", "REFERRED", "PARTNER_OF"})
"""Roles that a record of the row's own label has."""


def _naming(column: Column, record: Record) -> list[Reading]:
    """The readings of a header that name a record; by its number only where no attribute fits better."""
    found = readings(column.name)
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
        and not (one.kind == "Employee" and counts_people(column))
    ]


def counts_people(column: Column) -> bool:
    """Whether a column says how many work at a company, in steps or as a number: `Employees`, `50-100`."""
    said = any(
        one.said == "field" and one.name == "employees" and one.score >= SAYS_OWN
        for one in readings(column.name)
    )
    return said and max(column.share("range"), column.share("number")) >= COUNTED


def _identifying(one: Reading, column: Column) -> bool:
    """Whether a field tells of a record by itself: with its label, or by a number that only it has."""
    if one.said != "field" or one.kind not in OFFERED or one.name not in ("key", "name", "email"):
        return False
    return one.explicit or (one.name == "key" and not _generic(column, one))


def _own(one: Reading, column: Column, record: Record) -> bool:
    """Whether the row's own record is what is named."""
    if record.link is not None or one.kind not in record.words:
        return False
    if one.kind == record.called == "Contact" and part_of_name(column.name) is not None:
        return False  # a person beside the company that a ledger calls a contact
    if one.kind == "Customer" and record.label == "Contact" and holds_companies(column):
        return False  # customers that are people, beside the company that each is at
    return one.role is None or one.role.link not in AMONG_THEIR_OWN


def _generic(column: Column, one: Reading) -> bool:
    """Whether a header suits the keys of many labels: `ID`, `Code`."""
    alike = {
        other.kind
        for other in readings(column.name)
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
        held, there, share = _holder(label, column, table, others, overlap)
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
    return max(options, key=lambda option: (option.share, option.score, _ours(option, table)))


def names_buyers(column: Column, table: Held) -> bool:
    """Whether a customer's name is that of a contact: people's names beside a person's mail address, in a row
    that numbers no customer, and of a record that contacts have. Who alone orders is the customer."""
    people = column.share("person") >= MOST and not holds_companies(column)
    contacted = table.record.link is None and usual_link(table.record.label, "Contact") is not None
    if not people or not contacted or any(says_customer(one.name, "key") for one in table.profile.columns):
        return False
    latin = all(value.isascii() for value in column.sample)
    usual = column.share("given_name") >= HELD or not latin
    mails = [one for one in table.profile.columns if one.is_mostly("email")]
    return any(usual or _is_addressed(column, mail, table.profile) for mail in mails)


def _is_addressed(column: Column, mail: Column, home: Profile) -> bool:
    """Whether most names stand in the address of their row before its domain: Ann Keller, ann@f.example."""
    pairs = zip(
        *(home.data.column(one.name).slice(0, AMONG).to_pylist() for one in (column, mail)), strict=True
    )
    told = [
        any(word in address.casefold().partition("@")[0] for word in name.casefold().split() if len(word) > 1)
        for name, address in pairs
        if name and address
    ]
    return bool(told) and sum(told) >= HALF * len(told)


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


def _ours(option: Named, table: Held) -> int:
    """Whether a mail address is one of our own people's: most addresses of a mail log share our domain."""
    if option.label not in PEOPLE or not option.column.is_mostly("email"):
        return 0
    ours = _own_domain(table.profile)
    mine = [value for value in option.column.sample if "@" in value]
    share = sum(ours is not None and ours in value.casefold() for value in mine) / max(1, len(mine))
    return int((share >= 0.5) == (option.label == "Employee"))


def _own_domain(profile: Profile) -> str | None:
    counts: dict[str, int] = defaultdict(int)
    for column in profile.columns:
        if column.is_mostly("email"):
            for value in column.sample:
                counts[value.rpartition("@")[2].casefold().strip(">")] += 1
    return max(counts, key=lambda one: counts[one], default=None)


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
    if by == "key" and label in PEOPLE and column.is_mostly("phone") and not column.share("code"):
        return 0.7
    return 1.0


def _holder(
    label: str, column: Column, table: Held, others: Sequence[Held], overlap: Overlap
) -> tuple[Profile | None, str | None, float]:
    """The other table whose rows are such records, its column with the values, and the share of them."""
    of_it = [one for one in others if one.record.label == label and one.record.link is None]
    held = [one for one in of_it if not one.record.lines] or of_it
    if label == table.record.label and not table.record.lines and table.record.link is None:
        held = [table]
    best: tuple[Profile | None, str | None, float] = (
        (held[0].profile, None, 0.0) if held else (None, None, 0.0)
    )
    for one in held:
        for there, share in overlap.shares(column, table.profile, one.profile).items():
            if (
                share >= HELD
                and share > best[2]
                and not _names_another(one.profile.by_name[there], one.record)
            ):
                best = (one.profile, there, share)
    return best


def _names_another(there: Column, record: Record) -> bool:
    """Whether a column of another table tells of another record than its rows are: `Customer` of tickets."""
    said = any(
        one.explicit and one.kind in PARTIES and one.kind not in record.words
        and (one.said == "names" or one.name in IDENTIFYING) and one.score >= SAID_PLAINLY
        for one in readings(there.name)
    )  # fmt: skip
    return said and record.label not in PARTIES and not _tells_apart(there, record)


def _by_values(column: Column, table: Held, others: Sequence[Held], overlap: Overlap) -> list[Named]:
    """What the values alone show: they are the keys of another table."""
    if column.distinct < 3 or column.is_mostly("small", "boolean", "decimal", "date"):
        return []
    found = []
    for other in others:
        there, share = overlap.best(column, table.profile, other.profile)
        if (
            there
            and share >= SURE_BY_VALUES
            and (not other.record.lines or _only_lines(other.record.label, others))
            and other.record.label != table.record.label
            and _tells_apart(other.profile.by_name[there], other.record)
        ):
            by = _told_by(other.profile.by_name[there])
            found.append(Named(column, other.record.label, by, 0.8, None, None, other.profile, there, share))
    return found


def _numbered_people(column: Column, table: Held, others: Sequence[Held], overlap: Overlap) -> list[Named]:
    """Users whose numbers another table holds, as ours or as a customer's people."""
    if USERS.isdisjoint(lexicon().tokens(column.name)):
        return []
    found = _by_values(column, table, others, overlap) if not _says_own(column, table.record) else []
    return [one for one in found if one.label in PEOPLE and one.by == "key"]


def _only_lines(label: str, others: Sequence[Held]) -> bool:
    """Whether records of a label are known by their lines alone."""
    return all(one.record.lines for one in others if one.record.label == label)


def _tells_apart(there: Column, record: Record) -> bool:
    """Whether a column names the record that its own row is, rather than another."""
    return (untold(there.name) and there.unique) or any(
        one.kind in record.words and (one.said == "names" or one.name in (*IDENTIFYING, "tax_id"))
        for one in readings(there.name)
    )


def _told_by(there: Column) -> str:
    """By what a record is named whose column holds the values: mail address, name, else number."""
    if there.is_mostly("email"):
        return "email"
    if there.is_mostly("phone", "mobile") and not there.is_mostly("code"):
        return "phone"
    said = [one for one in readings(there.name) if one.score >= 0.9]
    return "name" if any(one.name == "name" for one in said) else "key"


def link_for(named: Named, record: Record, labels: Sequence[str]) -> str | None:
    """The link by which a record that is named joins the row's own, or another that the row names."""
    own = record.label
    if record.link is not None and any(named.label in pair for pair in ends_of(record.link)):
        return record.link
    if named.label == "Product" and record.line_link is not None:
        return record.line_link
    if named.role is not None and named.role in links_between(own, named.label):
        return named.role
    if own != named.label and (link := usual_link(own, named.label)) is not None:
        return link
    return _through_another(named, labels) if named.label in PEOPLE else None


def _through_another(named: Named, labels: Sequence[str]) -> str | None:
    """The link of a person to another record of the row: who sold owns the customer of the order."""
    others = [other for other in labels if other != named.label]
    if named.role is not None and any(named.role in links_between(other, named.label) for other in others):
        return named.role
    return next((link for other in others if (link := usual_link(other, named.label))), None)


def groups(found: Sequence[Named]) -> Mapping[tuple[str, str | None, str | None], list[Named]]:
    """Columns that name one and the same record, by label and role."""
    by: dict[tuple[str, str | None, str | None], list[Named]] = defaultdict(list)
    for one in found:
        by[one.label, one.role, one.part].append(one)
    return by
