"""What a row of each table is: a record of one label, a line of one, or the link of two."""

from collections.abc import Mapping

from ingest.mapping.kinds import ITEM
from ingest.proposal.columns.profile import Profile
from ingest.proposal.columns.tables import words_of
from ingest.proposal.records.called import called_ours, labels_called
from ingest.proposal.records.contents import EACH_ONCE
from ingest.proposal.records.evidence import odds_of, share_of
from ingest.proposal.records.headers import mentions, names_record
from ingest.proposal.records.lines import has_lines
from ingest.proposal.records.link_rows import link_of
from ingest.proposal.records.misnamed import told_by_names
from ingest.proposal.records.record import LINED, Record
from ingest.proposal.records.sides import booked
from ingest.proposal.words.lexicon import lexicon
from ingest.proposal.words.meaning import ends_of
from ingest.proposal.words.words import Tokens

LEAST_TOLD = 0.3
"""Log-odds of the likeliest label below which nothing says what rows are: they are of an own kind."""

BOOKED = 0.7
"""How sure it is that rows with a debit and a credit side are of a book."""


def record_of(profile: Profile) -> Record:
    """The likeliest record of a table's rows."""
    words = lexicon().tokens(words_of(profile.table))
    link = link_of(words, profile)
    if link is not None:
        return Record(ends_of(link)[0][0], link=link, named=True)
    named = dict(labels_called(words))
    odds = odds_of(profile, words, named)
    told = max(odds, key=lambda one: (odds[one], one == "Order"))
    if (paper := booked(profile, told)) is not None:
        return Record(paper, sure=max(share_of(paper, odds), BOOKED), named=named.get(paper, 0.0) > 0)
    if odds[told] < LEAST_TOLD and _numbered(profile):
        return Record(ITEM, sure=share_of(told, odds))
    sure, said = share_of(told, odds), named.get(told, 0.0) > 0
    label = "Contact" if told == "Employee" and _are_theirs(profile, words) else told
    if (other := told_by_names(label, profile)) is not None:
        called = "Contact" if other == "Customer" else "Customer"
        return Record(other, sure=sure, named=said, called=None if other == label and said else called)
    lines = label in LINED and has_lines(profile, label, words)
    if label == "Invoice" and lines and _is_no_invoice(profile, named):
        label = "Order"
    return Record(label, lines, sure=sure, named=said)


def _numbered(profile: Profile) -> bool:
    """Whether a column tells rows apart that are more than a code and a word, and no amounts on days."""
    columns = profile.columns
    dated = any(one.is_mostly("date") and one.share_filled >= EACH_ONCE for one in columns)
    paid = any(one.share("decimal") >= EACH_ONCE for one in columns)
    return (
        len(columns) > 2
        and not (dated and paid)
        and any(one.unique and not one.is_mostly("date", "decimal", "long") for one in columns)
    )


def _are_theirs(profile: Profile, words: Tokens) -> bool:
    """Whether users are a customer's people: rows name it, and the file does not say that they are ours."""
    return names_record(profile, "Customer") and not called_ours(words)


def _is_no_invoice(profile: Profile, named: Mapping[str, float]) -> bool:
    """Whether lines bear an invoice's number and nothing else of one: they are what was ordered."""
    return not named.get("Invoice") and not mentions(profile, "due_at", "open_amount")
