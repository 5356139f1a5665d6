"""The column that tells the records of a table apart."""

from collections.abc import Sequence

from ingest.proposal.columns.fit import fit
from ingest.proposal.columns.overlap import Overlap
from ingest.proposal.columns.profile import Column
from ingest.proposal.records.contents import holds_companies
from ingest.proposal.records.record import Record
from ingest.proposal.rows.named import PEOPLE, Held
from ingest.proposal.words.header import Reading, part_of_name, readings, unreadable, untold
from ingest.proposal.words.lexicon import lexicon

PEOPLE_OR_PARTY = ("Customer", "Contact", "Employee", "Product", "Campaign", "Lead", "Opportunity")
"""Records that a name tells apart where there is no number."""
SURELY = 0.9
LEAST_OF_KEY = 0.62
"""Score from which a header may name the key."""
SYSTEMS_OWN = (("id",), ("key",))
"""Last words of headers of a system's own number."""
NAMED = 0.85
"""What a key counts whose values are names, or numbers that only a system reads, beside one of numbers."""
FEW, HALF = 4, 0.5
"""Rows, and the share of different values, below which words number nothing."""
HALF_SAID = 0.4
"""Score from which a header names the key where its values number the rows and it stands first."""
CODED_NAME = 1.2
"""Score of a first column `name` that numbers the rows."""
ON_SEVERAL_ROWS = ("Order", "Ticket", "Invoice", "Interaction", "Quote")
"""Records of which an export may hold several rows each."""
LEAST_RECURRING = 0.75
"""Score from which a header names the key though its values recur."""
UNSAID = 0.4
"""What a first column counts whose header says nothing."""
BARE = 0.85
"""What a record's bare word counts as the header of its number."""
APART, LATER = 0.3, 0.001
"""What it adds that values differ, and what each place behind the first takes off."""
BARE_WORD = 0.7
"""Score from which a record's bare word may head its key, where the values number the rows."""


def own_key(table: Held, others: Sequence[Held], overlap: Overlap) -> Column | None:
    """The column that tells the table's records apart."""
    record = table.record
    if record.link is not None:
        return None
    rated = _rated(table, others, overlap)
    if all(holds_names(column) for _, column in rated) and (
        numbered := _asked_tax_id(table, others, overlap)
    ):
        return numbered
    if rated:
        return max(rated, key=lambda one: one[0])[1]
    if record.label in PEOPLE and (mail := _own_mail(table)) is not None:
        return mail
    if record.label in PEOPLE_OR_PARTY and not record.lines:
        return _naming_column(table) or _first_name(table)
    return None


def _rated(table: Held, others: Sequence[Held], overlap: Overlap) -> list[tuple[float, Column]]:
    """The columns that may be the key, each with how well it serves."""
    record = table.record
    rated = [(score, column) for column in table.profile.columns if (score := _key_score(column, record)) > 0]
    rated = _without_recurring(_without_line_names(rated, record), record)
    if len(rated) > 1:
        asked = _referred_to(table, others, overlap)
        rated = [
            (one + asked.get(column.name, 0.0) * _is_asked(column, record), column) for one, column in rated
        ]
    held = _held_of_lines(table, rated, others, overlap) if record.lines else []
    return held or rated


def _own_mail(table: Held) -> Column | None:
    """The mail address of people who have no number, where nearly every row has its own."""
    return next(
        (
            one
            for one in table.profile.columns
            if one.is_mostly("email") and one.distinct >= SURELY * one.filled and one.share_filled > SURELY
        ),
        None,
    )


def _held_of_lines(
    table: Held, rated: Sequence[tuple[float, Column]], others: Sequence[Held], overlap: Overlap
) -> list[tuple[float, Column]]:
    """Of the columns that may number what lines are of, those whose numbers the table of these records holds,
    where another may number the lines."""
    owners = [
        one for one in others
        if one.record.label == table.record.label and not one.record.lines and one.record.link is None
    ]  # fmt: skip
    held = [
        (score, column) for score, column in rated
        if any(overlap.best(column, table.profile, one.profile)[1] >= SURELY for one in owners)
    ]  # fmt: skip
    return held if any(not column.unique for _, column in held) else []


