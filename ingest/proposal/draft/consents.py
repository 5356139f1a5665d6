"""Consents of contacts that a column states: an opt-out, an opt-in, a status of subscription, a legal basis.

Such a column is an attribute of the contact; the links that it makes besides are proposed here. An opt-out
that is not set is no consent, and a consent that is not given no refusal: neither makes a link.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from ingest.proposal.columns.profile import Column
from ingest.proposal.columns.values import words_of
from ingest.proposal.proposed import Proposed
from ingest.proposal.words.words import squeezed
from ingest.reading.choice import read_choice
from ingest.reading.errors import NotUnderstood

Link = dict[str, Any]
CONTACT, MARKETING = "contact", "marketing"
"""Purposes: to be written and led to at all, and to get offers."""
NOT_SET = frozenset({"allow", "erlauben", "autoriser", "permitir", "允许"})
SET = frozenset(
    {"do not allow", "not allowed", "nicht zulassen", "ne pas autoriser", "no permitir", "不允许"}
)
"""Words of Dynamics for an opt-out beside those for yes and no."""


@dataclass(frozen=True, slots=True)
class Stated:
    """In the rows with one of these values the contact gives, or refuses, a consent."""

    column: Column
    values: Sequence[str]
    purpose: str
    channel: str | None = None
    refused: bool = False
    basis: dict[str, str] | None = None
    """The legal basis by value, where the column names it."""

    @property
    def link(self) -> Link:
        """As a rule of the contact's row."""
        fields: dict[str, Any] = {} if self.channel is None else {"channel": {"constant": self.channel}}
        if self.basis is not None:
            fields["legal_basis"] = {"column": self.column.name, "map": self.basis}
        return {
            "type": "CONSENTS", "to": {"Purpose": {"constant": self.purpose}},
            **({"refused": True} if self.refused else {}), **({"fields": fields} if fields else {}),
            "where": {"column": self.column.name, "in": list(self.values)},
        }  # fmt: skip


def consents(one: Proposed) -> list[Stated]:
    """What the columns of a table of contacts state."""
    if one.record.label != "Contact" or one.record.link is not None:
        return []
    told = [d.column for d in one.columns if d.meaning.text == "Contact attribute" and not d.column.empty]
    return [stated for column in told for stated in _stated(column) if stated.values]


def purposes(stated: Sequence[Stated]) -> list[dict[str, Any]]:
    """The nodes of the purposes that they name."""
    named = dict.fromkeys(one.purpose for one in stated)
    return [{"label": "Purpose", "key": {"constant": name}, "repeats": "first"} for name in named]


def _stated(column: Column) -> Iterator[Stated]:
    if _is_called(column, "refuses_email"):
        yield Stated(column, _saying(column, SET, "true"), MARKETING, "email", refused=True)
    elif _is_called(column, "refuses_call"):
        yield Stated(column, _saying(column, SET, "true"), MARKETING, "call", refused=True)
    elif _is_called(column, "refuses_contact"):
        yield Stated(column, _saying(column, SET, "true"), CONTACT, refused=True)
    elif _is_called(column, "gives_email", "states_email"):
        yield Stated(column, _saying(column, frozenset(), "true", "subscribed"), MARKETING, "email")
        yield Stated(column, _saying(column, frozenset(), "unsubscribed"), MARKETING, "email", refused=True)
    elif _is_called(column, "legal_basis"):
        basis = _bases(column)
        yield Stated(column, list(basis), CONTACT, basis=basis)


def _is_called(column: Column, *lists: str) -> bool:
    said = {squeezed(column.said), squeezed(column.name)}
    return any(not said.isdisjoint(map(squeezed, words_of(name))) for name in lists)


def _saying(column: Column, more: frozenset[str], *lists: str) -> list[str]:
    """The values that are one of these words; none where the column also says what is no answer at all."""
    words = more.union(*(words_of(name) for name in lists))
    answers = words | NOT_SET | words_of("false") | words_of("true")
    answers |= words_of("subscribed") | words_of("unsubscribed")
    found = [value for value in column.sample if value.casefold() in words]
    known = [value for value in column.sample if value.casefold() in answers]
    return found if 2 * len(known) >= len(column.sample) else []


def _bases(column: Column) -> dict[str, str]:
    """The legal basis that each value names, before its remark: `Legitimate interest – existing customer`."""
    found = {value: _basis(value) for value in column.sample}
    return {value: basis for value, basis in found.items() if basis is not None}


def _basis(value: str) -> str | None:
    try:
        return read_choice(value, "legal_basis")
    except NotUnderstood:
        return None
