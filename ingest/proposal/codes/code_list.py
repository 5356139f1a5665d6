"""Tables that only say what codes mean: a code, its name and little else; other tables hold the codes."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from ingest.proposal.codes.stems import ends_with, stem
from ingest.proposal.columns.profile import Column, Profile
from ingest.proposal.columns.tables import words_of
from ingest.proposal.words.header import readings
from ingest.proposal.words.words import Tokens, raw_tokens

MOST_ROWS = 2_000
MOST_COLUMNS = 8
RECORDED = ("email", "phone", "mobile", "tax_id", "company", "date", "decimal")
"""Kinds of values of people and companies, of what happened and of what costs: records of their own."""
GIVEN = 0.15
"""Share of usual given names from which words are people's names."""
UNDERSTOOD = ("currency", "country", "date", "decimal", "boolean")
"""Kinds of values that say something without a list."""
CODED = 0.6
"""Share of codes that are numbers or so short that they say nothing."""
SHORT = 2
FILLED = 0.9
HELD = 0.95
"""Share of a column's values that the list must have."""
PLAINLY = 0.99
"""Score of a word that names a record without a further one."""


@dataclass(frozen=True, slots=True, eq=False)
class CodeList:
    """A table whose column `code` tells its rows apart and whose column `name` says what each means."""

    profile: Profile
    code: Column
    name: Column
    words: Tokens
    """Of the table's name."""
    named: Mapping[str, str] = field(repr=False)
    """The names by their codes."""


Pointing = Mapping[str, CodeList]
"""The lists to which the columns of a table point, by the column's name."""


@dataclass(frozen=True, slots=True)
class Codes:
    """The lists of some tables, those that records point to before those that only lists point to."""

    lists: tuple[CodeList, ...]
    pointing: Mapping[str, Pointing]
    """By the name of every table."""


def codes_of(profiles: Sequence[Profile]) -> Codes:
    """Which tables are lists of codes, and which columns point to them.

    A table is one where a column of another points to it, of records or of a list that is pointed to itself.
    """
    told = {one.table.name: found for one in profiles if (found := _as_list(one)) is not None}
    pointing = {one.table.name: _pointing(one, list(told.values())) for one in profiles}
    asked = {to.profile.table.name for found in pointing.values() for to in found.values()}
    homes = [name for name in pointing if name not in told or name not in asked]
    reached: dict[str, CodeList] = {}
    for home in homes:  # grows by every list that is reached
        for to in pointing[home].values():
            name = to.profile.table.name
            if name not in reached and name not in homes:
                reached[name] = to
                homes.append(name)
    return Codes(tuple(reached.values()), pointing)


def _pointing(home: Profile, lists: Sequence[CodeList]) -> Pointing:
    others = [one for one in lists if one.profile is not home]
    words = raw_tokens(words_of(home.table))
    found = {column.name: _pointed(column, words, others) for column in home.columns}
    return {name: to for name, to in found.items() if to is not None}


def _pointed(column: Column, words: Tokens, lists: Sequence[CodeList]) -> CodeList | None:
    """The list of a column's codes: of several the one whose name shares a word with the table's."""
    found = [one for one in lists if _points(column, one)]
    own = set(words)
    return max(found, key=lambda one: (len(own & set(one.words)), -len(one.named)), default=None)


def _points(column: Column, to: CodeList) -> bool:
    """Whether a column says what a list is of, and holds its codes."""
    said = stem(column.name)
    return (
        (ends_with(said, stem(to.code.name)) or ends_with(to.words, said))
        and not _names_record(said)
        and not column.empty and not column.is_mostly(*UNDERSTOOD)
        and sum(value in to.named for value in column.sample) >= HELD * len(column.sample)
    )  # fmt: skip


def _as_list(profile: Profile) -> CodeList | None:
    """A table as a list of codes; None where its rows are more than that, or records of the model."""
    if profile.data.num_rows > MOST_ROWS or not 1 < len(profile.columns) <= MOST_COLUMNS:
        return None
    if any(column.is_mostly(*RECORDED) or column.share("given_name") >= GIVEN for column in profile.columns):
        return None
    code = next((one for one in profile.columns if one.unique and _coded(one)), None)
    name = min(_names(profile, code), key=lambda one: not _says_name(one), default=None) if code else None
    if code is None or name is None:
        return None
    cells = profile.data.select([code.name, name.name]).drop_null()
    named = dict(zip(*(column.to_pylist() for column in cells.columns), strict=True))
    return CodeList(profile, code, name, raw_tokens(words_of(profile.table)), named)


def _names_record(said: Tokens) -> bool:
    """Whether words name a record of the model: numbers of it are no codes."""
    return any(
        one.explicit and one.score >= PLAINLY and (one.said == "names" or one.name == "key")
        for one in readings(" ".join(said))
    )


def _coded(column: Column) -> bool:
    """Whether most values say nothing by themselves: numbers, words with digits, a letter or two."""
    opaque = sum(len(value) <= SHORT or any(map(str.isdigit, value)) for value in column.sample)
    return not column.is_mostly("date", "decimal") and opaque >= CODED * len(column.sample)


def _names(profile: Profile, code: Column) -> Iterator[Column]:
    """The columns that tell in words what a code means."""
    for column in profile.columns:
        worded = column.share("number") < 1 - CODED and not column.is_mostly("date", "boolean", "url")
        apart = column.share_filled >= FILLED and column.distinct >= FILLED * column.filled
        if column is not code and worded and apart:
            yield column


def _says_name(column: Column) -> bool:
    return any(one.said == "field" and one.name == "name" for one in readings(column.said))
