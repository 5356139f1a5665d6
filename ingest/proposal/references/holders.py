"""Which other table holds the records that a column names, as its values show."""

from collections.abc import Sequence

from ingest.mapping.fields import field_names
from ingest.proposal.columns.overlap import Overlap
from ingest.proposal.columns.profile import Column, Profile
from ingest.proposal.records.contents import holds_companies
from ingest.proposal.records.record import Record
from ingest.proposal.rows.named import HELD, PEOPLE, SAID_PLAINLY, SAYS_OWN, SURE_BY_VALUES, Held, Named
from ingest.proposal.words.header import IDENTIFYING, readings, unreadable, untold
from ingest.proposal.words.lexicon import lexicon

BY_VALUES, BY_COUNTS = 0.8, 0.62
"""What it counts that values alone show it, and that these only count up."""
ALL = 0.9
"""Share of whole numbers from which a column is of such."""
RUN = 5
"""How far numbers of a run lie apart on average, at most."""
USERS = frozenset({"user", "users", "usuario", "utilisateur", "benutzer", "member", "members"})
"""Words for people that may be ours or a customer's."""
PARTIES = (*PEOPLE, "Customer", "Product")


def says_own(column: Column, record: Record) -> bool:
    """Whether a header is a word for a field of the row's own record, so that equal values prove no link."""
    own = field_names(record.label)
    return any(
        one.said == "field" and one.kind == record.label and one.name in own and one.score >= SAYS_OWN
        and one.of is None
        for one in readings(column.said)
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
        for one in readings(there.said)
    )  # fmt: skip
    return said and record.label not in PARTIES and not _tells_apart(there, record)


def by_values(
    column: Column, table: Held, others: Sequence[Held], overlap: Overlap, *, counted: bool = False
) -> list[Named]:
    """What the values alone show: they are the keys of another table.

    Numbers that count up on both sides are equal by chance, teams' with customers': under a word that says
    nothing of such records they show nothing, unless the caller knows better (`counted`).
    """
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
            label, holding = other.record.label, other.profile.by_name[there]
            chance = not counted and _equal_by_chance(column, holding, other.record)
            if chance and not unreadable(column.said):
                continue
            score, by = BY_COUNTS if chance else BY_VALUES, _told_by(holding)
            found.append(Named(column, label, by, score, None, None, other.profile, there, share, said=False))
    return found


def numbered_people(column: Column, table: Held, others: Sequence[Held], overlap: Overlap) -> list[Named]:
    """Users whose numbers another table holds, as ours or as a customer's people."""
    if USERS.isdisjoint(lexicon().tokens(column.said)):
        return []
    own = says_own(column, table.record)
    found = [] if own else by_values(column, table, others, overlap, counted=True)
    return [one for one in found if one.label in PEOPLE and one.by == "key"]


def _equal_by_chance(column: Column, holding: Column, record: Record) -> bool:
    """Whether two columns only count up, and the header says nothing of the other's records."""
    return counts_up(column) and counts_up(holding) and not _speaks_of(column.said, record)


def counts_up(column: Column) -> bool:
    """Whether values are whole numbers of one run with few gaps: 10001, 10002, 10004."""
    numbers = [int(value) for value in column.sample if value.isdigit()]
    if len(numbers) < ALL * len(column.sample) or not numbers:
        return False
    return max(numbers) - min(numbers) < RUN * len(numbers)


def _speaks_of(header: str, record: Record) -> bool:
    """Whether a part of a header is a word for such records, or all of it one for any number or name."""
    said = (one for one in readings(header) if one.kind in record.words)
    return any(
        one.said == "names" or (one.name in IDENTIFYING and (one.explicit or one.score >= SURE_BY_VALUES))
        for one in said
    )


def _only_lines(label: str, others: Sequence[Held]) -> bool:
    """Whether records of a label are known by their lines alone."""
    return all(one.record.lines for one in others if one.record.label == label)


def _tells_apart(there: Column, record: Record) -> bool:
    """Whether a column names the record that its own row is, rather than another."""
    if untold(there.said) and there.unique:
        return True
    if record.label == "Contact" and record.called == "Customer" and holds_companies(there):
        return False  # where customers that are people work
    own = [
        one.score
        for one in readings(there.said)
        if one.kind in record.words and (one.said == "names" or one.name in (*IDENTIFYING, "tax_id"))
    ]
    plain = [one.score for one in readings(there.said) if one.kind in record.words and one.of is None]
    return bool(own) and not _says_person_of(there, record, max(plain, default=0.0))


def _says_person_of(there: Column, record: Record, plain: float) -> bool:
    """Whether a header says a person at the record rather than the record: `customer_primary_contact`."""
    return record.label not in PEOPLE and any(
        one.kind in PEOPLE and one.said == "names" and one.of in record.words and one.score > plain
        for one in readings(there.said)
    )


def _told_by(there: Column) -> str:
    """By what a record is named whose column holds the values: mail address, name, else number."""
    if there.is_mostly("email"):
        return "email"
    if there.is_mostly("phone", "mobile") and not there.is_mostly("code"):
        return "phone"
    said = [one for one in readings(there.said) if one.score >= 0.9]
    return "name" if any(one.name == "name" for one in said) else "key"
