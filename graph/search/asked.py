"""A text that was typed, in all its readings: as a name, a number, a phone number, an address."""

from collections.abc import Mapping
from dataclasses import dataclass

from graph.search.number import (
    asked_phones,
    compact,
    domains_of,
    looks_like_number,
    mail_of,
    may_be_name,
)
from graph.search.spelling import NOTHING, Spelling, company_spelling, person_spellings
from graph.search.token import asked_tokens


@dataclass(frozen=True, slots=True)
class Asked:
    """The readings of a text; what it cannot be is empty."""

    name: Spelling
    person: Spelling
    number: str
    phones: tuple[str, ...]
    domains: tuple[str, ...]
    mail: str
    tokens: Mapping[str, float]
    """Tokens to look for, and how much each counts beside its rarity."""


def read_asked(text: str) -> Asked:
    """All readings of a text that was typed."""
    mail, domains = mail_of(text), domains_of(text)
    address = bool(mail or domains) and not may_be_name(text)
    name = NOTHING if address else company_spelling(text)
    person = NOTHING if address or not name.full else person_spellings(text)[0]
    return Asked(
        name,
        person,
        compact(text) if looks_like_number(text) else "",
        asked_phones(text),
        domains,
        mail,
        asked_tokens(text, {name, person} - {NOTHING}),
    )
