"""Names of companies: what tells two apart is the brand, then the trade and the place, hardly the form."""

import math
from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import DamerauLevenshtein, JaroWinkler

from graph.company_name import CompanyName, read_company_name
from graph.search_key.fold import spaceless
from ingest.resolve.tokens import name_words

TYPO = 0.9
"""Jaro-Winkler similarity of two words of which one is a typing error of the other."""
SAME_LETTERS = 0.87
"""Share of letters in common from which two names are one, whatever their words."""
SHORTEST = 3
"""Characters of an abbreviation that begins a word."""
OTHER_PLACE, OTHER_TRADE = 0.35, 0.25
"""What two known places or trades that differ take off the likeness of Chinese names."""

Pairs = NDArray[np.int64]


def names_alike(names: Sequence[str | None], pairs: Pairs) -> NDArray[np.float64]:
    """How alike the names of each pair are, 0 to 1; 0 where one is missing."""
    split = [name_words(name, "company_name") if name else () for name in names]
    weight = _weights(split)
    read = [read_company_name(name) if name and any(map(spaceless, name)) else None for name in names]
    return np.array([
        _chinese_alike(one, other)
        if (one := read[a]) is not None and (other := read[b]) is not None
        else words_alike(split[a], split[b], weight)
        for a, b in pairs.tolist()
    ], dtype=float)  # fmt: skip


def _weights(split: Sequence[Sequence[str]]) -> dict[str, float]:
    frequency = Counter(word for name in split for word in set(name))
    return {word: math.log(1 + len(split) / count) for word, count in frequency.items()}


def words_alike(left: Sequence[str], right: Sequence[str], weight: Mapping[str, float]) -> float:
    """The share of both names' weight that finds its like in the other; a word joined from two counts."""
    if not left or not right:
        return 0.0
    if "".join(left) == "".join(right):
        return 1.0
    if _initials(left, right) or _initials(right, left):
        return 0.8
    one, total_one = _found(left, right, weight)
    other, total_other = _found(right, left, weight)
    # Blanks that are lost or set elsewhere, and forms that are misspelt, leave the letters much the same.
    letters = DamerauLevenshtein.normalized_similarity("".join(left), "".join(right))
    return max((one + other) / (total_one + total_other), letters if letters >= SAME_LETTERS else 0.0)


def of_sisters(one: str, other: str) -> bool:
    """Whether each name has a word, or a trade, that the other lacks, as firms of a group have.

    `Alder Foods` and `Alder Pumps`; not `Alder` and `Alder Foods`, nor what a slip tells apart.
    """
    if any(map(spaceless, one)) and any(map(spaceless, other)):
        left_name, right_name = read_company_name(one), read_company_name(other)
        return left_name.brand == right_name.brand and _trades_apart(left_name, right_name) > 0
    left, right = name_words(one, "company_name"), name_words(other, "company_name")
    if not left or not right or _initials(left, right) or _initials(right, left):
        return False
    letters = DamerauLevenshtein.normalized_similarity("".join(left), "".join(right))
    return letters < SAME_LETTERS and _lacks(left, right) and _lacks(right, left)


def _lacks(of: Sequence[str], among: Sequence[str]) -> bool:
    return any(all(_word_alike(word, other) == 0 for other in among) for word in of)


def _found(of: Sequence[str], among: Sequence[str], weight: Mapping[str, float]) -> tuple[float, float]:
    total = sum(weight[word] for word in of)
    return sum(weight[word] * max(_word_alike(word, other) for other in among) for word in of), total


def _word_alike(one: str, other: str) -> float:
    if one == other:
        return 1.0
    short, long = sorted((one, other), key=len)
    if short.isdigit() or long.isdigit():
        return 0.0
    if len(short) >= SHORTEST and long.startswith(short):
        return 0.85
    if len(short) >= 4:
        alike = JaroWinkler.similarity(one, other)
        return alike if alike >= TYPO or DamerauLevenshtein.distance(one, other) <= 1 else 0.0
    return 0.0


def _initials(short: Sequence[str], long: Sequence[str]) -> bool:
    """Whether one word holds the first letters of the other name: IBM."""
    letters = "".join(word[0] for word in long)
    return len(short) == 1 and len(long) >= SHORTEST and short[0] == letters


def _chinese_alike(one: CompanyName, other: CompanyName) -> float:
    brands = _brands_alike(one.brand, other.brand)
    score = 1.0 if one.key == other.key else brands - _trades_apart(one, other)
    if one.place and other.place and one.place != other.place:
        score -= OTHER_PLACE
    return max(0.0, score)


def _brands_alike(one: str, other: str) -> float:
    if one == other:
        return 1.0
    short, long = sorted((one, other), key=len)
    if len(short) >= 2 and long.startswith(short):
        return 0.85 if len(long) - len(short) <= 2 else 0.7
    longest = len(long)
    distance = DamerauLevenshtein.distance(one, other)
    return max(0.0, 1 - 1.2 * distance / longest)


def _trades_apart(one: CompanyName, other: CompanyName) -> float:
    """Nothing where a trade is missing or one holds the other; else a share of OTHER_TRADE."""
    if not one.trade or not other.trade or one.trade in other.trade or other.trade in one.trade:
        return 0.0
    shared = len(set(one.trade) & set(other.trade)) / len(set(one.trade) | set(other.trade))
    return OTHER_TRADE * (1 - shared)
