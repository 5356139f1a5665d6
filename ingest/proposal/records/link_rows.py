"""Tables whose rows say nothing but that two records belong together."""

from collections.abc import Sequence

from ingest.proposal.columns.profile import Column, Profile
from ingest.proposal.records.called import place_of
from ingest.proposal.words.header import readings
from ingest.proposal.words.known import LABELS
from ingest.proposal.words.lexicon import lexicon
from ingest.proposal.words.meaning import ends_of
from ingest.proposal.words.words import Tokens


def link_of(words: Tokens, profile: Profile) -> str | None:
    """The link that rows are, where the file's name says so and columns name both ends."""
    for link, phrases in lexicon().links.items():
        for phrase in phrases:
            if place_of(words, phrase) is not None and _names_both(link, profile):
                return link
    return None


def _names_both(link: str, profile: Profile) -> bool:
    """Whether columns name both ends, and no column is more than the link needs."""
    if len(profile.columns) > 15:
        return False
    named = _explicit_labels(profile.columns)
    return any(
        start in named and end in named and (start != end or named[start] >= 2)
        for start, end in ends_of(link)
    )


def _explicit_labels(columns: Sequence[Column]) -> dict[str, int]:
    """How many columns name a record of each label by its key."""
    found: dict[str, int] = {}
    for column in columns:
        labels = {
            one.kind
            for one in readings(column.said)
            if one.explicit
            and one.kind in LABELS
            and one.score >= 0.65
            and (one.said == "names" or one.name == "key")
        }
        if any(one.role is not None and one.role.label == "any" for one in readings(column.said)):
            labels |= {"Contact", "Employee"}
        for label in labels:
            found[str(label)] = found.get(str(label), 0) + 1
    return found
