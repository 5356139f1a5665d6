"""The links of a proposed mapping: which records of a row belong together, and what the link tells."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ingest.mapping.fields import link_fields, required_fields
from ingest.proposal.assign import Decided
from ingest.proposal.columns.value_rules import Rule, rule_for
from ingest.proposal.draft.own_kinds import STANDS
from ingest.proposal.proposed import Proposed
from ingest.proposal.words.meaning import ends_of

GIVEN = frozenset({"start_id", "end_id", "valid_from", "source", "line"})
"""Fields of links that ends, dates and numbering give."""


@dataclass(frozen=True, slots=True)
class Place:
    """A record within a row: the value that is its key here, or the field it is found by in another file."""

    label: str
    key: Rule | None
    by: tuple[str, Rule] | None = None
    source: str | None = None
    made: bool = False
    """Whether the row makes it."""
    called: Rule | None = None
    """What it is called, where its key is made of more or is only the name."""
    owned: bool = False
    """Whether another table that holds it says who owns it."""
    mixed: bool = False
    """Whether its cells name several people by address, ours and customers': who was invited."""

    def end(self) -> dict[str, Any]:
        """The record as one end of a link."""
        named: dict[str, Any] = {"label": ["Employee", "Contact"] if self.mixed else self.label}
        named |= {"key": self.key} if self.by is None else {"by": {self.by[0]: self.by[1]}}
        if self.source is not None and self.by is None:
            named["source"] = self.source
        return (
            {self.label: self.key} if set(named) == {"label", "key"} and isinstance(self.key, str) else named
        )


def line_amount(one: Proposed) -> Rule | None:
    """What a line costs: its amount, else its quantity times its price; None where neither is told."""
    amount = _column_of(one, "CONTAINS", "amount")
    if amount is not None:
        return rule_for("CONTAINS", "amount", amount.column)
    quantity = _column_of(one, "CONTAINS", "quantity")
    price = next((d for d in one.columns if d.meaning.text == "Product list_price"), None)
    if quantity is None or price is None:
        return None
    return {"multiply": [quantity.column.name, price.column.name]}


def _column_of(one: Proposed, link: str, name: str) -> Decided | None:
    return next(
        (
            d
            for d in one.columns
            if d.meaning.kind == "link field" and (d.meaning.link, d.meaning.name) == (link, name)
        ),
        None,
    )


def links(one: Proposed, usable: Mapping[str, Place]) -> Iterator[dict[str, Any]]:
    """The rules of all links that the columns of a table tell; `usable`: records of a row by their column."""
    used: set[str] = set()
    for decided in one.columns:
        link, label = decided.meaning.link, decided.meaning.label
        place = usable.get(decided.column.name)
        if link is None or label is None or place is None or decided.meaning.kind not in ("key", "end"):
            continue
        other = _other_end(link, place, decided.column.name, usable)
        if other is None:
            continue
        at, far = other
        if link == "OWNS" and (far.owned or place.owned):
            continue  # who sold once does not own what the customers' own table gives to another
        if at and f"{link}|{at}|{decided.column.name}" in used:
            continue
        used |= {f"{link}|{at}|{decided.column.name}", f"{link}|{decided.column.name}|{at}"}
        own = at == "" and far.made and _alone(link, usable)
        rule = _link(one, link, place, far, decided.meaning.part, own=own)
        if rule is not None:
            yield rule
    if not any(mark.startswith("HAS_ROLE|") for mark in used) and (rule := _role(one, usable)) is not None:
        yield rule


def _role(one: Proposed, usable: Mapping[str, Place]) -> dict[str, Any] | None:
    """The role of a row's contact in what its customer buys, told beside where the contact works."""
    contact = usable.get("")
    customer = next((place for at, place in usable.items() if at and place.label == "Customer"), None)
    told = _column_of(one, "HAS_ROLE", "role") is not None
    if not told or contact is None or contact.label != "Contact" or customer is None:
        return None
    return _link(one, "HAS_ROLE", customer, contact, None, own=_alone("HAS_ROLE", usable))


def _other_end(link: str, place: Place, column: str, usable: Mapping[str, Place]) -> tuple[str, Place] | None:
    """The record in the row that a link joins to `place`; its own first."""
    for at, far in usable.items():
        if at != column and any(
            pair in ends_of(link) for pair in ((place.label, far.label), (far.label, place.label))
        ):
            return at, far
    return None


def _alone(link: str, usable: Mapping[str, Place]) -> bool:
    """Whether the row's own record is the only one that it makes which may stand at an end of the link."""
    labels = {label for pair in ends_of(link) for label in pair}
    return sum(place.made and place.label in labels for place in usable.values()) == 1


def _link(
    one: Proposed, link: str, place: Place, far: Place, part: str | None, *, own: bool
) -> dict[str, Any] | None:
    """The rule of a link between two records of a row; None where a field that it needs is not there."""
    forward = (place.label, far.label) in ends_of(link) and link not in ("REPORTS_TO",)
    start, end = (place, far) if forward else (far, place)
    fields = dict(_link_values(one, link))
    if link == "PARTICIPATED_IN" and part is not None:
        fields["part"] = {"constant": part}
    if link == "LINKED_TO" and end.label in STANDS:
        fields["relation"] = {"constant": STANDS[end.label]}
    if link == "CONTAINS" and "amount" not in fields and (amount := line_amount(one)) is not None:
        fields["amount"] = amount
    if required_fields(link) - GIVEN - set(fields):
        return None
    rule: dict[str, Any] = {"type": link, "from": start.end(), "to": end.end()}
    if own:  # what the row makes goes without saying
        del rule["to" if end is far else "from"]
    return rule | ({"fields": fields} if fields else {}) | {"optional": "true"}


def _link_values(one: Proposed, link: str) -> Iterator[tuple[str, Rule]]:
    for decided in one.columns:
        name = decided.meaning.name
        if (
            decided.meaning.kind != "link field"
            or decided.meaning.link != link
            or name not in link_fields(link)
        ):
            continue
        if name == "line" and decided.column.share("integer") < 1.0:
            continue
        rule = rule_for(link, name, decided.column)
        if rule is not None:
            yield name, rule
