"""Texts as sets of weighted tokens, and how alike two of them are: the cosine of TF-IDF (Salton, 1988).

A token is a number that carries its own weight in its last digits, so that DuckDB can sum the weights of
the tokens that two records share: `token % WEIGHTS`.
"""

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b

import numpy as np
import pandas as pd
from scipy.sparse import csr_array

from graph.company_name import simplified, spelled_out
from graph.search_key.fold import spaceless, words
from graph.search_key.legal_form import without_legal_form
from ingest.resolve.bags import Bags, bags_of_records
from ingest.resolve.profile import Column, Meaning

WEIGHTS = 1 << 14
MOST_RECORDS = 1_000
"""Records that may share a token by which nearest ones are looked for; the work grows with their number."""
GRAM = 3
"""Characters of a token; short tokens forgive typing errors."""


@dataclass(frozen=True, slots=True)
class TokenColumn:
    """Tokens and their norm per record; no tokens where the text is missing."""

    tokens: list[list[int] | None]
    norm: list[float | None]


def name_words(text: str, meaning: Meaning) -> tuple[str, ...]:
    """The words of a text that tell it from others: of a company without its legal form, spelled out."""
    if any(map(spaceless, text)):
        text = simplified(text)
    found = words(text)
    if meaning in ("company_name", "title"):
        found = tuple(spelled_out(word) for word in without_legal_form(found))
    return found


def grams(found: Iterable[str]) -> set[str]:
    """Pieces of three characters of each word, with its ends; of Chinese words characters and pairs."""
    pieces: set[str] = set()
    for word in found:
        if spaceless(word):
            pieces.update(word)
            pieces.update(word[at : at + 2] for at in range(len(word) - 1))
        else:
            padded = f"^{word}$"
            pieces.update(padded[at : at + GRAM] for at in range(max(1, len(padded) - GRAM + 1)))
    return pieces


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """How many of so many records have each token; one that none has counts as the rarest."""

    records: int
    frequency: Mapping[str, int]

    def number(self, token: str) -> int:
        """The token as a number, the same at any time, with its inverse document frequency squared."""
        largest = math.log(1 + self.records) ** 2 or 1.0
        rare = math.log(1 + self.records / self.frequency.get(token, 1)) ** 2 / largest / 2
        return token_hash(token) * WEIGHTS + max(1, round((WEIGHTS - 1) * rare))


def token_hash(token: str) -> int:
    """40 bits that are the same in every process."""
    return int.from_bytes(blake2b(token.encode(), digest_size=5).digest())


def token_column(
    cells: pd.Series,
    words_of: Callable[[str], Sequence[str]],
    pieces: Callable[[Iterable[str]], set[str]],
    known: Vocabulary | None,
) -> tuple[TokenColumn, Vocabulary]:
    """Tokens as numbers with their weights. known: how rare they are; the cells say so where it is None."""
    found = bags_of_records([cells], words_of, pieces)
    if known is None:
        frequency = dict(zip(found.tokens, found.frequency().tolist(), strict=True))
        known = Vocabulary(int((np.diff(found.held.indptr) > 0).sum()), frequency)
    number = np.array([known.number(token) for token in found.tokens], dtype=np.int64)
    tokens = [np.sort(number[one]).tolist() or None for one in found.of_each()]
    norm = [math.sqrt(sum(t % WEIGHTS for t in one)) if one else None for one in tokens]
    return TokenColumn(tokens, norm), known


def tfidf(found: Bags, most_common: float) -> csr_array:
    """A row of unit length per text, without tokens of more than that share of texts, or of one alone."""
    texts, frequency = found.held.shape[0], found.frequency()
    limit = min(max(20.0, most_common * texts), MOST_RECORDS)
    kept = np.flatnonzero((frequency > 1) & (frequency <= limit))
    if not len(kept):
        return csr_array(np.zeros((texts, 1), dtype=np.float32))
    held = found.held[:, kept].astype(np.float64)
    held.data = np.log(1 + texts / frequency[kept])[held.indices]
    length = np.sqrt(held.multiply(held).sum(axis=1))
    held.data /= np.repeat(length, np.diff(held.indptr))
    return held.astype(np.float32)


def whole_records(rows: pd.DataFrame, columns: Sequence[Column]) -> Bags:
    """For each record the pieces of all its texts, whichever column they stand in."""
    texts = [rows[column.name] for column in columns if column.meaning not in ("text", "number")]
    return bags_of_records(texts, words, grams)
