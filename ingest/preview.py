"""What a load would change, in numbers and samples; nothing is written."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

import orjson

from graph.model import NODES
from graph.sql import Relation
from graph.store import Store
from ingest.report import Report
from ingest.sql import statement
from ingest.staging.database import Staging
from ingest.standing import standing

SAMPLES = 3
"""Items shown of each kind and verb."""
READ = 10_000
"""Changed entities of one label whose fields are counted."""
OWN = ("Alias", "ALIAS_OF", "SourceRecord", "RECORD_OF")
"""What a load keeps for itself."""


@dataclass(frozen=True, slots=True)
class Preview:
    """What a load would do.

    report: as the load would print it. items: by label or type, how many are new, changed, ended, dropped.
    fields: by label and field how many entities would get another value, of the first `READ` that change.
    samples: of each label or type and verb some items; of a changed entity `fields` has before and after.
    """

    report: dict[str, Any]
    items: dict[str, dict[str, int]]
    fields: dict[str, dict[str, int]]
    samples: list[dict[str, Any]]

    def as_dict(self) -> dict[str, Any]:
        """As JSON."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class FieldChange:
    """An entity with the fields that would be others: before and after."""

    id: str
    fields: dict[str, tuple[Any, Any]]


def changes_of(staging: Staging, store: Store, report: Report, pending: Relation) -> Preview:
    """The pending items of a load, told."""
    counts = staging.rows(statement("preview.counts", pending=pending, own=list(OWN)))
    items: dict[str, dict[str, int]] = {}
    for name, verb, count in counts:
        items.setdefault(name, {})[verb] = count
    changed = {label: list(_changed(staging, store, pending, label)) for label in items if label in NODES}
    fields = {
        label: dict(Counter(name for one in found for name in one.fields))
        for label, found in changed.items() if found
    }  # fmt: skip
    shown = [
        {"name": label, "verb": "changed", "id": one.id, "fields": one.fields}
        for label, found in changed.items() for one in found[:SAMPLES]
    ]  # fmt: skip
    return Preview(report.as_dict(), items, fields, [*shown, *_samples(staging, pending)])


def _samples(staging: Staging, pending: Relation) -> Iterator[dict[str, Any]]:
    query = statement("preview.samples", pending=pending, own=list(OWN), shown=SAMPLES)
    for name, verb, body in staging.rows(query):
        row = orjson.loads(body)
        place = {key: row[key] for key in ("id", "start", "end") if key in row}
        yield {"name": name, "verb": verb, **place, "values": row["props"]}


def _changed(staging: Staging, store: Store, pending: Relation, label: str) -> Iterator[FieldChange]:
    """The entities of a label that would change, with what the graph now says of their fields."""
    query = statement("preview.changed", pending=pending, label=label, most=READ)
    after = {row["id"]: row["props"] for (body,) in staging.rows(query) for row in [orjson.loads(body)]}
    for identity, before in standing(store, label, after).items():
        yield _field_change(identity, before, after[identity])


def _field_change(identity: str, before: dict[str, Any], after: dict[str, Any]) -> FieldChange:
    said = {name: (_plain(before.get(name), value), value) for name, value in after.items()}
    return FieldChange(identity, {name: pair for name, pair in said.items() if pair[0] != pair[1]})


def _plain(before: Any, after: Any) -> Any:
    """A moment as text; in the same words where it is the same moment."""
    if not isinstance(before, datetime):
        return before
    same = isinstance(after, str) and datetime.fromisoformat(after) == before
    return after if same else before.isoformat()
