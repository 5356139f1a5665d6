"""Where the values of a record come from: which source rows state each, since when, which say otherwise."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cypher import template
from graph.clock import reading_moment
from graph.gap import Filled, gaps_of
from graph.item import FieldOf, typed
from graph.model import NODES
from graph.model.base import Node
from graph.model.parts import IDENTIFIED
from graph.profile.read import ProfileRequest, profiles
from graph.record.model import Record, Value
from graph.record.read import record
from graph.record_version import stated_values
from graph.service import GraphStore, Row


@dataclass(frozen=True, slots=True)
class ValueStatement:
    """What a source row says of a value, since when; `agrees`: the record's value is that or holds it."""

    source: str
    dataset: str
    source_key: str
    since: datetime
    value: Value
    agrees: bool


@dataclass(frozen=True, slots=True)
class StatedValue:
    """A value of a record with the statements about it, those that agree first, the newest first of each.

    Without any: the value came with the record and has no source row of its own.
    """

    name: str
    value: Value
    statements: tuple[ValueStatement, ...]


@dataclass(frozen=True, slots=True)
class Provenance:
    """A record, its values in the order of their names, and what is inferred where nobody states a value."""

    record: Record
    stated: tuple[StatedValue, ...]
    inferred: tuple[Filled, ...]
    """Of a customer of today that no source deleted: each with the rules and how often they are right."""


async def provenance(
    store: GraphStore,
    *,
    typed_id: str,
    now: datetime,
    as_of: datetime | None = None,
    viewer: str | None = None,
) -> Provenance:
    """The values of the record that `Kind:id` names, as it stood at `as_of`, each with who says so.

    Raises NoKind, AsOfAfterNow, NotFound.
    """
    whose = await record(store, typed_id=typed_id, now=now, as_of=as_of, viewer=viewer)
    moment = reading_moment(as_of, now)
    rows: Sequence[Row] = ()
    if whose.kind in IDENTIFIED:
        asked = template("record.origins").render(label=whose.kind, key=NODES[whose.kind].key)
        rows = await store.read(asked, id=whose.record_id, as_of=moment.isoformat())
    of_today = whose.kind == "Customer" and moment == now
    inferred = await _inferred(store, whose.record_id, now, viewer) if of_today else ()
    return Provenance(whose, tuple(_stated(whose, rows)), tuple(inferred))


def _stated(whose: Record, rows: Sequence[Row]) -> Iterator[StatedValue]:
    said = [(row, _by_name(NODES[whose.kind], row)) for row in rows]
    for name, value in whose.values:
        field = whose.fields.get(name)
        found = [
            _statement(row, values[name], value, whose.lists.get(name, (str(value),)), field)
            for row, values in said
            if values.get(name) not in (None, ())
        ]
        yield StatedValue(name, value, tuple(sorted(found, key=_agreeing_and_newest)))


def _by_name(kind: type[Node], row: Row) -> Mapping[str, Any]:
    return {name.removeprefix("x_"): value for name, value in stated_values(kind, row).items()}


def _statement(
    row: Row, said: Any, value: Value, held: Sequence[str], field: FieldOf | None
) -> ValueStatement:
    """What the row says; of a list it agrees where all that is said is among what the record holds."""
    told = typed(said, field)
    agrees = set(map(str, said)) <= set(held) if isinstance(said, list | tuple) else told == value
    return ValueStatement(row["source"], row["dataset"], row["source_key"], row["known_from"], told, agrees)


def _agreeing_and_newest(one: ValueStatement) -> tuple[bool, float, str]:
    return not one.agrees, -one.since.timestamp(), one.source_key


async def _inferred(
    store: GraphStore, customer_id: str, now: datetime, viewer: str | None
) -> Sequence[Filled]:
    request = ProfileRequest(now, viewer=viewer, parts=frozenset({"company", "figures"}))
    found = (await profiles(store, customer_ids=[customer_id], request=request)).get(customer_id)
    return gaps_of(found.parts["company"], found.parts["figures"]) if found else ()
