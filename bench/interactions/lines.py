"""Reading interactions: lines `user item item …`, or `user item weight` triples."""

import sys
from collections import Counter
from pathlib import Path

import numpy as np
import pandas as pd
from scipy import sparse

from graph.errors import UsageError

TRIPLE = 3
Pairs = pd.DataFrame
"""Columns `user` and `item`, texts as they stand in the file."""


def read_pairs(file: Path) -> Pairs:
    """The distinct pairs of a file, in its order.

    Triples are read only where every line has three fields and some user stands on several lines; a user
    alone on a line has no items. A line of words above numbers is a header, a triple that weighs 0 or less is
    no pair; standard error tells of both. Raises UsageError where the file holds no pair.
    """
    try:
        lines = [line.split() for line in file.read_text(encoding="utf-8-sig").splitlines()]
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{file}: cannot be read as text ({error})") from error
    lines = _without_header(file, [line for line in lines if line])
    width = None
    if are_triples(lines):
        lines, width = _weighted(file, lines), 2
    pairs = [(line[0], item) for line in lines for item in line[1:width]]
    if not pairs:
        raise UsageError(f"{file}: no line names a user and an item, with a blank or a tab between them")
    return pd.DataFrame(pairs, columns=["user", "item"]).drop_duplicates(ignore_index=True)


def are_triples(lines: list[list[str]]) -> bool:
    """Whether the fields of the lines are user, item and weight."""
    if any(len(line) != TRIPLE for line in lines):
        return False
    return max(Counter(line[0] for line in lines).values(), default=0) > 1


def _without_header(file: Path, lines: list[list[str]]) -> list[list[str]]:
    """The lines without a first one of words, where all others end in a number: a weight or an item's."""
    first, rest = lines[:1], lines[1:]
    words = first and rest and all(_number(field) is None for field in first[0])
    if not words or any(_number(line[-1]) is None for line in rest):
        return lines
    print(f"{file}: the first line is a header: {' '.join(first[0])}", file=sys.stderr)
    return rest


def _weighted(file: Path, lines: list[list[str]]) -> list[list[str]]:
    """The triples without those whose weight says that nothing happened."""
    weights = [_number(line[-1]) for line in lines]
    kept = [line for line, weight in zip(lines, weights, strict=True) if weight is None or weight > 0]
    if left := len(lines) - len(kept):
        print(f"{file}: {left} of {len(lines)} triples weigh 0 or less and are no pair", file=sys.stderr)
    return kept


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


def matrix(pairs: Pairs, users: pd.Index, items: pd.Index) -> sparse.csr_matrix:
    """Users × items, 1 for a pair of both."""
    rows, columns = users.get_indexer(pd.Index(pairs["user"])), items.get_indexer(pd.Index(pairs["item"]))
    known = (rows >= 0) & (columns >= 0)
    data = np.ones(int(known.sum()), dtype=np.float32)
    return sparse.csr_matrix((data, (rows[known], columns[known])), shape=(len(users), len(items)))
