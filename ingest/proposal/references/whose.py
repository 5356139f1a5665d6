"""Whether people whose header leaves it open are ours or a customer's, as rows and values tell."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from ingest.proposal.columns.profile import Column, Profile
from ingest.proposal.records.record import Record
from ingest.proposal.rows.named import (
    FEW_CELLS,
    HALF,
    LEAST,
    MOST,
    PEOPLE,
    SAID_PLAINLY,
    SAYS_OWN,
    SURE_BY_VALUES,
    Held,
    Named,
)
from ingest.proposal.words.header import IDENTIFYING, readings
from ingest.proposal.words.lexicon import lexicon
from ingest.proposal.words.words import without

LEAST_RECURRING = 3
"""Values in several rows from which it tells with how many others they stand."""


def people_by_values(column: Column, record: Record, others: Sequence[Held]) -> Iterator[Named]:
    """Names of people under a header that says little: those whom other tables name so, else ours where
    they recur and a customer's where they do not."""
    if record.link is not None or record.label in PEOPLE or column.filled < FEW_CELLS:
        return
    said = max((one.score for one in readings(column.said)), default=0.0)
    if any(
        one.said == "attribute" or (one.said == "field" and one.name not in IDENTIFYING)
        for one in readings(column.said)
    ):
        return
    latin = all(value.isascii() for value in column.sample)
    people = column.share("person") >= 0.8 and (column.share("given_name") >= 0.3 or not latin)
    if people and said < LEAST:
        told = {str(one.kind) for one in readings(column.said) if one.said == "names" and one.kind in PEOPLE}
        told = told or _side_of(column.said) or _called_elsewhere(column, others)
        recur = "Employee" if column.distinct <= 0.4 * column.filled else "Contact"
        yield Named(column, told.pop() if len(told) == 1 else recur, "name", 0.7)


def _called_elsewhere(column: Column, others: Sequence[Held]) -> set[str]:
    """What other tables call most of the people of a column, where they agree on it."""
    names = {value.casefold() for value in column.sample}
    return {
        str(one.kind)
        for other in others
        for there in other.profile.columns
        if len(names & {value.casefold() for value in there.sample}) >= SURE_BY_VALUES * len(names)
        for one in readings(there.said)
        if one.kind in PEOPLE and one.explicit and one.score >= SAID_PLAINLY and one.name in (None, "name")
    }


def _side_of(header: str) -> set[str]:
    """Whose person a header tells of that names the customer, or us: `客户方签约人`, `our signatory`."""
    words = lexicon().tokens(header)
    if any(without(words, phrase.words) is not None for phrase in lexicon().ours):
        return {"Employee"}
    theirs = any(
        without(words, phrase.words) is not None
        for phrase in lexicon().labels["Customer"]
        if phrase.strength == 1.0
    )
    return {"Contact"} if theirs else set()


def rank(one: Named, ours: bool | None) -> tuple[float, bool, bool]:
    """The better option last: by header and values, then by whose people they are, then by a role.

    `ours` says whether people are our own; None where only how many there are tells of it.
    """
    fits = _as_many(one) if ours is None else (one.label == "Employee") == ours
    return round(one.score + 0.25 * one.share, 3), fits, one.role is not None


def _as_many(one: Named) -> bool:
    """Whether a column holds as many people as such records are: ours recur, a customer's seldom do."""
    apart = one.column.distinct / one.column.filled if one.column.filled >= FEW_CELLS else 0.5
    return (one.label == "Contact" and apart >= 0.6) or (one.label == "Employee" and apart <= 0.4)


def is_ours(column: Column, good: Sequence[Named], table: Held) -> bool | None:
    """Whether people whose header suits ours and a customer's are ours: they stand beside a department, or
    with several customers each. None where the header or the rows leave it open."""
    if not {one.label for one in good} >= set(PEOPLE):
        return None
    if any(one.role == "RAISED_BY" for one in good):
        return any(map(_says_department, table.profile.columns))
    customers = [one for one in table.profile.columns if one is not column and _names_customers(one)]
    return _serves_several(column, customers[0], table.profile) if customers else None


def _says_department(column: Column) -> bool:
    return not column.empty and any(
        one.name in ("department", "team") and one.score >= HALF for one in readings(column.said)
    )


def _names_customers(column: Column) -> bool:
    said = any(
        one.kind == "Customer"
        and one.explicit
        and one.score >= SAYS_OWN
        and one.name in (None, "key", "name")
        for one in readings(column.said)
    )
    return said and not column.empty and not column.is_mostly("person", "small", "decimal", "date")


def _serves_several(column: Column, customers: Column, home: Profile) -> bool | None:
    """Whether those who recur stand with several customers each (True), or with one (False)."""
    share = _share_with_several(column, customers, home)
    if share is None or 1 - MOST < share < MOST:
        return None
    return share >= MOST


def another(column: Column, joining: Column, home: Profile) -> bool:
    """Whether a column names other records than that which joins: most of these stand with several of it."""
    share = _share_with_several(joining, column, home)
    return share is not None and share >= MOST


def _share_with_several(column: Column, beside: Column, home: Profile) -> float | None:
    """The share of values in several rows that stand with several of another column's; None for too few."""
    pairs = home.data.select([column.name, beside.name]).drop_null()
    counted = pairs.group_by(column.name).aggregate([([], "count_all"), (beside.name, "count_distinct")])
    rows, others = (counted.column(one).to_pylist() for one in ("count_all", f"{beside.name}_count_distinct"))
    several = [many > 1 for count, many in zip(rows, others, strict=True) if count > 1]
    return sum(several) / len(several) if len(several) >= LEAST_RECURRING else None


def ours(option: Named, table: Held) -> int:
    """Whether a mail address is one of our own people's: most addresses of a mail log share our domain."""
    if option.label not in PEOPLE or not option.column.is_mostly("email"):
        return 0
    ours = _own_domain(table.profile)
    mine = [value for value in option.column.sample if "@" in value]
    share = sum(ours is not None and ours in value.casefold() for value in mine) / max(1, len(mine))
    return int((share >= 0.5) == (option.label == "Employee"))


def _own_domain(profile: Profile) -> str | None:
    counts: dict[str, int] = defaultdict(int)
    for column in profile.columns:
        if column.is_mostly("email"):
            for value in column.sample:
                counts[value.rpartition("@")[2].casefold().strip(">")] += 1
    return max(counts, key=lambda one: counts[one], default=None)
