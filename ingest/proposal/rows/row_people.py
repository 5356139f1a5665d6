"""The people of a row by names and mail addresses that stand beside each other."""

from collections.abc import Iterator, Sequence

from ingest.proposal.columns.profile import Column, Profile
from ingest.proposal.records.contents import holds_companies
from ingest.proposal.rows.named import HALF, HELD, MOST, PEOPLE, SAYS_OWN, Held, Named
from ingest.proposal.words.header import part_of_name, readings
from ingest.proposal.words.meaning import usual_link

WITH_PERSON = ("Customer", "Lead")
"""Records in whose rows a person may stand beside them."""
AMONG = 300
"""First rows whose names are sought in their addresses."""


def mail_of_someone(table: Held, found: Sequence[Named]) -> Iterator[Named]:
    """The mail address of a person in the row of a customer's order, where nothing else names the person
    but a name under the customer's word."""
    record = table.record
    named = {one.label for one in found}
    contacts = [one for one in found if one.label == "Contact"]
    buyers = bool(contacts) and all(
        one.by != "email" and says_customer(one.column.said, None, "name") for one in contacts
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
            one.name == "email" and one.score >= 0.99 and one.of in whose for one in readings(column.said)
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


def person_of(table: Held, found: Sequence[Named]) -> list[Named]:
    """The mail address of the person whose first and last name stand in the row of a customer or a lead."""
    parts = {part_of_name(column.said) for column in table.profile.columns}
    given = "given" in parts or any(column.share("given_name") >= 0.6 for column in table.profile.columns)
    if table.record.label not in WITH_PERSON or table.record.link or "family" not in parts or not given:
        return []
    if any(one.label == "Contact" for one in found):
        return []
    taken = {one.column.name for one in found}
    mails = [
        one
        for one in table.profile.columns
        if one.is_mostly("email") and one.name not in taken and 0 < one.filled <= 1.1 * one.distinct
    ]
    if not mails and (table.record.called == "Contact" or table.record.label == "Lead"):
        last = next(one for one in table.profile.columns if part_of_name(one.said) == "family")
        return [Named(last, "Contact", "name", 0.8)]
    return [Named(one, "Contact", "email", 0.8) for one in mails[:1]]


def names_buyers(column: Column, table: Held) -> bool:
    """Whether a customer's name is that of a contact: people's names beside a person's mail address or the
    name of a company, in a row that numbers no customer, and of a record that contacts have. Who alone orders
    is the customer."""
    people = column.share("person") >= MOST and not holds_companies(column)
    contacted = table.record.link is None and usual_link(table.record.label, "Contact") is not None
    if not people or not contacted or any(says_customer(one.said, "key") for one in table.profile.columns):
        return False
    if any(says_customer(one.said, "name", None) and holds_companies(one) for one in table.profile.columns):
        return True
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
