"""Upserts: rows of one label or relationship type as checked batches for the templates in `cypher/load`.

A row is a plain dictionary: node `{"id", "props"}`, fact `{"start", "end", "fact_id", "props"}`, part
`{"start", "end", "key", "props"}` (`key` only where the model names a `part_key`). A property given as None
is removed; one not given is left as it is. Moments are UTC ISO text; the model's annotations say which, and
`"moments": [names]` in a row adds properties that the model does not name.
What the model computes from a property is written with it.
An id should stand once in a call: where it stands twice, which row wins is not defined.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, get_args

from pydantic import BaseModel

from cypher import Query, template
from graph.batches import batches as in_batches
from graph.model import FACTS, NODES, PARTS
from graph.store.errors import BadRows

BATCH = 5000
"""Rows per transaction (measured on both engines: 5,000 and 10,000 cost the same per row)."""

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Upsert:
    """One kind of row: what it must carry and the statement that writes it."""

    template: str
    """The verb of the template in `cypher/load`."""
    model: type[BaseModel]
    required: tuple[str, ...]
    slots: tuple[tuple[str, str], ...]

    def statement(self, times: tuple[str, ...]) -> Query:
        """The statement for rows that carry these temporal properties."""
        return _render(self, times)


def node_upsert(label: str) -> Upsert:
    """Rows of one label; raises BadRows for a label the model does not know."""
    model = _known(NODES, label, "label")
    return Upsert("node", model, ("id",), (("label", label), ("key", model.key)))


def fact_upsert(kind: str, start: str, end: str) -> Upsert:
    """Facts of one type between two labels; raises BadRows for a pair the model does not allow."""
    model = _known(FACTS, kind, "fact type")
    name = "fact" if model.anchor == "start" else "fact_from_end"
    return Upsert(name, model, ("start", "end", "fact_id"), _ends(kind, start, end, model.ends))


def part_upsert(kind: str, start: str, end: str) -> Upsert:
    """Parts of one type between two labels; raises BadRows for a pair the model does not allow."""
    model = _known(PARTS, kind, "part type")
    ends = _ends(kind, start, end, model.ends)
    if model.part_key is None:
        name = "part" if model.anchor == "start" else "part_from_end"
        return Upsert(name, model, ("start", "end"), ends)
    return Upsert("keyed_part", model, ("start", "end", "key"), (*ends, ("part_key", model.part_key)))


def batches(upsert: Upsert, rows: Iterable[Row], size: int = BATCH) -> Iterator[tuple[Query, list[Row]]]:
    """Statements with their rows, checked, at most `size` rows each; raises BadRows.

    Rows with other temporal properties go to other statements, so that only what is given is touched.
    """
    temporal = temporal_fields(upsert.model)
    for chunk in in_batches(rows, size):
        groups: dict[tuple[str, ...], list[Row]] = {}
        for given in chunk:
            _check(upsert, given)
            row = _computed(upsert.model, given)
            times = _moments(temporal, row)
            groups.setdefault(times, []).append(_split(row, times) if times else row)
        for times, group in groups.items():
            yield upsert.statement(times), group


@cache
def temporal_fields(model: type[BaseModel]) -> tuple[str, ...]:
    """Names of the model's fields that hold a moment."""
    return tuple(name for name, field in model.model_fields.items() if _is_moment(field.annotation))


@cache
def _render(upsert: Upsert, times: tuple[str, ...]) -> Query:
    target = "n" if upsert.template == "node" else "r"
    lines = "".join(f",\n    {target}.{name} = datetime(row.times.{name})" for name in times)
    return template(f"load.{upsert.template}").render(**dict(upsert.slots), times=lines)


def _is_moment(annotation: Any) -> bool:
    return annotation is datetime or any(_is_moment(inner) for inner in get_args(annotation))


def _moments(temporal: tuple[str, ...], row: Row) -> tuple[str, ...]:
    """The temporal properties that this row carries; raises BadRows for a name that is no identifier."""
    extra = row.get("moments", ())
    if not all(map(str.isidentifier, extra)):
        raise BadRows(f"property names must be identifiers: {extra}")
    return tuple(name for name in (*temporal, *sorted(extra)) if name in row["props"])


def _split(row: Row, times: tuple[str, ...]) -> Row:
    """The row with its moments apart: setting a property twice, first as text, costs indexes dearly."""
    props = row["props"]
    rest = {name: item for name, item in props.items() if name not in times}
    return {**row, "props": rest, "times": {name: props[name] for name in times}}


def _computed(model: type[BaseModel], row: Row) -> Row:
    """The row with the properties that follow from those it carries; no value has none, but a place."""
    rules, orders = getattr(model, "computed", {}), getattr(model, "ordered", {})
    given = row["props"]
    follows = {
        name: None if given[field] is None else function(given[field])
        for name, (field, function) in rules.items()
        if field in given
    }
    follows |= {
        name: function(given, row["id"]) for name, (field, function) in orders.items() if field in given
    }
    return {**row, "props": {**given, **follows}} if follows else row


def _known(registry: Mapping[str, Any], name: str, what: str) -> Any:
    if name not in registry:
        raise BadRows(f"the graph model has no {what} {name!r}")
    return registry[name]


def _ends(
    kind: str, start: str, end: str, allowed: tuple[tuple[str, str], ...]
) -> tuple[tuple[str, str], ...]:
    if (start, end) not in allowed:
        raise BadRows(f"the graph model has no {kind} from {start!r} to {end!r}")
    keys = (("start_key", NODES[start].key), ("end_key", NODES[end].key))
    return (("type", kind), ("start", start), ("end", end), *keys)


def _check(upsert: Upsert, row: Row) -> None:
    for name in upsert.required:
        key = row.get(name)
        if key is None or key == "":
            raise BadRows(f"{_shown(upsert)}: a row without {name}: {dict(row)}")
    if not isinstance(row.get("props"), dict):
        raise BadRows(f"{_shown(upsert)}: a row without props: {dict(row)}")


def _shown(upsert: Upsert) -> str:
    slots = dict(upsert.slots)
    return slots.get("label") or f"{slots['type']} {slots['start']} → {slots['end']}"
