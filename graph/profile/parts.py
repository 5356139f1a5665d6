"""The parts of a customer's profile: which fragments each is read from, and the value that it becomes."""

from collections.abc import Callable, Collection, Mapping
from datetime import datetime
from typing import Any, Literal, TypedDict, cast, get_args

from graph.offers.suppression import Suppression, barred, suppressions
from graph.profile import assemble
from graph.profile.health import health
from graph.profile.model import (
    Colleague,
    Company,
    Deal,
    Health,
    Orders,
    Origin,
    Owner,
    Related,
    SegmentView,
    TagView,
    Tickets,
)
from graph.score_view import parse
from graph.score_view.model import Risk, Suggestion
from graph.service import Row

PartName = Literal[
    "company", "contacts", "owners", "related", "tickets", "orders", "deals", "tags", "origins", "risk",
    "health", "suggestions", "suppressions", "segments", "figures",
]  # fmt: skip

Detail = Literal["company_details", "contact_details", "departures", "reasons"]
"""What parts hold beyond what most who ask want to know.

All own values of the company, not only name, industry and place; how to reach contacts and what else is known
of their jobs; that they seem to have left; why something is suggested. What is not read is null, or empty.
"""
DETAILS: frozenset[Detail] = frozenset(get_args(Detail))


class Parts(TypedDict, total=False):
    """The parts that were asked for."""

    company: Company
    contacts: tuple[Colleague, ...]
    owners: tuple[Owner, ...]
    related: tuple[Related, ...]
    tickets: Tickets
    orders: Orders
    deals: tuple[Deal, ...]
    tags: tuple[TagView, ...]
    origins: tuple[Origin, ...]
    risk: Risk | None
    health: Health
    suggestions: tuple[Suggestion, ...]
    suppressions: tuple[Suppression, ...]
    segments: tuple[SegmentView, ...]
    figures: Mapping[str, Any] | None


_BARS = ("complaints", "ratings", "refusals")
_FRAGMENTS: Mapping[PartName, tuple[str, ...]] = {
    "health": ("coverage", "met", "orders", "tickets", "weights"),
    "suggestions": ("suggestions", *_BARS),
    "suppressions": (*_BARS, "dismissals", "discontinued"),
}
"""Where a part is read from others' fragments than its own."""
_PAST_FRAGMENTS: Mapping[PartName, tuple[str, ...]] = {
    **_FRAGMENTS, "health": ("staff", "met", "orders", "weights"), "tickets": ()
}  # fmt: skip
"""The same for a past day, of which the graph keeps no ties, and tickets only in versions."""

_READERS: Mapping[PartName, Callable[[Row, datetime], Any]] = {
    "company": lambda row, _: assemble.company(row),
    "contacts": lambda row, _: assemble.contacts(row),
    "owners": lambda row, _: assemble.every(Owner, row["owners"]),
    "related": lambda row, _: assemble.related(row["related"]),
    "tickets": lambda row, _: assemble.tickets(row["tickets"][0]),
    "orders": lambda row, _: assemble.orders(row["years"]),
    "deals": lambda row, _: assemble.every(Deal, row["deals"]),
    "tags": lambda row, _: assemble.every(TagView, row["tags"]),
    "origins": lambda row, _: assemble.every(Origin, row["origins"]),
    "risk": lambda row, _: parse.risk(row["risk"][0]) if row["risk"] else None,
    "health": lambda row, moment: health(row, assemble.orders(row["years"]), moment),
    "suggestions": lambda row, moment: () if barred(row, moment) else parse.suggestions(row["suggestions"]),
    "suppressions": suppressions,
    "segments": lambda row, _: assemble.every(SegmentView, row["segments"]),
    "figures": lambda row, _: assemble.figures(row["figures"]),
}

ALL: frozenset[PartName] = frozenset(_READERS)


def verbs(parts: Collection[PartName], *, past: bool = False) -> list[str]:
    """Verbs of the fragments that these parts are read from, each once, sorted; others for a past day."""
    of_part = _PAST_FRAGMENTS if past else _FRAGMENTS
    return sorted({verb for part in parts for verb in of_part.get(part, (part,))})


LISTED: frozenset[PartName] = frozenset({"company", "contacts", "owners", "tags", "risk"})
"""Those that lists of customers mostly show."""
FIRST_SHOWN: frozenset[PartName] = LISTED | {"suggestions"}
"""Those that a first look at an account mostly shows."""
SHORT: Mapping[PartName, str] = {"company": "customer_part.card", "contacts": "customer_part.people"}
"""The fragments that read these parts without details, where nothing else is read: in half the time."""


def _fragments(verbs: Collection[str]) -> tuple[str, ...]:
    return tuple(f"customer_part.{verb}" for verb in sorted(verbs))


FRAGMENTS = _fragments({*verbs(ALL), *verbs(ALL, past=True)})
"""Those of any part."""
LISTED_FRAGMENTS = _fragments(verbs(LISTED))
"""Those of parts that lists show, today."""
FIRST_FRAGMENTS = _fragments(verbs(FIRST_SHOWN))
"""Those of a first look, today."""


def read(row: Row, parts: Collection[PartName], moment: datetime) -> Parts:
    """The parts of one row, as of `moment`."""
    return cast(Parts, {part: _READERS[part](row, moment) for part in parts})
