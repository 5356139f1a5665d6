"""The meanings that a column may have, as the graph model allows them."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal

from graph.model import FACTS, PARTS
from ingest.proposal.words.known import LABELS, LINK_TYPES

Kind = Literal["key", "end", "field", "link field", "attribute", "none"]
SELDOM = ("DEPARTED", "OFFERED", "INFLUENCES", "CONFLICTS_WITH", "CONSENTS", "REFERRED", "PARTNER_OF",
          "ABSENT")  # fmt: skip
"""Links that only their own words tell of, never the labels of two ends alone."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a column means; `text` is how it is written."""

    kind: Kind
    label: str | None = None
    """Of the record that a key, a field or an attribute belongs to, or that stands at the end of the link."""
    link: str | None = None
    name: str | None = None
    """The field's name."""
    part: str | None = None
    """Of a participant: sender, recipient, …"""

    @property
    def text(self) -> str:
        """`Customer key`, `FOR end Customer`, `Order ordered_at`, `CONTAINS line`, `Order attribute`, `-`."""
        match self.kind:
            case "key" | "attribute":
                return f"{self.label} {self.kind}"
            case "end":
                return f"{self.link} end {self.label}"
            case "field":
                return f"{self.label} {self.name}"
            case "link field":
                return f"{self.link} {self.name}"
        return "-"


NOTHING = Meaning("none")


@cache
def ends_of(link: str) -> tuple[tuple[str, str], ...]:
    """The pairs of labels that a link may join, of those that exports hold."""
    return tuple(pair for pair in (FACTS.get(link) or PARTS[link]).ends if LABELS.issuperset(pair))


@cache
def links_between(one: str, other: str) -> tuple[str, ...]:
    """The links that may join two labels in either direction, those that go without saying first."""
    found = [link for link in (*PARTS, *FACTS) if link in LINK_TYPES and _joins(link, one, other)]
    return tuple(sorted(found, key=lambda link: link in SELDOM))


def _joins(link: str, one: str, other: str) -> bool:
    return (one, other) in ends_of(link) or (other, one) in ends_of(link)


@cache
def usual_link(one: str, other: str) -> str | None:
    """The link that joins two labels where nothing says which; None where none does."""
    return next((link for link in links_between(one, other) if link not in SELDOM), None)


def links_of(label: str) -> Iterator[str]:
    """The links that may stand at a label."""
    for link in sorted(LINK_TYPES):
        if any(label in pair for pair in ends_of(link)):
            yield link
