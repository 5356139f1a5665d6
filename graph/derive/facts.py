"""Writing derived facts: what stands is left, what is new or changed is written, what vanished goes."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from cypher import template
from graph.batches import batches
from graph.derive.report import Counts
from graph.facts import fact_id
from graph.model import NODES
from graph.store import Store

SOURCE = "derive"
DROP = 2000
"""Relationships removed per transaction."""


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


class Standing(NamedTuple):
    """A derived fact as found: label and id of its end, and the properties that are compared."""

    end: tuple[str, str]
    props: Mapping[str, Any]


def reconcile(store: Store, kind: str, wanted: Iterable[Derived], standing: Mapping[str, Standing]) -> Counts:
    """Make the graph hold exactly `wanted` of the derived facts of this kind; `standing`: those found, by id.

    A fact counts as unchanged where every property found is equal. One that somebody dismissed is left as it
    is, so that it stays dismissed.
    """
    dismissed = {key for key, found in standing.items() if found.props.get("dismissed_at") is not None}
    by_id = {fact.fact_id: fact for fact in wanted if fact.fact_id not in dismissed}
    changed = [fact for key, fact in by_id.items() if not _same(fact.stored(), standing.get(key))]
    for start, end in sorted({(f.start[0], f.end[0]) for f in changed}):
        rows = (row_of(f) for f in changed if (f.start[0], f.end[0]) == (start, end))
        store.upsert_facts(kind, start, end, rows)
    gone = sorted(standing.keys() - by_id.keys() - dismissed)
    drop(store, kind, {key: standing[key].end for key in gone})
    return Counts(len(by_id), len(changed), len(gone))


def drop(store: Store, kind: str, ends: Mapping[str, tuple[str, str]]) -> None:
    """Remove facts, given by id with their ends."""
    rows: dict[str, list[dict[str, str]]] = defaultdict(list)
    for key, (label, end) in ends.items():
        rows[label].append({"fact_id": key, "end": end})
    for label, gone in rows.items():
        statement = template("derive.drop_facts").render(type=kind, end=label, end_key=NODES[label].key)
        for batch in batches(gone, DROP):
            store.write(statement, rows=batch)


def plain(props: Mapping[str, Any]) -> dict[str, Any]:
    """Properties as the store takes them: moments as ISO text, tuples as lists."""
    return {key: _plain(value) for key, value in props.items()}


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value


def row_of(fact: Derived) -> dict[str, Any]:
    """The row that writes the fact."""
    props = plain(fact.stored())
    return {"start": fact.start[1], "end": fact.end[1], "fact_id": fact.fact_id, "props": props}


def _same(stored: Mapping[str, Any], found: Standing | None) -> bool:
    """Whether what was found says what is to be stored; queries return None for what is not set."""
    if found is None:
        return False
    return all(_listed(stored.get(key)) == value for key, value in found.props.items())


def _listed(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value
