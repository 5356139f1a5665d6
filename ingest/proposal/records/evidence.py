"""What speaks for each label as that of a table's rows: log-odds of stated weights, summed."""

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping

from ingest.mapping.kinds import ITEM
from ingest.proposal.columns.profile import Profile
from ingest.proposal.records.by_fields import by_columns
from ingest.proposal.records.called import called_lines
from ingest.proposal.records.headers import mentions, names_record, tells_of
from ingest.proposal.records.lines import has_lines, sells_lines
from ingest.proposal.records.record import LINED
from ingest.proposal.records.signs import (
    are_installed,
    closed_and_rated,
    is_due,
    logs,
    owes,
    settles,
    unlikely,
)
from ingest.proposal.words.known import LABELS
from ingest.proposal.words.words import Tokens

OFFERED = tuple(sorted(LABELS - {"Tag", "Segment", "Purpose"}))
"""Labels that rows of an export may be."""
WHEN_CALLED = frozenset({"Purpose"})
"""Labels that rows are only of where their file's name says nothing else."""
NAME = 4.5
"""The file's or sheet's own name; of the columns each says at most 1."""
LINES = 4.0
"""A row names a record's number, a product and a quantity: it is a line of the record."""
ITEMS_OF_LINES = 8.0
"""Against products where the file is called by the lines of another record: the items are its."""
INSTALLED = 4.0
"""Rows are numbered as machines are and name the customer where each stands."""
PAPER = 3.0
"""Against customers, people and products where rows look like orders."""
DESK = 3.0
"""Against talks that have a priority, are closed or are rated."""
LOGGED = 3.0
"""Against customers and people, beside their name's own weight, where they recur on days unnumbered."""
SETTLED = 3.0
"""For payments whose rows have a means of payment and name the invoice."""
DUE = 6.0
"""Against orders, and payments, whose rows are due and partly paid."""

OF_ITS_OWN = 1.0
"""Each further column that a record's word heads beside another that is no number or name: `invoice date`."""
HEADS = ("Invoice", "Order", "Quote", "Contract", "Ticket", "Opportunity", "Task", "Campaign", "Lead")
"""Records whose word heads columns of their own tables; people's and companies' do in those of others."""
MOST_OF_ITS_OWN = 3

Sign = tuple[str, float]
"""A label and what is added to its log-odds."""


def odds_of(profile: Profile, words: Tokens, named: Mapping[str, float]) -> dict[str, float]:
    """The log-odds of each label; `named` are those of the file's name with the share that it says."""
    called = {label for label in WHEN_CALLED if named.get(label, 0.0) >= 1.0}
    odds = {label: by_columns(label, profile) for label in (*OFFERED, *called)}
    added: dict[str, float] = defaultdict(float)
    for label, weight in _signs(profile, words, named):
        added[label] += weight
    return {label: odd + added[label] for label, odd in odds.items()}


def share_of(label: str, odds: Mapping[str, float]) -> float:
    """How likely one label is among all."""
    most = max(odds.values())
    return math.exp(odds[label] - most) / sum(math.exp(odd - most) for odd in odds.values())


def _signs(profile: Profile, words: Tokens, named: Mapping[str, float]) -> Iterator[Sign]:
    for label, said in named.items():
        yield label, NAME * said
    yield from _of_lines(profile, words, named)
    for label in HEADS:
        told = sum(tells_of(column, label) for column in profile.columns)
        yield label, OF_ITS_OWN * min(max(told - 1, 0), MOST_OF_ITS_OWN)
    for label in unlikely(profile) - named.keys():
        yield label, -PAPER
    yield ITEM, INSTALLED if are_installed(profile) else -INSTALLED
    if closed_and_rated(profile):
        yield "Interaction", -DESK
    yield from _of_what_happened(profile, named)
    if mentions(profile, "due_at") and mentions(profile, "open_amount"):
        yield "Order", -DUE
    if is_due(profile):
        yield "Payment", -DUE
    if "Opportunity" in named and owes(profile):
        yield "Invoice", 2 * DUE  # an accounting service's deals


def _of_what_happened(profile: Profile, named: Mapping[str, float]) -> Iterator[Sign]:
    """Against those with whom something happened on days; for payments that settle invoices."""
    if logs(profile, "Customer"):
        yield "Customer", -LOGGED - NAME * named.get("Customer", 0.0)
    if "Contact" not in named and logs(profile, "Contact"):
        yield "Contact", -LOGGED
    if "Invoice" not in named and settles(profile):
        yield "Payment", SETTLED


def _of_lines(profile: Profile, words: Tokens, named: Mapping[str, float]) -> Iterator[Sign]:
    """For the record whose lines rows are; against products, which stand in them."""
    for label in LINED:
        counted = label != "Opportunity" or "line" in words or "lines" in words
        called = label in named and called_lines(words, label)
        told = called or names_record(profile, label) or (label == "Order" and sells_lines(profile))
        if counted and told and has_lines(profile, label, words):
            yield label, LINES * (2 if label == "Opportunity" else 1)
            if called:
                yield label, NAME * (1.0 - named[label])
                yield "Product", -ITEMS_OF_LINES
