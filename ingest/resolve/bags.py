"""Which tokens each of many texts has, as a sparse table: a row per text, a column per token."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.sparse import csr_array


@dataclass(frozen=True, slots=True)
class Bags:
    """A token stands once in a text, however often it is written there."""

    tokens: list[str]
    """In their order, each once: the columns of `held`."""
    held: csr_array
    """True where the text of a row has the token of a column; columns of a row rise."""

    def frequency(self) -> NDArray[np.int64]:
        """How many texts have each token."""
        return np.bincount(self.held.indices, minlength=len(self.tokens)).astype(np.int64)

    def of_each(self) -> list[NDArray[np.int64]]:
        """For each text the numbers of its tokens."""
        return np.split(self.held.indices, self.held.indptr[1:-1])


def bags(texts: Sequence[Sequence[str]], pieces: Callable[[Iterable[str]], set[str]] = set) -> Bags:
    """The tokens of texts that are given word by word. pieces: the tokens of words, each word by itself."""
    numbers: dict[str, int] = {}
    of_text = [[numbers.setdefault(word, len(numbers)) for word in words] for words in texts]
    tokens, of_word = _numbered([pieces((word,)) for word in numbers])
    held = _table(of_text, len(numbers)) @ _table(of_word, len(tokens))
    held.sort_indices()
    return Bags(tokens, held)


def bags_of_records(
    columns: Sequence[pd.Series],
    words: Callable[[str], Sequence[str]],
    pieces: Callable[[Iterable[str]], set[str]],
) -> Bags:
    """The tokens that each record has in any of its columns; missing cells have none. words: of a cell."""
    codes, distinct = zip(*(pd.factorize(column) for column in columns), strict=True)
    known = bags([words(str(cell)) for cells in distinct for cell in cells], pieces)
    held = _chosen(codes, [len(cells) for cells in distinct]) @ known.held
    held.sort_indices()
    return Bags(known.tokens, held)


def _chosen(codes: Sequence[NDArray[np.int64]], sizes: Sequence[int]) -> csr_array:
    """A row per record that chooses the rows of its codes; those of each further column come behind."""
    start = np.concatenate([[0], np.cumsum(sizes)])
    told = [np.flatnonzero(code >= 0) for code in codes]
    row = np.concatenate(told)
    column = np.concatenate([code[at] + first for code, at, first in zip(codes, told, start, strict=False)])
    shape = (len(codes[0]), int(start[-1]))
    return csr_array((np.ones(len(row), dtype=bool), (row, column)), shape=shape)


def _numbered(sets: Sequence[set[str]]) -> tuple[list[str], list[list[int]]]:
    """The tokens of all sets in their order, and of each set their numbers."""
    tokens = sorted(set().union(*sets))
    number = {token: place for place, token in enumerate(tokens)}
    return tokens, [[number[token] for token in found] for found in sets]


def _table(lists: Sequence[Sequence[int]], width: int) -> csr_array:
    """A row per list, True in the columns that it names."""
    lengths = np.fromiter(map(len, lists), dtype=np.int64, count=len(lists))
    column = np.fromiter((one for found in lists for one in found), dtype=np.int64, count=int(lengths.sum()))
    row = np.repeat(np.arange(len(lists)), lengths)
    return csr_array((np.ones(len(column), dtype=bool), (row, column)), shape=(len(lists), width))
