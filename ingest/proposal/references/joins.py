"""What the columns mean that name records: of each record one joins, the others are its fields."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ingest.proposal.candidates import Candidate, says_delivery
from ingest.proposal.columns.fit import fit
from ingest.proposal.columns.overlap import Overlap
from ingest.proposal.columns.profile import Column
from ingest.proposal.records.record import Record
from ingest.proposal.references.joined_by import link_for
from ingest.proposal.references.own_key import PEOPLE_OR_PARTY, holds_names
from ingest.proposal.references.whose import another
from ingest.proposal.rows.named import HALF, HELD, PEOPLE, Held, Named, groups
from ingest.proposal.words.header import readings
from ingest.proposal.words.lexicon import lexicon
from ingest.proposal.words.meaning import Meaning, ends_of

SAID_WHOLLY = 0.99
"""Score of a header without a further word: `Agent`, but not `Agent interactions`."""
JOINS = 0.3
"""What the one column that joins counts beside others of the same record."""
ANOTHER = 1.0
"""What it counts that a company is another than the customer of the row: more than its header."""
KEY = 1.5
"""What the key counts: more than any field that the column may be beside."""


def without_own_fields(found: list[Named], record: Record) -> list[Named]:
    """Without the columns whose header is better read as a field of the row's own record."""
    kept = []
    for one in found:
        own = _own_score(one.column, record)
        if not _typed(one) and (one.share >= HELD or own < one.score):
            kept.append(one)
    return kept


def _own_score(column: Column, record: Record) -> float:
    """How well a header is read as a field of the row's own record, or of its line."""
    kinds = {record.label, record.line_link}
    return max(
        (
            one.score * fit(one.kind or "", one.name or "", column)
            for one in readings(column.said)
            if one.said == "field"
            and one.name != "key"
            and one.kind in kinds
            and one.of in (None, record.label)
        ),
        default=0.0,
    )


def _typed(one: Named) -> bool:
    """Whether the values only count records, or are of a type that names have not: `Open deals`."""
    if one.column.is_mostly("boolean") or (one.by is None and one.column.share("decimal") > 0.5):
        return True
    counts = one.label not in PEOPLE_OR_PARTY and one.column.share("number") >= 0.9
    if one.by is None and counts and one.share < HELD:
        return True
    return (
        one.by is None
        and (one.role is None or one.score < SAID_WHOLLY)
        and one.share < HELD
        and one.column.is_mostly("small")
        and not one.column.unique
    )


@dataclass(frozen=True, slots=True)
class _Join:
    column: Column
    candidate: Candidate


def joins(found: Sequence[Named], table: Held, labels: Sequence[str]) -> Iterator[_Join]:
    """What the columns mean that name other records: of each record one joins, the others are its fields."""
    for group in groups(found).values():
        joining = _joining(group)
        for one in group:
            if _is_another(one, joining, table):
                attribute = Meaning("attribute", table.record.label)
                yield _Join(one.column, Candidate(attribute, ANOTHER, "it names another company of the row"))
                continue
            meaning = _meaning_of(one, table, labels, joins=one is joining)
            if meaning is not None:
                score = 0.9 * min(1.0, one.score + 0.2 * one.share)
                score += JOINS + 0.2 * one.share if one is joining else 0.0
                yield _Join(one.column, Candidate(meaning, score, _reason(one)))


def _is_another(one: Named, joining: Named, table: Held) -> bool:
    """Whether a company beside a customer is another one, such as that to which an order is shipped."""
    if one is joining or one.label != "Customer" or table.record.link is not None:
        return False
    if says_delivery(one.column.said) and not says_delivery(joining.column.said):
        return True
    said, joined = (set(lexicon().tokens(each.column.said)) for each in (one, joining))
    if (joining.by, one.by) == ("key", "name") and said & joined:
        return False  # `Account ID` and `Account Name` are of one account, whichever names it has
    return another(one.column, joining.column, table.profile)


def _joining(group: Sequence[Named]) -> Named:
    """The column of a group that joins: whose values another table holds, of these numbers before names."""
    ranks = {None: 1, "key": 3, "email": 2, "name": 1, "phone": 0}
    held = [one for one in group if one.share >= HELD]
    return max(
        held or group,
        key=lambda one: (
            round(one.share, 1) if held else 0,
            one.column.share_filled >= HALF,
            not holds_names(one.column),
            ranks[one.by],
            one.score,
            one.column.distinct,
            -one.column.position,
        ),
    )


def _meaning_of(one: Named, table: Held, labels: Sequence[str], *, joins: bool) -> Meaning | None:
    record = table.record
    others = [record.label, *(label for label in labels if label != record.label)]
    link = link_for(one, record, others)
    several = one.role == "PARTICIPATED_IN" and one.by is None
    if record.link is not None and (one.label, one.label) in ends_of(record.link):
        several = True  # both ends are such records
    if link is None and one.label != record.label:
        alone = joins and one.held is None and one.label == "Employee" and record.link is None
        return Meaning("key", one.label) if alone else None
    if not joins and not several:
        return Meaning("field", one.label, None, _field_of(one)) if _field_of(one) else None
    if one.held is not None:
        return Meaning("end", one.label, link, None, one.part)
    return Meaning("key", one.label, link, None, one.part)


def _field_of(one: Named) -> str | None:
    """The field that a column holds which does not join."""
    if one.by == "key" and holds_names(one.column):
        return "name"  # beside the number under a word that is used for both
    if one.by in ("email", "phone"):
        return None if one.label not in PEOPLE or (one.by == "phone" and one.label == "Employee") else one.by
    return (
        "name"
        if one.by in ("name", None) and one.label in (*PEOPLE_OR_PARTY, "Opportunity", "Contract")
        else None
    )


def _reason(one: Named) -> str:
    article = "an" if one.label[0] in "AEIOU" else "a"
    said = f"the header names {article} {one.label}" + (f" by its {one.by}" if one.by else "")
    if one.held is not None and not one.said:
        return f"{one.share:.0%} of the values stand in `{one.there}` of {one.held.table.name}"
    if one.held is None:
        return f"{said}, which no other file holds"
    if one.there:
        return f"{said}; {one.share:.0%} of the values stand in `{one.there}` of {one.held.table.name}"
    return f"{said}, which {one.held.table.name} holds"


def key_candidate(key: Column, table: Held, others: Sequence[Held], overlap: Overlap) -> Candidate:
    """The key of the row's own record; of lines whose record another table holds, the end of their link."""
    record = table.record
    unique = (
        "every value differs" if key.unique else f"{key.distinct:,} different values in {key.filled:,} cells"
    )
    if record.lines:
        held = [
            one
            for one in others
            if one.record.label == record.label and not one.record.lines and one.record.link is None
        ]
        if held:
            names = max(held, key=lambda one: overlap.best(key, table.profile, one.profile)[1])
            return Candidate(
                Meaning("end", record.label, record.line_link),
                KEY,
                f"the header names the {record.label} of the line, which {names.profile.table.name} holds",
            )
    return Candidate(Meaning("key", record.label), KEY, f"the header names the record; {unique}")


def joined(one: Named, options: Mapping[str, list[Candidate]]) -> bool:
    """Whether a column names its record, rather than telling a field of it."""
    return any(
        other.meaning.kind in ("key", "end") and other.meaning.label == one.label
        for other in options[one.column.name]
    )
