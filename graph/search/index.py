"""An inverted index in flat arrays: from tokens, each with its rarity, to the documents that hold them.

The arrays are files that processes map into memory together: several workers hold one copy.
"""

from array import array
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from graph.search.document import KINDS, Document, Kind, packed, unpacked
from graph.search.token import document_tokens

Ints = npt.NDArray[np.int64]
_ARRAYS = ("hashes", "starts", "postings", "rarity", "kinds", "restricted", "lengths", "offsets", "texts")
_SHARE = 0.3
"""Of the largest weight: a document with less has too little in common to be compared."""
_MOST_POSTINGS = 400_000
"""Entries that one question reads; the rarest tokens come first."""


@dataclass(frozen=True, slots=True)
class Index:
    """Documents, and which of them hold which token. Position i of `starts` belongs to the i-th hash."""

    hashes: npt.NDArray[np.uint64]
    """Of the tokens, ascending."""
    starts: npt.NDArray[np.int64]
    postings: npt.NDArray[np.int32]
    """Numbers of documents, token by token."""
    rarity: npt.NDArray[np.float32]
    """Logarithm of all documents by those that hold the token, counted over what everybody may see."""
    kinds: npt.NDArray[np.int8]
    restricted: npt.NDArray[np.bool_]
    lengths: npt.NDArray[np.int32]
    """Tokens of each document."""
    offsets: npt.NDArray[np.int64]
    texts: npt.NDArray[np.uint8]
    """All documents as `packed` writes them."""

    def __len__(self) -> int:
        return len(self.kinds)

    @property
    def nbytes(self) -> int:
        """Bytes of all arrays."""
        return sum(getattr(self, name).nbytes for name in _ARRAYS)

    def document(self, number: int) -> Document:
        """One document."""
        start, end = self.offsets[number], self.offsets[number + 1]
        return unpacked(self.texts[start:end].tobytes())

    def candidates(self, tokens: Mapping[str, float], most: Mapping[Kind, int]) -> list[int]:
        """Numbers of the documents with most in common with these tokens, `most` of each kind, best first.

        What not everybody may see has places of its own, so that it takes none from what everybody may.
        """
        weight = self._weights(tokens)
        found = np.flatnonzero(weight > _SHARE * weight.max(initial=0.0))
        scored = weight[found] / np.maximum(self.lengths[found], 1) ** 0.12
        chosen: list[int] = []
        for kind, number in most.items():
            ours = self.kinds[found] == KINDS.index(kind)
            for hidden in (False, True):
                at = np.flatnonzero(ours & (self.restricted[found] == hidden))
                if len(at) > number:
                    at = at[np.argpartition(scored[at], -number)[-number:]]
                chosen += found[at[np.argsort(-scored[at], kind="stable")]].tolist()
        return chosen

    def _weights(self, tokens: Mapping[str, float]) -> npt.NDArray[np.float64]:
        """Per document, the rarity of all tokens that it shares."""
        lists, weights, left = [], [], _MOST_POSTINGS
        for place, weight in self._places(tokens):
            held = self.postings[self.starts[place] : self.starts[place + 1]]
            if len(held) > left:
                break
            left -= len(held)
            lists.append(held)
            weights.append(np.full(len(held), weight * self.rarity[place]))
        if not lists:
            return np.zeros(len(self))
        every: npt.NDArray[np.float64] = np.bincount(  # type: ignore[assignment] # weighted: floats
            np.concatenate(lists), np.concatenate(weights), minlength=len(self)
        )
        return every

    def _places(self, tokens: Mapping[str, float]) -> list[tuple[int, float]]:
        """Where the known ones of these tokens stand, the rarest first, and how much each counts."""
        asked = np.fromiter(map(hashed, tokens), np.uint64, len(tokens))
        if not len(self.hashes) or not len(asked):
            return []
        at = np.minimum(np.searchsorted(self.hashes, asked), len(self.hashes) - 1)
        known = self.hashes[at] == asked
        places, weights = at[known], np.fromiter(tokens.values(), float, len(tokens))[known]
        order = np.argsort(-self.rarity[places], kind="stable")
        return list(zip(places[order].tolist(), weights[order].tolist(), strict=True))


def hashed(token: str) -> int:
    """64 bits of a token."""
    return int.from_bytes(blake2b(token.encode(), digest_size=8).digest())


def built(documents: Iterable[Document]) -> Index:
    """The index of these documents."""
    vocabulary: dict[str, int] = {}
    token_of, lengths, kinds, restricted = array("q"), array("i"), array("b"), array("b")
    texts, offsets = bytearray(), array("q", [0])
    for one in documents:
        tokens = document_tokens(one)
        token_of.extend(vocabulary.setdefault(token, len(vocabulary)) for token in tokens)
        lengths.append(len(tokens))
        kinds.append(KINDS.index(one.kind))
        restricted.append(one.restricted)
        texts += packed(one)
        offsets.append(len(texts))
    hashes = np.fromiter(map(hashed, vocabulary), np.uint64, len(vocabulary))
    places = np.empty(len(hashes), np.int64)
    order = np.argsort(hashes, kind="stable")
    places[order] = np.arange(len(hashes))
    starts, postings, rarity = _inverted(
        places[np.asarray(token_of, np.int64)], np.asarray(lengths, np.int32), np.asarray(restricted, bool),
        len(hashes),
    )  # fmt: skip
    return Index(
        hashes[order], starts, postings, rarity, np.asarray(kinds, np.int8), np.asarray(restricted, np.bool_),
        np.asarray(lengths, np.int32), np.asarray(offsets, np.int64), np.frombuffer(bytes(texts), np.uint8),
    )  # fmt: skip


def _inverted(
    tokens: Ints, lengths: npt.NDArray[np.int32], restricted: npt.NDArray[np.bool_], size: int
) -> tuple[Ints, npt.NDArray[np.int32], npt.NDArray[np.float32]]:
    """From the tokens of each document to the documents of each token, and how rare it is."""
    holder = np.repeat(np.arange(len(lengths), dtype=np.int32), lengths)
    order = np.argsort(tokens, kind="stable")
    starts = np.zeros(size + 1, np.int64)
    starts[1:] = np.cumsum(np.bincount(tokens, minlength=size))
    seen = np.bincount(tokens, weights=~restricted[holder], minlength=size) if len(tokens) else np.zeros(size)
    everybody = max(int((~restricted).sum()), 1)
    rarity = np.log1p(everybody / (seen + 1)).astype(np.float32)
    return starts, holder[order], rarity


def saved(index: Index, folder: Path) -> None:
    """Write the arrays into `folder`, for their owner alone."""
    for name in _ARRAYS:
        path = folder / f"{name}.npy"
        np.save(path, getattr(index, name))
        path.chmod(0o600)


def loaded(folder: Path) -> Index:
    """The arrays of `folder`, mapped; raises OSError or ValueError where they are not whole."""
    return Index(*(_mapped(folder / f"{name}.npy") for name in _ARRAYS))


def _mapped(path: Path) -> Any:
    """A file's array; an empty one cannot be mapped."""
    try:
        return np.load(path, mmap_mode="r")
    except ValueError:
        return np.load(path)
