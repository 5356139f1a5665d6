"""Which other table holds the records that a column names, as its values show."""

from collections.abc import Sequence

from ingest.mapping.fields import field_names
from ingest.proposal.header import IDENTIFYING, readings, untold
from ingest.proposal.lexicon import lexicon
from ingest.proposal.named import HELD, PEOPLE, SAID_PLAINLY, SAYS_OWN, SURE_BY_VALUES, Held, Named
from ingest.proposal.overlap import Overlap
from ingest.proposal.profile import Column, Profile
from ingest.proposal.records import Record

USERS = frozenset({"user", "users", "usuario", "utilisateur", "benutzer", "member", "members"})
"""Words for people that may be ours or a customer's."""
PARTIES = (*PEOPLE, "Customer", "Product")


def says_own(column: Column, record: Record) -> bool:
    """Whether a header is a word for a field of the row's own record, so that equal values prove no link."""
    own = field_names(record.label)
    return any(
        one.said == "field" and one.kind == record.label and one.name in own and one.score >= SAYS_OWN
        and one.of is None
        for one in readings(column.name)
    )  # fmt: skip


def holder(
    label: str, column: Column, table: Held, others: Sequence[Held], overlap: Overlap
) -> tuple[Profile | None, str | None, float]:
    """The other table whose rows are such records, its column with the values, and the share of them."""
    of_it = [one for one in others if one.record.label == label and one.record.link is None]
    held = [one for one in of_it if not one.record.lines] or of_it
    if label == table.record.label and not table.record.lines and table.record.link is None:
        held = [table]
    best: tuple[Profile | None, str | None, float] = (
        (held[0].profile, None, 0.0) if held else (None, None, 0.0)
    )
    for one in held:
        for there, share in overlap.shares(column, table.profile, one.profile).items():
            if (
                share >= HELD
                and share > best[2]
                and not _names_another(one.profile.by_name[there], one.record)
            ):
                best = (one.profile, there, share)
    return best


def _names_another(there: Column, record: Record) -> bool:
    """Whether a column of another table tells of another record than its rows are: `Customer` of tickets."""
    said = any(
        one.explicit and one.kind in PARTIES and one.kind not in record.words
        and (one.said == "names" or one.name in IDENTIFYING) and one.score >= SAID_PLAINLY
        for one in readings(there.name)
    )  # fmt: skip
    return said and record.label not in PARTIES and not _tells_apart(there, record)


def by_values(column: Column, table: Held, others: Sequence[Held], overlap: Overlap) -> list[Named]:
    """What the values alone show: they are the keys of another table."""
    if column.distinct < 3 or column.is_mostly("small", "boolean", "decimal", "date"):
        return []
    found = []
    for other in others:
        there, share = overlap.best(column, table.profile, other.profile)
        if (
            there
            and share >= SURE_BY_VALUES
            and (not other.record.lines or _only_lines(other.record.label, others))
            and other.record.label != table.record.label
            and _tells_apart(other.profile.by_name[there], other.record)
        ):
            by = _told_by(other.profile.by_name[there])
            found.append(Named(column, other.record.label, by, 0.8, None, None, other.profile, there, share))
    return found


def numbered_people(column: Column, table: Held, others: Sequence[Held], overlap: Overlap) -> list[Named]:
    """Users whose numbers another table holds, as ours or as a customer's people."""
    if USERS.isdisjoint(lexicon().tokens(column.name)):
        return []
    found = by_values(column, table, others, overlap) if not says_own(column, table.record) else []
    return [one for one in found if one.label in PEOPLE and one.by == "key"]


def _only_lines(label: str, others: Sequence[Held]) -> bool:
    """Whether records of a label are known by their lines alone."""
    return all(one.record.lines for one in others if one.record.label == label)


def _tells_apart(there: Column, record: Record) -> bool:
    """Whether a column names the record that its own row is, rather than another."""
    return (untold(there.name) and there.unique) or any(
        one.kind in record.words and (one.said == "names" or one.name in (*IDENTIFYING, "tax_id"))
        for one in readings(there.name)
    )


def _told_by(there: Column) -> str:
    """By what a record is named whose column holds the values: mail address, name, else number."""
    if there.is_mostly("email"):
        return "email"
    if there.is_mostly("phone", "mobile") and not there.is_mostly("code"):
        return "phone"
    said = [one for one in readings(there.name) if one.score >= 0.9]
    return "name" if any(one.name == "name" for one in said) else "key"
