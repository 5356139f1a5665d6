"""What each column of records means, by its header and by its values.

These meanings tell how to compare two records; they are not those of a mapping.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal, get_args

import pandas as pd

from graph.company_name import read_company_name
from graph.packaged import packaged_yaml
from graph.search_key.fold import fold, words
from ingest.resolve.dates import read_dates

Meaning = Literal[
    "given_name", "surname", "person_name", "company_name", "title", "text", "date", "year", "age", "number",
    "phone", "email", "website", "street", "house_number", "postcode", "place", "category", "code", "word",
    "source", "key", "ignored",
]  # fmt: skip
MEANINGS: tuple[Meaning, ...] = get_args(Meaning)
COMPARED: frozenset[Meaning] = frozenset(MEANINGS) - {"source", "key", "ignored", "age"}
MOST_SOURCES = 60
LEAST_FILLED = 0.02
MOSTLY = 0.8
"""Share of values by which a column is what their form says."""
LEGAL_FORMS = 0.15
"""Share of values with a legal form from which a column holds names of companies."""
OF_PERSONS = frozenset(
    {"birth", "born", "dob", "birthday", "age", "sex", "gender", "baptism", "spouse", "father", "mother"}
)
SAMPLE = 5_000
"""Values that are looked at."""

_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_WEBSITE = re.compile(r"(https?://|www\.)\S+|[\w-]+(\.[\w-]+)*\.(com|org|net|cn|de|co\.uk|fr|io)(/\S*)?")
_PHONE = re.compile(r"(?=(?:\D*\d){7,15}\D*$)[+(]?\d[\d\s()./+-]{5,}(\s*(x|ext\.?|转)\s*\d+)?", re.IGNORECASE)
_NUMBER = re.compile(r"[$€£¥]?\s*-?\d[\d,]*(\.\d+)?\s*([$€£¥]|usd|eur)?", re.IGNORECASE)
_MEASURED = re.compile(r"[$€£¥]|\d\.\d")
_CODE = re.compile(r"(?=.*\d)[\w./-]+")


@dataclass(frozen=True, slots=True)
class Column:
    """A column with its meaning and why it was taken for that."""

    name: str
    meaning: Meaning
    reason: str


@dataclass(frozen=True, slots=True)
class _Values:
    """Figures of a column's values."""

    filled: float
    distinct: int
    unique: float
    """Distinct values per value."""
    sample: pd.Series
    tokens: float
    length: float
    """Mean number of words and of characters."""


def profile(rows: pd.DataFrame, given: Mapping[str, Meaning] | None = None) -> list[Column]:
    """The meaning of each column; `given` meanings stand."""
    given = given or {}
    columns = [
        Column(name, given[name], "given by the settings")
        if name in given
        else _column(name, rows[name], first=place == 0)
        for place, name in enumerate(rows.columns)
    ]
    columns = [_named(column, columns, rows, given) for column in columns]
    return [_unless_repeated(column, columns, rows, given) for column in columns]


