"""The index as it stands: what was built, less what has changed since, and what that is now."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

from graph.search.asked import Asked
from graph.search.document import Document, Kind
from graph.search.index import Index, built


class Finder(Protocol):
    """Whatever finds documents that may answer."""

    def candidates(self, asked: Asked, most: Mapping[Kind, int]) -> list[Document] | None:
        """Documents with most in common with what is asked, `most` of each kind; None without an index."""

    def start(self) -> None:
        """Begin to hold an index; returns at once."""

    def stop(self) -> None:
        """End whatever `start` began."""


class _NoIndex:
    """Has no index."""

    def candidates(self, asked: Asked, most: Mapping[Kind, int]) -> None:
        """None."""

    def start(self) -> None:
        """Nothing."""

    def stop(self) -> None:
        """Nothing."""


NO_INDEX: Finder = _NoIndex()
"""Of whoever searches nothing."""


@dataclass(frozen=True, slots=True)
class Standing:
    """An index with later changes: documents that replace its own, and ids that are no more."""

    base: Index
    later: Index
    replaced: frozenset[tuple[str, str]]
    """Label and id of what the base no longer tells."""

    def candidates(self, asked: Asked, most: Mapping[Kind, int]) -> list[Document]:
        """Documents that have most in common with what is asked: what is later first, each best first."""
        built_ones = map(self.base.document, self.base.candidates(asked.tokens, most))
        kept = [one for one in built_ones if (one.label, one.node_id) not in self.replaced]
        return [*map(self.later.document, self.later.candidates(asked.tokens, most)), *kept]

    def start(self) -> None:
        """It stands."""

    def stop(self) -> None:
        """It follows nothing."""


def index_of(documents: Iterable[Document]) -> Standing:
    """An index of these documents that nothing has changed since."""
    return Standing(built(documents), built(()), frozenset())


def with_changes(standing: Standing, changed: Mapping[tuple[str, str], Document | None]) -> Standing:
    """The index after nodes changed; None for one that is gone."""
    later = {(one.label, one.node_id): one for one in _all(standing.later)}
    later |= {key: one for key, one in changed.items() if one is not None}
    kept = [one for key, one in later.items() if changed.get(key, one) is not None]
    return Standing(standing.base, built(kept), standing.replaced | changed.keys())


def _all(index: Index) -> Iterable[Document]:
    return map(index.document, range(len(index)))
