"""Writing derived facts: what stands is left, what is new or changed is written, what vanished goes."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any, TypeVar

from graph.derive.report import Counts
from graph.facts import fact_id
from graph.store import Store

SOURCE = "derive"
DROP = 2000
"""Relationships removed per transaction."""
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Derived:
    """One derived fact; `props` holds Python values, moments as datetimes."""

    type: str
    start: tuple[str, str]
    """Label and id."""
    end: tuple[str, str]
    source_key: str
    props: Mapping[str, Any]

    @property
    def fact_id(self) -> str:
        """Identity; `valid_from` is among the props."""
        return fact_id(
            self.type, self.start[1], self.end[1], SOURCE, self.source_key, self.props["valid_from"]
        )

    def stored(self) -> dict[str, Any]:
        """All properties as they stand on the relationship."""
        origin = {"source": SOURCE, "source_key": self.source_key, "basis": "inferred"}
        return {"visibility": "company"} | dict(self.props) | origin | {"fact_id": self.fact_id}


def reconcile(
    store: Store, wanted: Iterable[Derived], standing: Mapping[str, Mapping[str, Any]], drop: str
) -> Counts:
    """Make the graph hold exactly `wanted`; `standing` are the properties of the derived facts found, by id.

    drop: the query that removes facts by id. A fact counts as unchanged where every property found is equal.
    """
    by_id = {fact.fact_id: fact for fact in wanted}
    changed = [fact for key, fact in by_id.items() if not _same(fact.stored(), standing.get(key))]
    for kind, start, end in sorted({(f.type, f.start[0], f.end[0]) for f in changed}):
        rows = (_row(f) for f in changed if (f.start[0], f.end[0]) == (start, end))
        store.upsert_facts(kind, start, end, rows)
    gone = sorted(standing.keys() - by_id.keys())
    for batch in batches(gone, DROP):
        store.write(drop, fact_ids=batch)
    return Counts(len(by_id), len(changed), len(gone))


def batches(items: Sequence[T], size: int) -> Iterator[list[T]]:
    """Slices of at most `size`."""
    remaining = iter(items)
    while batch := list(islice(remaining, size)):
        yield batch


def plain(props: Mapping[str, Any]) -> dict[str, Any]:
    """Properties as the store takes them: moments as ISO text, tuples as lists."""
    return {key: _plain(value) for key, value in props.items()}


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value


def _row(fact: Derived) -> dict[str, Any]:
    props = plain(fact.stored())
    return {"start": fact.start[1], "end": fact.end[1], "fact_id": fact.fact_id, "props": props}


def _same(stored: Mapping[str, Any], found: Mapping[str, Any] | None) -> bool:
    """Whether what was found says what is to be stored; queries return None for what is not set."""
    if found is None:
        return False
    return all(_listed(stored.get(key)) == value for key, value in found.items())


def _listed(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value
