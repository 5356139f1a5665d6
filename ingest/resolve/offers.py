"""Titles of products and other things: candidates by TF-IDF, judged by words, pieces, codes and prices.

There is nothing to train on where one text says everything; the weights here were chosen on generated
catalogues (`bench/resolve.py`), and the cosines take the rest from the data at hand.
"""

import re
from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.sparse import csr_array

from graph.search_key.fold import fold
from ingest.resolve.bags import bags
from ingest.resolve.nearest import nearest_pairs
from ingest.resolve.profile import Column
from ingest.resolve.tokens import grams, name_words, tfidf

NEAREST = 10
LEAST_ALIKE = 0.05
MOST_COMMON = 0.2
"""Share of records beyond which a word tells nothing."""
SAME_CODE, PART_OF_CODE, OTHER_CODE = 0.25, 0.15, -0.4
"""What a model number in common, one that begins with the other, and different ones add to the likeness."""
OTHER_PRICE, OTHER_VALUE, SAME_VALUE = -0.2, -0.08, 0.04
BITS = 20.0
"""Bits of evidence per unit of likeness."""
_CODE = re.compile(r"(?=.*\d)(?=.*[a-z])[a-z0-9]{4,}|\d{5,}")
_CUT = re.compile(r"[\s,()\"'\[\]|:;]+")

Pairs = NDArray[np.int64]
Likeness = NDArray[np.float64]


def alike(
    rows: pd.DataFrame, columns: Sequence[Column], source: NDArray[np.int64] | None
) -> tuple[Pairs, Likeness]:
    """Candidate pairs and how alike they are, about 0 to 1.25; with `source` the nearest
    of other sources are among them, too."""
    title = _texts(rows, [c for c in columns if c.meaning not in ("text", "number", "category", "year")])
    whole = [
        f"{a} {b}"
        for a, b in zip(title, _texts(rows, [c for c in columns if c.meaning == "text"]), strict=True)
    ]
    sides = (None,) if source is None else (None, source)
    spaces = (
        tfidf(bags([name_words(text, "title") for text in title]), MOST_COMMON),
        tfidf(bags([name_words(text, "title") for text in title], grams), MOST_COMMON),
        tfidf(bags([name_words(text, "text") for text in whole]), MOST_COMMON),
    )
    pairs = np.unique(
        np.concatenate(
            [nearest_pairs(space, NEAREST, LEAST_ALIKE, side) for space in spaces for side in sides]
        ),
        axis=0,
    )
    word, gram, _ = (_cosine(space, pairs) for space in spaces)
    score = (word + 2 * gram) / 3 + _codes_alike(
        [_codes(text) for text in title], [_codes(text) for text in whole], pairs
    )
    for column in columns:
        score += value_alike(rows[column.name], column, pairs)
    return pairs, score


def _texts(rows: pd.DataFrame, columns: Sequence[Column]) -> list[str]:
    if not columns:
        return [""] * len(rows)
    cells = rows[[column.name for column in columns]].fillna("")
    return [" ".join(row) for row in cells.itertuples(index=False)]


def _cosine(space: csr_array, pairs: Pairs) -> Likeness:
    product = space[pairs[:, 0]].multiply(space[pairs[:, 1]])
    return np.asarray(product.sum(axis=1), dtype=np.float64).ravel()


def _codes(text: str) -> frozenset[str]:
    """Model numbers: words of letters and digits, or of many digits, without strokes and dots."""
    found = (re.sub(r"[-/._]", "", word) for word in _CUT.split(fold(text)))
    return frozenset(word for word in found if _CODE.fullmatch(word))


def _codes_alike(title: Sequence[frozenset[str]], whole: Sequence[frozenset[str]], pairs: Pairs) -> Likeness:
    return np.array(
        [_code_alike(title[a], title[b], whole[a], whole[b]) for a, b in pairs.tolist()], dtype=float
    )


def _code_alike(
    left: frozenset[str], right: frozenset[str], more_left: frozenset[str], more_right: frozenset[str]
) -> float:
    if left & more_right or more_left & right:
        return SAME_CODE
    if any(_begins(one, other) for one in left for other in right):
        return PART_OF_CODE
    return OTHER_CODE if left and right else 0.0


def _begins(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    return len(short) >= 5 and short in long


def value_alike(cells: pd.Series, column: Column, pairs: Pairs) -> Likeness:
    """What a price, a year or a class adds."""
    if column.meaning == "number":
        value = pd.to_numeric(cells.str.replace(r"[^\d.]", "", regex=True), errors="coerce").to_numpy(
            dtype=float
        )
        with np.errstate(divide="ignore", invalid="ignore"):
            ratio = np.abs(np.log(value[pairs[:, 0]] / value[pairs[:, 1]]))
        return np.asarray(OTHER_PRICE * np.clip(np.nan_to_num(ratio, nan=0.0, posinf=0.0), 0, 1))
    if column.meaning in ("category", "year", "place"):
        code = pd.factorize(cells.map(lambda cell: fold(cell) if cell else None))[0]
        left, right = code[pairs[:, 0]], code[pairs[:, 1]]
        both = (left >= 0) & (right >= 0)
        return np.where(both, np.where(left == right, SAME_VALUE, OTHER_VALUE), 0.0)
    return np.zeros(len(pairs))