def _without_line_names(rated: Sequence[tuple[float, Column]], record: Record) -> list[tuple[float, Column]]:
    """Without the codes of lines under `name`, where another column numbers what they are lines of."""
    others = [(score, one) for score, one in rated if not _is_coded_name(one)]
    return others if record.lines and others else list(rated)


def _without_recurring(rated: Sequence[tuple[float, Column]], record: Record) -> list[tuple[float, Column]]:
    """Without the columns of words that recur, where another column numbers the rows: `Name` of invoices."""
    numbered = any(column.unique and _is_coded(column) for _, column in rated)
    if record.lines or not numbered:
        return list(rated)
    return [(score, one) for score, one in rated if _has_digits(one) or one.distinct == one.filled]


def _asked_tax_id(table: Held, others: Sequence[Held], overlap: Overlap) -> Column | None:
    """The tax number of companies that have no other number, where another table names them by it."""
    for column in table.profile.columns if table.record.label == "Customer" else ():
        is_it = any(one.name == "tax_id" and one.score >= SURELY for one in readings(column.said))
        if column.unique and is_it and any(
            overlap.shares(asked, other.profile, table.profile).get(column.name, 0.0) >= SURELY
            for other in others
            for asked in other.profile.columns
            if any(one.name in ("tax_id", "key") or one.said == "names" for one in readings(asked.said))
        ):  # fmt: skip
            return column
    return None


def _referred_to(table: Held, others: Sequence[Held], overlap: Overlap) -> dict[str, float]:
    """By column: how many columns of other tables, named after this record, find their values in it."""
    found: dict[str, float] = {}
    own = table.profile.by_name
    for other in others:
        for column in other.profile.columns:
            named = any(_names(one, label) for label in table.record.words for one in readings(column.said))
            shared = column.name in own and _is_numbered(own[column.name], table.record)
            if named or (shared and not column.unique):  # every table numbers its own rows
                for name, share in overlap.shares(column, other.profile, table.profile).items():
                    found[name] = found.get(name, 0.0) + share
    return found


def _names(one: Reading, label: str) -> bool:
    return (
        one.kind == label
        and one.explicit
        and one.score >= 0.62
        and (one.said == "names" or one.name == "key")
    )


def _is_numbered(column: Column, record: Record) -> bool:
    """Whether a header says that it is the record's number, rather than its name."""
    return any(
        one.said == "field" and one.name == "key" and one.kind == record.label and one.score >= SURELY
        and one.of in (None, record.label)
        for one in readings(column.said)
    )  # fmt: skip


def _is_asked(column: Column, record: Record) -> bool:
    """Whether other tables ask for the record's number; that they call it by its name says nothing of it."""
    return _is_numbered(column, record) and not holds_names(column)


def _key_score(column: Column, record: Record) -> float:
    """How well a column serves as the key: its header says so, and its values differ."""
    said, value = _said_of_key(column, record), fit(record.label, "key", column)
    if said == 0.0 or value < HALF or _repeats(column, record):
        return 0.0
    apart = HALF if record.lines else _apart(column)
    return said * _left_of_key(column) * value + APART * apart - LATER * column.position


def _said_of_key(column: Column, record: Record) -> float:
    """How much a header says that it is the record's number; a first column of numbers needs few words."""
    numbers = [one.score + 0.1 * one.explicit for one in _numbering(column, record)]
    bare = [BARE * one.score for one in readings(column.said) if _is_bare_word(one, column, record)]
    said = max([*numbers, *bare], default=0.0)
    if _is_coded_name(column):
        said = max(said, CODED_NAME)
    if numbers and said >= LEAST_OF_KEY and lexicon().tokens(column.said)[-1:] in SYSTEMS_OWN:
        said += 0.15  # a system's own number, before those that people give
    if said >= _least_said(column, record):
        return said
    return UNSAID if _may_number(column) else 0.0


def _numbering(column: Column, record: Record) -> list[Reading]:
    """The readings of a header as the number of the table's records."""
    return [
        one
        for one in readings(column.said)
        if one.said == "field"
        and one.name == "key"
        and one.kind in record.words
        and (one.of in (None, *record.words) or (one.explicit and _numbers_rows(column)))
    ]


