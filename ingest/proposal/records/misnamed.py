"""Rows that are called by another record's word: a ledger's contacts that are companies."""

from collections.abc import Sequence

from ingest.proposal.columns.profile import Column, Profile
from ingest.proposal.records.contents import holds_companies, holds_people
from ingest.proposal.records.headers import names_label, says_own_number
from ingest.proposal.words.header import part_of_name, readings


def told_by_names(label: str, profile: Profile) -> str | None:
    """What rows are that are called by another's word: contacts with names of companies, customers with
    names of people beside their company's; None where the names fit the word."""
    companies = [column for column in profile.columns if holds_companies(column)]
    named = [one for one in companies if _called_by(one, "Contact")]
    if label == "Contact" and (_are_theirs(named) or (named and not _name_people(profile))):
        return "Customer"
    if label == "Contact" and len(companies) == 1 and companies[0].unique and _numbers_customers(profile):
        return "Customer"
    people = [one for one in profile.columns if holds_people(one) and _is_named(one, "Customer")]
    if (
        label in ("Customer", "Contact")
        and len(people) == 1
        and any(names_label(column, "Customer") for column in companies)
    ):
        return "Contact"
    return None


def _are_theirs(named: Sequence[Column]) -> bool:
    """Whether companies stand in the column of the rows' own name, a different one in each."""
    return any(one.unique and _is_plain_name(one) for one in named)


def _name_people(profile: Profile) -> bool:
    return any(holds_people(one) for one in profile.columns)


def _is_plain_name(column: Column) -> bool:
    """Whether a header is a word for the name of whatever rows are: `Nome`, 名称."""
    return any(
        one.name == "name" and not one.explicit and one.score >= 0.99 and one.role is None
        for one in readings(column.said)
    )


def _numbers_customers(profile: Profile) -> bool:
    """Whether every row has a customer's number of its own and no person's name."""
    return says_own_number(profile, "Customer", least=0.99) and not any(
        holds_people(one) or part_of_name(one.said) is not None for one in profile.columns
    )


def _called_by(column: Column, label: str) -> bool:
    """Whether a header is the name of a record of a label, or of any, and of no other."""
    said = {
        (one.kind, one.explicit)
        for one in readings(column.said)
        if one.score >= 0.99 and one.role is None and one.name in ("name", None)
    }
    others = {kind for kind, explicit in said if explicit and kind in ("Customer", "Contact")} - {label}
    return bool(said & {(label, True), (label, False)}) and not others


def _is_named(column: Column, label: str) -> bool:
    """Whether a header is the name of a record of a label: 客户名称, but not 法人."""
    named = any(one.name == "name" and one.score >= 0.99 for one in readings(column.said))
    return named and _called_by(column, label)