def _named(column: Column, columns: list[Column], rows: pd.DataFrame, given: Mapping[str, Meaning]) -> Column:
    """Whose name a plain `name` is: told by legal forms in it, or by what stands beside it."""
    if column.meaning not in ("title", "word") or column.name in given:
        return column
    sample = rows[column.name].dropna().astype(str)
    sample = sample.iloc[:: max(1, len(sample) // SAMPLE)]
    if float(sample.map(_has_legal_form).mean()) > LEGAL_FORMS:
        return Column(column.name, "company_name", "legal forms stand in it")
    beside = {word for other in columns for word in words(other.name.replace("_", " "))}
    if (
        _headers().get(" ".join(words(column.name))) == "title"
        and "name" in words(column.name)
        and beside & OF_PERSONS
    ):
        return Column(column.name, "person_name", "what stands beside it is of persons")
    return column


def _has_legal_form(name: str) -> bool:
    return read_company_name(name).legal_form is not None


def _column(name: str, column: pd.Series, *, first: bool) -> Column:
    values = _figures(column)
    if values.filled < LEAST_FILLED or values.distinct < 2:
        return Column(name, "ignored", "is empty or the same nearly everywhere")
    said = _said_by_header(name)
    if said == "source" and values.distinct <= MOST_SOURCES:
        return Column(name, "source", "the header says so, and few values stand for many records")
    if _is_key(said, values, first=first):
        return Column(name, "key", "numbers the records: every value stands once")
    seen = _seen_in_values(values, said)
    if seen is not None:
        return Column(name, seen, "the form of its values says so")
    if said is not None and _can_be(said, values):
        return Column(name, said, "the header says so")
    return Column(name, _by_shape(values), "the length and variety of its values say so")


def _figures(column: pd.Series) -> _Values:
    filled = column.dropna()
    distinct = int(filled.nunique())
    sample = filled.iloc[:: max(1, len(filled) // SAMPLE)].astype(str)
    return _Values(
        len(filled) / max(1, len(column)), distinct, distinct / max(1, len(filled)), sample,
        float(sample.map(lambda cell: len(words(cell))).mean()) if len(sample) else 0.0,
        float(sample.str.len().mean()) if len(sample) else 0.0,
    )  # fmt: skip


def _is_key(said: Meaning | None, values: _Values, *, first: bool) -> bool:
    """Whether the column only numbers the records; a name or a title may stand once each, too."""
    if values.unique < 0.98 or values.filled < 0.98:
        return said == "key"
    short = values.tokens < 1.5 or _share(values, _CODE) > MOSTLY
    coded = float(values.sample.str.contains(r"\d").mean()) > MOSTLY
    return said == "key" or ((first or said is None) and short and coded)


def _seen_in_values(values: _Values, said: Meaning | None) -> Meaning | None:
    """The meaning that the form of the values leaves no doubt of."""
    if _share(values, _EMAIL) > MOSTLY:
        return "email"
    if _share(values, _WEBSITE) > MOSTLY:
        return "website"
    if said not in ("phone", "number", "postcode", "code", "house_number") and _dates(values) > MOSTLY:
        return "date"
    if _whole(values) > MOSTLY and said in (None, "year", "date", "code") and _years(values) > 0.95:
        return "year"
    if said in (None, "phone") and _share(values, _PHONE) > MOSTLY and values.unique > 0.1:
        return "phone" if said == "phone" or _separated(values) > 0.5 else None
    return None


def _share(values: _Values, form: re.Pattern[str]) -> float:
    return float(values.sample.map(lambda cell: form.fullmatch(cell) is not None).mean())


def _dates(values: _Values) -> float:
    return float(read_dates(values.sample).notna().mean())


def _whole(values: _Values) -> float:
    return float(values.sample.str.fullmatch(r"\d{4}(\.0)?").mean())


def _years(values: _Values) -> float:
    numbers = pd.to_numeric(values.sample, errors="coerce")
    return float(numbers.between(1000, 2100).mean())


def _separated(values: _Values) -> float:
    return float(values.sample.str.contains(r"[\s()+/-]").mean())


def _can_be(said: Meaning, values: _Values) -> bool:
    """Whether the values may be what the header says."""
    if said in ("number", "age", "year"):
        return _share(values, _NUMBER) > MOSTLY
    if said == "date":
        return _dates(values) > 0.5
    if said == "key":
        return False
    return not (said == "source" and values.distinct > MOST_SOURCES)


def _by_shape(values: _Values) -> Meaning:
    """A meaning for a column of which neither header nor form of value tells one."""
    if _share(values, _NUMBER) > MOSTLY:
        measured = float(values.sample.str.contains(_MEASURED).mean())
        if measured > 0.3:
            return "number"
        return "category" if values.distinct <= 30 else "code"
    if _share(values, _CODE) > MOSTLY:
        return "code"
    if values.tokens >= 8 or values.length > 80:
        return "text"
    if values.distinct <= max(12, 0.02 * values.distinct / max(values.unique, 1e-9)):
        return "category"
    return "word" if values.tokens < 1.3 else "title"


def _unless_repeated(
    column: Column, columns: list[Column], rows: pd.DataFrame, given: Mapping[str, Meaning]
) -> Column:
    """Leave out a person's whole name where its parts stand in columns of their own."""
    if column.meaning != "person_name" or column.name in given:
        return column
    parts = [other for other in columns if other.meaning in ("given_name", "surname")]
    if {part.meaning for part in parts} == {"given_name", "surname"}:
        text = rows[column.name].fillna("").map(fold)
        for part in parts:
            both = rows[column.name].notna() & rows[part.name].notna()
            inside = [a in b for a, b in zip(rows[part.name][both].map(fold), text[both], strict=True)]
            if both.sum() and sum(inside) / both.sum() > MOSTLY:
                return Column(column.name, "ignored", f"repeats {part.name}")
    return column


def _said_by_header(name: str) -> Meaning | None:
    folded = " ".join(words(re.sub(r"(?<=[a-z])(?=[A-Z])|[_\W]+", " ", name)))
    table = _headers()
    if folded in table:
        return table[folded]
    bare = re.sub(r"\s*\d+$", "", folded)
    if bare in table:
        return table[bare]
    # `customer city` and `city of birth` end or begin with what they are.
    found = [(len(said), said) for said in table if _holds(folded, said)]
    return table[max(found)[1]] if found else None


def _holds(header: str, said: str) -> bool:
    return (
        header.endswith(f" {said}")
        or header.startswith(f"{said} ")
        or (len(said) > 1 and not said.isascii() and said in header)
    )


@lru_cache(maxsize=1)
def _headers() -> dict[str, Meaning]:
    loaded: Any = packaged_yaml("ingest.resolve", "meanings.yml")
    found: dict[str, Meaning] = {"name": "title"}
    for meaning, headers in loaded.items():
        for header in headers:
            found.setdefault(" ".join(words(header)), meaning)
    return found