def _is_bare_word(one: Reading, column: Column, record: Record) -> bool:
    """Whether a header is the record's word and nothing else: `Auftrag`."""
    least = BARE_WORD if _numbers_rows(column) else SURELY
    named = one.said == "names" and one.kind == record.label and one.role is None and one.of is None
    return named and one.score >= least


def _least_said(column: Column, record: Record) -> float:
    """The score from which a header names the key; the less, the more its values number the rows."""
    first = column.position <= 1 and _numbers_rows(column) and not _of_the_system(column)
    if first and not _surely_else(column, record):
        return HALF_SAID
    return LEAST_OF_KEY if column.unique else LEAST_RECURRING


def _may_number(column: Column) -> bool:
    """Whether a first column under a header that says nothing tells the rows apart."""
    untold_word = unreadable(column.said) or (untold(column.said) and _numbers_rows(column))
    plain = not column.is_mostly("date", "email", "person", "company")
    return untold_word and column.unique and column.position == 0 and plain


def _repeats(column: Column, record: Record) -> bool:
    """Whether values recur too often for a key: `Störung` of tickets says what is broken."""
    if record.lines or _apart(column) >= HALF or column.rows <= FEW:
        return False
    worded = not _numbering(column, record) and not _is_coded(column)
    return worded or record.label not in ON_SEVERAL_ROWS


def _apart(column: Column) -> float:
    """The share of filled cells that differ."""
    return column.distinct / column.filled if column.filled else 1.0


def _left_of_key(column: Column) -> float:
    """What is left of a key that few rows have, whose values are names or that only a system reads."""
    left = 0.4 if not column.empty and column.share_filled < HALF else 1.0
    if holds_names(column):
        left *= NAMED  # names may stand twice, numbers are given so that they do not
    return left * NAMED if column.share("uuid") >= SURELY else left


def _is_coded_name(column: Column) -> bool:
    """Whether the first column is a bare `name` and its values are codes, each once: systems that call the
    number of every record its name."""
    return column.position == 0 and lexicon().tokens(column.said) == ("name",) and _numbers_rows(column)


def _surely_else(column: Column, record: Record) -> bool:
    """Whether a header is another field of the record, and values show it: a tax number is no half a key."""
    return any(
        one.said == "field" and one.kind == record.label and one.name not in ("key", "name", None)
        and one.score >= SURELY and fit(record.label, one.name, column) > 1
        for one in readings(column.said)
    )  # fmt: skip


def _of_the_system(column: Column) -> bool:
    return any(one.said == "technical" and one.score >= SURELY for one in readings(column.said))


def _numbers_rows(column: Column) -> bool:
    """Whether a column's values are numbers or codes, each once."""
    return column.unique and _is_coded(column)


def _is_coded(column: Column) -> bool:
    """Whether a column's values are numbers or codes."""
    return _has_digits(column) and not column.is_mostly("date", "phone", "email", "decimal")


def _has_digits(column: Column) -> bool:
    return all(" " not in value and any(map(str.isdigit, value)) for value in column.sample)


def holds_names(column: Column) -> bool:
    """Whether values are what records are called rather than numbers that they bear."""
    return column.is_mostly("person", "company") and not column.is_mostly("code", "integer")


def _naming_column(table: Held) -> Column | None:
    """The column with the names of a table whose records have no number."""
    rated = []
    for column in table.profile.columns:
        for one in readings(column.said):
            named = (
                one.kind in table.record.words
                and (one.name == "name" or one.said == "names")
                and one.role is None
                and one.of in (None, *table.record.words)
            )
            if (
                named
                and one.score >= 0.75
                and part_of_name(column.said) is None
                and fit(one.kind or "", "name", column) >= 1
            ):
                rated.append((one.score + 0.1 * one.explicit + _apart(column), -column.position, column))
    return max(rated, key=lambda one: one[:2])[2] if rated else None


def _first_name(table: Held) -> Column | None:
    """The first column of companies that have neither number nor a word for a name: `Site`, each once."""
    first = table.profile.columns[:1] if table.record.label == "Customer" else ()
    named = [
        one for one in first
        if one.unique and holds_companies(one) and any(word.name == "name" for word in readings(one.said))
    ]  # fmt: skip
    return named[0] if named else None
