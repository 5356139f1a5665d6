"""Texts as sets of weighted tokens, and how alike two of them are: the cosine of TF-IDF (Salton, 1988).

A token is a number that carries its own weight in its last digits, so that DuckDB can sum the weights of
the tokens that two records share: `token % WEIGHTS`.
"""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b

import numpy as np
import pandas as pd
from scipy.sparse import csr_array

from graph.company_name import simplified, spelled_out
from graph.search_key.fold import spaceless, words
from graph.search_key.legal_form import without_legal_form
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


def vocabulary(sets: Sequence[set[str] | None]) -> Vocabulary:
    """That of these records."""
    frequency = Counter(token for found in sets if found for token in found)
    return Vocabulary(sum(found is not None for found in sets), frequency)


def token_column(sets: Sequence[set[str] | None], known: Vocabulary) -> TokenColumn:
    """Tokens as numbers with their weights."""
    number = {token: known.number(token) for token in {token for found in sets if found for token in found}}
    tokens = [sorted(number[token] for token in found) if found else None for found in sets]
    norm = [math.sqrt(sum(t % WEIGHTS for t in found)) if found else None for found in tokens]
    return TokenColumn(tokens, norm)


def tfidf(sets: Sequence[set[str] | None], most_common: float) -> csr_array:
    """A row of unit length per set; tokens in more than that share of sets, or in one alone, are left out."""
    frequency = Counter(token for found in sets if found for token in found)
    limit = min(max(20.0, most_common * len(sets)), MOST_RECORDS)
    kept = {
        token: place for place, token in enumerate(sorted(t for t, n in frequency.items() if 1 < n <= limit))
    }
    weight = {token: math.log(1 + len(sets) / frequency[token]) for token in kept}
    indptr, indices, data = [0], list[int](), list[float]()
    for found in sets:
        shared = sorted(token for token in found or () if token in kept)
        values = [weight[token] for token in shared]
        norm = math.sqrt(sum(value * value for value in values)) or 1.0
        indices += [kept[token] for token in shared]
        data += [value / norm for value in values]
        indptr.append(len(indices))
    shape = (len(sets), max(1, len(kept)))
    return csr_array(
        (np.array(data, dtype=np.float32), np.array(indices, dtype=np.int64), np.array(indptr)), shape=shape
    )


def whole_records(rows: pd.DataFrame, columns: Sequence[Column]) -> list[set[str]]:
    """For each record the pieces of all its texts, whichever column they stand in."""
    texts = rows[[column.name for column in columns if column.meaning not in ("text", "number")]].fillna("")
    return [grams(words(" ".join(row))) for row in texts.itertuples(index=False)]
