"""A person's whole name as given name and surname, which tell more apart."""

from collections.abc import Sequence

import pandas as pd

from ingest.resolve.profile import Column

MOST_WORDS = 4.0
"""Mean words of a name; longer ones are lists of several people."""
MOSTLY = 0.5
"""Share of names with a comma from which it parts the family name from the given one."""
PARTS = (": given name", ": surname")
PREFIXES = frozenset(
    {
        "de",
        "da",
        "di",
        "du",
        "del",
        "van",
        "von",
        "der",
        "den",
        "la",
        "le",
        "mac",
        "o",
        "st",
        "ten",
        "ter",
        "zu",
    }
)
TITLES = frozenset(
    {"mr", "mrs", "ms", "miss", "dr", "prof", "sir", "lady", "rev", "herr", "frau", "jr", "sr"}
)


def with_parts_of_names(rows: pd.DataFrame, columns: Sequence[Column]) -> tuple[pd.DataFrame, list[Column]]:
    """The table with the parts of the first column of whole names, unless it has such parts already."""
    whole = next((column for column in columns if column.meaning == "person_name"), None)
    parted = any(column.meaning in ("given_name", "surname") for column in columns)
    if whole is None or parted or not _of_one_person(rows[whole.name]):
        return rows, list(columns)
    parts = parts_of_names(rows[whole.name], turned=turned(rows[whole.name]))
    given, family = parts.columns
    reason = f"part of {whole.name}"
    kept = [
        Column(column.name, "ignored", "is compared by its parts") if column is whole else column
        for column in columns
    ]
    made = [Column(given, "given_name", reason), Column(family, "surname", reason)]
    return pd.concat([rows, parts], axis=1), [*kept, *made]


def turned(cells: pd.Series) -> bool:
    """Whether most whole names put the family name first, before a comma."""
    return bool(cells.dropna().astype(str).str.contains(",").mean() > MOSTLY)


def parts_of_names(cells: pd.Series, *, turned: bool) -> pd.DataFrame:
    """Given names and surnames of a column of whole names, in two columns that are named after it."""
    split = [
        _split(cell if turned else _without_remark(cell)) if isinstance(cell, str) else (None, None)
        for cell in cells
    ]
    names = [f"{cells.name}{part}" for part in PARTS]
    return pd.DataFrame(split, columns=names, index=cells.index, dtype=object)


def _of_one_person(cells: pd.Series) -> bool:
    known = cells.dropna().astype(str)
    words = known.map(lambda name: len(name.split())).mean() if len(known) else 0.0
    return bool(1.5 < words <= MOST_WORDS) and float(known.str.count("[,;&]").gt(1).mean()) < 0.1


def _without_remark(name: str) -> str:
    """`Edward Marshall, 1st Baronet` and `Edward Marshall of Thornhill` are Edward Marshall."""
    head = name.split(",", maxsplit=1)[0]
    words = head.split() if len(head.split()) > 1 else name.split()
    at = next((place for place, word in enumerate(words) if place > 1 and word.casefold() == "of"), None)
    return " ".join(words[:at])


def _split(name: str) -> tuple[str | None, str | None]:
    """`Anna van Dyk` is Anna, van Dyk; `Dyk, Anna` is Anna, Dyk; a single word is a surname."""
    if "," in name:
        family, _, given = name.partition(",")
        return given.strip() or None, family.strip() or None
    words = [word for word in name.split() if word.casefold().strip(".") not in TITLES] or name.split()
    at = len(words) - 1
    while at > 1 and words[at - 1].casefold() in PREFIXES:
        at -= 1
    return " ".join(words[:at]) or None, " ".join(words[at:]) or None
