"""People whom rows know by name alone: two of one name at two customers are two people."""

import re

from ingest.proposal.assign import Decided
from ingest.proposal.columns.value_rules import Rule
from ingest.proposal.proposed import Proposed
from ingest.proposal.words.header import readings

NUMBERED = 0.75
"""Score from which a header says that it is a contact's number rather than the name."""


def is_called(decided: Decided) -> bool:
    """Whether the values of a key are what a record is called: `Owner` holds names of people."""
    return not decided.column.is_mostly("email", "code", "number", "uuid", "phone")


def key_at_customer(one: Proposed, decided: Decided) -> Rule | None:
    """The key of a contact known by name alone, the customer of the row before it: `{Account}/{Contact}`.

    None where something else tells the contact, or where the row names no customer.
    """
    if decided.meaning.text != "Contact key" or not is_called(decided) or _numbered(decided.column.said):
        return None
    customer = next((d.column.name for d in one.columns if _names_customer(d)), None)
    names = [customer, decided.column.name]
    if any(name is None or re.search(r"[{}]", name) for name in names):
        return None
    return {"template": "/".join(f"{{{name}}}" for name in names)}


def _names_customer(decided: Decided) -> bool:
    """Whether a column tells the customer of the row, rather than one beside it such as its parent."""
    meaning = decided.meaning
    beside = meaning.link in ("PARENT_OF", "PARTNER_OF", "REFERRED")
    return meaning.kind in ("key", "end") and meaning.label == "Customer" and not beside


def _numbered(header: str) -> bool:
    return any(
        one.kind == "Contact" and one.name == "key" and one.explicit and one.score >= NUMBERED
        for one in readings(header)
    )
