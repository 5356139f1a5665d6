"""Tables that only say what codes mean: a code, its name and little else; other tables hold the codes."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

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

    @property
    def words(self) -> Tokens:
        return raw_tokens(words_of(self.profile.table))

    def named(self) -> dict[str, str]:
        """The names by their codes."""
        cells = self.profile.data.select([self.code.name, self.name.name]).drop_null()
        return dict(zip(*(column.to_pylist() for column in cells.columns), strict=True))


def code_lists(profiles: Sequence[Profile]) -> list[CodeList]:
    """The tables that may be lists of codes and to which a column of another table points."""
    told = [one for one in map(_as_list, profiles) if one is not None]
    return [
        one for one in told
        if any(points(column, one) for other in profiles if other is not one.profile
               for column in other.columns)
    ]  # fmt: skip


def pointed(column: Column, home: Profile, lists: Sequence[CodeList]) -> CodeList | None:
    """The list of a column's codes: of several the one whose file's name shares a word with the table's."""
    found = [one for one in lists if one.profile is not home and points(column, one)]
    own = set(raw_tokens(words_of(home.table)))
    return max(found, key=lambda one: (len(own & set(one.words)), -one.profile.data.num_rows), default=None)


def points(column: Column, told: CodeList) -> bool:
    """Whether a column says what a list is of, and holds its codes."""
    said = stem(column.name)
    return (
        (ends_with(said, stem(told.code.name)) or ends_with(told.words, said))
        and not _names_record(said)
        and not column.empty and not column.is_mostly(*UNDERSTOOD)
        and _share_held(column, told) >= HELD
    )  # fmt: skip


def _share_held(column: Column, told: CodeList) -> float:
    codes = set(told.profile.data.column(told.code.name).to_pylist())
    return sum(value in codes for value in column.sample) / len(column.sample)


def _as_list(profile: Profile) -> CodeList | None:
    """A table as a list of codes; None where its rows are more than that, or records of the model."""
    if profile.data.num_rows > MOST_ROWS or not 1 < len(profile.columns) <= MOST_COLUMNS:
        return None
    if any(column.is_mostly(*RECORDED) or column.share("given_name") >= GIVEN for column in profile.columns):
        return None
    code = next((one for one in profile.columns if one.unique and _coded(one)), None)
    if code is None:
        return None
    name = next(iter(sorted(_names(profile, code), key=lambda one: not _says_name(one))), None)
    return CodeList(profile, code, name) if name is not None else None


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
        if column is not code and worded and column.share_filled >= FILLED and _told_apart(column):
            yield column


def _told_apart(column: Column) -> bool:
    return column.distinct >= FILLED * column.filled


def _says_name(column: Column) -> bool:
    return any(one.said == "field" and one.name == "name" for one in readings(column.said))


def translated(cells: pa.ChunkedArray, named: dict[str, str]) -> pa.ChunkedArray:
    """Cells with the names in place of their codes; what the list does not hold is null."""
    codes = pa.array(list(named), pa.string())
    names = pa.array(list(named.values()), pa.string())
    return pc.take(names, pc.index_in(cells, value_set=codes))
