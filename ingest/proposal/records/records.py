"""What a row of each table is: a record of one label, a line of one, or the link of two."""

from collections.abc import Mapping

from ingest.mapping.kinds import ITEM
from ingest.proposal.columns.profile import Profile
from ingest.proposal.columns.tables import words_of
from ingest.proposal.records.by_fields import by_columns
from ingest.proposal.records.called import called_lines, called_ours, labels_called
from ingest.proposal.records.headers import mentions, names_record
from ingest.proposal.records.lines import has_lines, sells_lines
from ingest.proposal.records.link_rows import link_of
from ingest.proposal.records.misnamed import told_by_names
from ingest.proposal.records.record import LINED, Record
from ingest.proposal.records.signs import are_installed, closed_and_rated, is_due, logs_customers, unlikely
from ingest.proposal.words.known import LABELS
from ingest.proposal.words.lexicon import lexicon
from ingest.proposal.words.meaning import ends_of
from ingest.proposal.words.words import Tokens

OFFERED = tuple(sorted(LABELS - {"Tag", "Segment", "Purpose"}))
"""Labels that rows of an export may be."""
SAYS_NAME = 4.5
"""What the file's own name counts beside its columns, of which each counts at most 1."""
SAYS_LINES = 4.0
"""What it counts that a row names a record's number, a product and a quantity: it is a line of the record."""
SAYS_INSTALLED = 4.0
"""What it counts that rows are numbered as machines are and name the customer where each stands."""
SAYS_PAPER = 3.0
"""What it counts against customers, people and products that rows look like orders."""


def record_of(profile: Profile) -> Record:
    """The likeliest record of a table's rows."""
    words = lexicon().tokens(words_of(profile.table))
    named = dict(labels_called(words))
    scores = _scores(profile, words, named)
    label = max(scores, key=lambda one: (scores[one], one == "Order"))
    if label == "Employee" and names_record(profile, "Customer") and not called_ours(words):
        scores["Contact"], label = scores["Employee"], "Contact"
    second = max(score for one, score in scores.items() if one != label)
    link = link_of(words, profile)
    if link is not None:
        return Record(ends_of(link)[0][0], link=link, score=1.0, margin=1.0, named=True)
    if (other := told_by_names(label, profile)) is not None:
        return Record(
            other, False, None, scores[label], scores[label] - second, named.get(label, 0.0) > 0, label
        )
    lines = label in LINED and has_lines(profile, label, words)
    if (
        label == "Invoice"
        and lines
        and not named.get("Invoice")
        and not mentions(profile, "due_at", "open_amount")
    ):
        label = "Order"
    return Record(label, lines, None, scores[label], scores[label] - second, named.get(label, 0.0) > 0)


def _scores(profile: Profile, words: Tokens, named: Mapping[str, float]) -> dict[str, float]:
    """By label how much speaks for it: the file's name, the columns, and what rows of it cannot be."""
    scores = {label: named.get(label, 0.0) * SAYS_NAME + by_columns(label, profile) for label in OFFERED}
    for label in LINED:
        counted = label != "Opportunity" or "line" in words or "lines" in words
        called = label in named and called_lines(words, label)
        told = called or names_record(profile, label) or (label == "Order" and sells_lines(profile))
        if counted and told and has_lines(profile, label, words):
            scores[label] += SAYS_LINES * (2 if label == "Opportunity" else 1)
            if called:
                scores[label] += SAYS_NAME * (1.0 - named[label])
                scores["Product"] = min(scores["Product"], scores[label] - 1.0)  # the items are its
    for label in unlikely(profile) - named.keys():
        scores[label] -= SAYS_PAPER
    scores[ITEM] += SAYS_INSTALLED if are_installed(profile) else -SAYS_INSTALLED
    if closed_and_rated(profile):
        scores["Interaction"] = min(scores["Interaction"], scores["Ticket"] - 1.0)
    if logs_customers(profile):
        scores["Customer"] = by_columns("Customer", profile) - SAYS_PAPER
    if mentions(profile, "due_at") and mentions(profile, "open_amount"):
        scores["Order"] = min(scores["Order"], scores["Invoice"] - 1.0)  # no order is due or partly paid
    if is_due(profile):
        scores["Payment"] = min(scores["Payment"], scores["Invoice"] - 1.0)
    return scores
