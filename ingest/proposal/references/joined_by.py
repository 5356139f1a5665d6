"""By which link a record that a row names joins it, or another record of the row."""

from collections.abc import Sequence

from ingest.proposal.records.record import Record
from ingest.proposal.rows.named import PEOPLE, Named
from ingest.proposal.words.meaning import ends_of, links_between, usual_link


def link_for(named: Named, record: Record, labels: Sequence[str]) -> str | None:
    """The link by which a record that is named joins the row's own, or another that the row names."""
    own = record.label
    if record.link is not None and any(named.label in pair for pair in ends_of(record.link)):
        return record.link
    if named.label == "Product" and record.line_link is not None:
        return record.line_link
    if named.role is not None and named.role in links_between(own, named.label):
        return named.role
    if own != named.label and (link := usual_link(own, named.label)) is not None:
        return link
    return _through_another(named, labels) if named.label in PEOPLE else None


def _through_another(named: Named, labels: Sequence[str]) -> str | None:
    """The link of a person to another record of the row: who sold owns the customer of the order."""
    others = [other for other in labels if other != named.label]
    if named.role is not None and any(named.role in links_between(other, named.label) for other in others):
        return named.role
    return next((link for other in others if (link := usual_link(other, named.label))), None)
