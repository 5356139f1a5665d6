"""Headers that begin with the name of the rows' own record: `subscriptions.id` in a file of subscriptions."""

from collections.abc import Mapping, Sequence

from ingest.proposal.dialects.spoken import names_of
from ingest.reading.bare import bare_text

SHARE = 0.5
"""Share of the headers that must begin with it."""


def without_own(words: str, headers: Sequence[str]) -> Mapping[str, str]:
    """The headers that begin with the name of what rows are, without it; `words` are of the file's name."""
    called = set(names_of(words))
    paths = {header: header.split(".", 1) for header in headers if "." in header.strip(".")}
    heads = [first for first, _ in paths.values()]
    for head in dict.fromkeys(heads):
        if bare_text(head) in called and heads.count(head) >= SHARE * len(headers):
            return {header: rest for header, (first, rest) in paths.items() if first == head and rest.strip()}
    return {}
