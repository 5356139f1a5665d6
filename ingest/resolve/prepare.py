"""Columns as they are compared and blocked on: folded, parsed, taken into tokens."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial

import pandas as pd

from graph.company_name import simplified
from graph.search_key.fold import words
from ingest.resolve.dates import read_dates
from ingest.resolve.profile import Column, Meaning
from ingest.resolve.tokens import Vocabulary, grams, name_words, token_column

TOKENS: frozenset[Meaning] = frozenset({"person_name", "company_name", "title", "text", "street"})
PHONE_DIGITS = 9
"""Last digits of a telephone number that are compared: the rest is country and trunk prefix."""
LEAST_DIGITS = 6
"""Digits below which a telephone number is none."""
PHONE_ENDS = r"(?i)x|ext|转|[;/,]"
"""What an extension or another number begins with."""
AREA = r"^(\s*(?:(?:\+|00)\d{1,3}[\s.-]*)?(?:\(0\)\s*)?\(?\d{2,5}\)?)\s*/"
"""An area code with a stroke behind it: what follows belongs to the same number, as in `0731/998877`."""


@dataclass(slots=True)
class Prepared:
    """A table for DuckDB with what is made of each column."""

    table: pd.DataFrame
    columns: list[Column]
    names: dict[str, str] = field(default_factory=dict)
    """The prepared column of each column of the records."""
    vocabularies: dict[str, Vocabulary] = field(default_factory=dict)
    """How many records have each token, by prepared column."""


def prepare(
    rows: pd.DataFrame, columns: list[Column], known: Mapping[str, Vocabulary] | None = None
) -> Prepared:
    """Make `c0`, `c1` … of the columns that are compared, `…_t` and `…_n` with tokens and norm of texts.

    known: how rare tokens are, by prepared column; the rows say so themselves where it is not given.
    """
    made: dict[str, object] = {"row": range(len(rows))}
    names: dict[str, str] = {}
    told: dict[str, Vocabulary] = {}
    for place, column in enumerate(columns):
        name = names[column.name] = f"c{place}"
        cells = rows[column.name]
        made[name] = _normal(cells, column.meaning)
        if column.meaning in TOKENS:
            pieces = set if column.meaning == "text" else grams
            words_of = partial(name_words, meaning=column.meaning)
            tokens, told[name] = token_column(cells, words_of, pieces, None if known is None else known[name])
            made[f"{name}_t"], made[f"{name}_n"] = tokens.tokens, tokens.norm
    return Prepared(pd.DataFrame(made), columns, names, told)


def _normal(cells: pd.Series, meaning: Meaning) -> pd.Series:
    if meaning == "date":
        return read_dates(cells)
    if meaning in ("number", "year"):
        return cells.map(_number).astype(float)
    reader = _READERS.get(meaning, _folded)
    read = {cell: reader(cell) if cell else None for cell in cells.unique()}
    return pd.Series([read[cell] for cell in cells], index=cells.index, dtype=object)


def _number(cell: str | None) -> float | None:
    found = re.search(r"-?\d[\d,]*(?:\.\d+)?", cell or "")
    return float(found[0].replace(",", "")) if found else None


def _folded(cell: str) -> str | None:
    return " ".join(words(simplified(cell) if not cell.isascii() else cell)) or None


def _joined(cell: str) -> str | None:
    return "".join(words(cell)) or None


def _sorted(cell: str) -> str | None:
    return " ".join(sorted(words(simplified(cell) if not cell.isascii() else cell))) or None


def _company(cell: str) -> str | None:
    return " ".join(name_words(cell, "company_name")) or None


def same_phone(one: str, other: str) -> bool:
    """Whether two numbers are one, whatever country and punctuation they are written with."""
    return _phone(one) is not None and _phone(one) == _phone(other)


def _phone(cell: str) -> str | None:
    first = re.split(PHONE_ENDS, re.sub(AREA, r"\1 ", cell))[0]
    digits = re.sub(r"\D", "", first)
    return digits[-PHONE_DIGITS:] if len(digits) >= LEAST_DIGITS and len(set(digits)) > 1 else None


def _email(cell: str) -> str | None:
    return cell.casefold().strip() if "@" in cell else None


def _website(cell: str) -> str | None:
    return re.sub(r"^(https?://)?(www\.)?", "", cell.casefold()).split("/")[0] or None


_READERS: dict[Meaning, Callable[[str], str | None]] = {
    "phone": _phone, "email": _email, "website": _website, "code": _joined, "postcode": _joined,
    "house_number": _joined, "person_name": _sorted, "company_name": _company, "title": _company,
}  # fmt: skip
