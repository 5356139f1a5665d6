"""Which system's table a file is, by its name and headers, and what its headers say in plain words."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ingest.proposal.dialects.dialect import TableNames, coded_names, common_names, table_names
from ingest.proposal.records.called import MODIFIER, labels_called
from ingest.proposal.words.lexicon import lexicon
from ingest.reading.bare import bare_text

LEAST, LEAST_OWN = 4, 2
"""Columns of one table that headers must be, and how many of these that no other table of the system has."""
SHARE = 0.5
"""Share of the headers that must be columns of the table."""
LEAST_NAMED, SHARE_NAMED = 3, 0.3
"""The same where the file is called as the table."""
PLENTY = 4
"""Columns that hardly another system has, from which the file's name is not needed."""
CALLED = 6
"""Columns that the file's name outweighs where two tables suit."""
PLAIN = frozenset({"Contact", "Employee", "Product", "Ticket"})
"""Records that names of files mean as they say; `customers`, `leads` and `sales` may be something else."""
LONGEST_NAME = 5
"""Pieces of a file's name that may be one table's name: `hz_cust_site_uses_all`."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """What a file's rows are, and its headers that are coded, in plain words."""

    system: str
    rows: str
    said: Mapping[str, str]


def spoken(words: str, headers: Sequence[str]) -> Spoken | None:
    """The table of a system that a file holds, by the words of its name and by its headers; None: of none."""
    forms = {header: form for header in headers if (form := bare_text(header))}
    called = set(names_of(words))
    record = _record(words)
    rated = [
        (score, one)
        for one in table_names()
        if (score := _rating(one, forms, called)) > 0
        and (not called.isdisjoint(one.files) or not _denied(record, _record(one.rows)))
    ]
    if not rated:
        return None
    best = max(rated, key=lambda pair: pair[0])[1]
    said = {header: told for header, form in forms.items() if (told := best.said(form)) is not None}
    return Spoken(best.system, best.rows, said)


def _record(words: str) -> str | None:
    """The label that words clearly name; None: of no record, or of several."""
    named = sorted(labels_called(lexicon().tokens(words)), key=lambda pair: -pair[1])
    clear = (
        named and named[0][1] > MODIFIER and named[0][1] > max((pair[1] for pair in named[1:]), default=0.0)
    )
    return named[0][0] if clear else None


def _denied(called: str | None, rows: str | None) -> bool:
    """Whether the name of a file says that it does not hold a table's rows."""
    return called in PLAIN and rows is not None and called != rows


def names_columns(cells: Sequence[str]) -> bool:
    """Whether most cells of a row are names of columns of well-known systems."""
    forms = [bare_text(cell) for cell in cells if cell.strip()]
    known = sum(form in coded_names() for form in forms)
    return len(forms) >= LEAST and known >= SHARE * len(forms)


def _rating(table: TableNames, forms: Mapping[str, str], called: set[str]) -> int:
    """How many headers are the table's, its own counted twice, and more by its name; 0 where too few are."""
    own = sum(form in table.own and form not in common_names() for form in forms.values())
    among = sum(table.said(form) is not None for form in forms.values())
    named = not table.files.isdisjoint(called)
    if named and own and among >= max(LEAST_NAMED, SHARE_NAMED * len(forms)):
        return own + among + CALLED
    least = SHARE_NAMED if own >= PLENTY else SHARE
    enough = own >= LEAST_OWN and among >= max(LEAST, least * len(forms))
    return own + among if enough else 0


def names_of(words: str) -> Iterator[str]:
    """What a file's name may call: each run of its pieces."""
    pieces = [piece for piece in re.split(r"[\W_]+", words) if piece]
    for start in range(len(pieces)):
        for end in range(start + 1, min(start + LONGEST_NAME, len(pieces)) + 1):
            yield bare_text("".join(pieces[start:end]))
