"""What the headers of a table say of records."""

from ingest.proposal.columns.profile import Column, Profile
from ingest.proposal.records.contents import recurs
from ingest.proposal.words.header import readings
from ingest.proposal.words.lexicon import lexicon

FRAMEWORK = (("creation",), ("modified",), ("modified", "by"), ("docstatus",), ("idx",), ("naming", "series"))
"""Headers of columns that Frappe adds to every table."""
LEAST_OF_FRAMEWORK = 2


def mentions(profile: Profile, *names: str) -> bool:
    return any(
        one.said == "field" and one.name in names and one.score >= 0.9
        for column in profile.columns
        for one in readings(column.said)
    )


def says_number(column: Column, label: str, least: float) -> bool:
    """Whether a header says, with at least this score, that it is the number of a record of the label."""
    return any(
        one.kind == label and one.explicit and one.name == "key" and one.score >= least
        for one in readings(column.said)
    )


def says_own_number(profile: Profile, label: str, least: float = 0.75) -> bool:
    """Whether every row has its own number of a record of the label."""
    return any(column.unique and says_number(column, label, least) for column in profile.columns)


def names_record(profile: Profile, label: str) -> bool:
    """Whether a column's header names a record of the label by its number, or as such."""
    return any(
        one.kind == label and one.explicit and one.role is None and one.score >= 0.75
        and (one.said == "names" or one.name == "key")
        and not column.empty and not column.is_mostly("date", "decimal")
        for column in profile.columns
        for one in readings(column.said)
    )  # fmt: skip


def names_label(column: Column, label: str) -> bool:
    return any(one.kind == label and one.explicit and one.score >= 0.75 for one in readings(column.said))


def tells_of(column: Column, label: str) -> bool:
    """Whether a header begins with a record's word and says more of it than its number or name."""
    words = lexicon().tokens(column.said)
    heads = [phrase.words for phrase in lexicon().labels[label] if words[: len(phrase.words)] == phrase.words]
    best = max(heads, key=len, default=())
    return (
        bool(best)
        and len(words) > len(best)
        and not any(
            one.kind == label
            and one.explicit
            and one.score >= 0.75
            and (one.said == "names" or one.name in ("key", "name"))
            for one in readings(column.said)
        )
    )


def names_product(column: Column) -> bool:
    """Whether a header names a product: as such, by its number, or by a word that only products have."""
    for one in readings(column.said):
        if one.kind != "Product" or one.score < 0.75:
            continue
        if one.said == "names" or (one.explicit and one.name in ("key", "name")):
            return True
        if (
            one.said == "field"
            and one.name in ("key", "name")
            and one.score >= 1
            and not _generic(column, one.name)
        ):
            return True
    return False


def may_name_product(column: Column) -> bool:
    """Whether a weak word heads a column with values that recur: `What`, beside quantity and price."""
    weak = any(one.kind == "Product" and one.name in ("key", "name") for one in readings(column.said))
    return weak and recurs(column) and not column.is_mostly("number", "date")


def _generic(column: Column, name: str | None) -> bool:
    """Whether a header suits many labels' keys or names: `ID`, `Name`, `Title`."""
    suited = {
        one.kind
        for one in readings(column.said)
        if one.said == "field" and one.name == name and not one.explicit and one.score >= 0.99
    }
    return len(suited) > 1


def says_creator(column: Column, profile: Profile) -> bool:
    """Whether an `owner` stands among columns that a framework adds to every table: who made the row."""
    beside = sum(lexicon().tokens(one.said) in FRAMEWORK for one in profile.columns)
    return lexicon().tokens(column.said) == ("owner",) and beside >= LEAST_OF_FRAMEWORK
