"""Reading interactions: lines `user item item …`, or `user item weight` triples."""

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
    alone on a line has no items. Raises UsageError where the file holds no pair.
    """
    try:
        lines = [line.split() for line in file.read_text(encoding="utf-8-sig").splitlines()]
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{file}: cannot be read as text ({error})") from error
    lines = [line for line in lines if line]
    width = 2 if are_triples(lines) else None
    pairs = [(line[0], item) for line in lines for item in line[1:width]]
    if not pairs:
        raise UsageError(f"{file}: no line names a user and an item, with a blank or a tab between them")
    return pd.DataFrame(pairs, columns=["user", "item"]).drop_duplicates(ignore_index=True)


def are_triples(lines: list[list[str]]) -> bool:
    """Whether the fields of the lines are user, item and weight."""
    if any(len(line) != TRIPLE for line in lines):
        return False
    return max(Counter(line[0] for line in lines).values(), default=0) > 1


def matrix(pairs: Pairs, users: pd.Index, items: pd.Index) -> sparse.csr_matrix:
    """Users × items, 1 for a pair of both."""
    rows, columns = users.get_indexer(pd.Index(pairs["user"])), items.get_indexer(pd.Index(pairs["item"]))
    known = (rows >= 0) & (columns >= 0)
    data = np.ones(int(known.sum()), dtype=np.float32)
    return sparse.csr_matrix((data, (rows[known], columns[known])), shape=(len(users), len(items)))
