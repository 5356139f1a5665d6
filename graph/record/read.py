"""Reads one record of any kind as a viewer may see it."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from cypher import Query, query, template
from graph.clock import reading_moment
from graph.errors import NotFound, UsageError
from graph.item import FieldOf, attributes_of, declared_kinds, kind_of, typed
from graph.model import NODES
from graph.model.activity import Introduction
from graph.model.derived import QualityMeasurement
from graph.model.identity import Merge, Verdict
from graph.model.item import ItemKind, LinkedTo
from graph.model.origin import Change, InboxEvent, Purpose
from graph.model.parts import IDENTIFIED
from graph.record.job import JOB, job
from graph.record.model import Link, Record
from graph.record.past import there, told_then, values_then
from graph.record.seen import Seen
from graph.resolve_id import resolve
from graph.service import GraphStore, Row, taken

OURS = {
    model.label
    for model in (
        Change,
        InboxEvent,
        Purpose,
        Merge,
        Verdict,
        Introduction,
        ItemKind,
        QualityMeasurement,
    )
} | {"Alias", "Forecast"}
"""Our own bookkeeping, which no answer names."""
KINDS = (*(label for label in NODES if label not in OURS), JOB)
EVERYBODYS = frozenset({"Employee", "Product", "Campaign", "Tag", "Segment", "Model", "Run"})
"""Kinds that belong to no customer, so that no rows keep them back."""
WITH_ITEMS = frozenset(end for _, end in LinkedTo.ends) - {"Item"}
"""Kinds that items are linked to."""
LINKS = 500
"""Links that are read at most: lines of an order, people of a meeting."""
_HIDDEN = frozenset(
    {"visibility", "owner_id", "embedding_model_id", "values", "reasons", "metrics", "report"}
)
"""Values that are rules, or documents that other fields of the API tell."""


class NoKind(UsageError):
    """The id does not begin with the kind of a record."""

    def __init__(self, asked: str) -> None:
        kinds = ", ".join(KINDS)
        super().__init__(
            f"{asked[:60]!r} is no id of a record: write Kind:id, such as Ticket:desk:417; {kinds}"
        )


def parted(typed_id: str) -> tuple[str, str]:
    """Kind and id of `Kind:id`; raises NoKind."""
    kind, colon, record_id = typed_id.partition(":")
    if kind not in KINDS or not colon or not record_id:
        raise NoKind(typed_id)
    return kind, record_id


async def record(
    store: GraphStore,
    *,
    typed_id: str,
    now: datetime,
    as_of: datetime | None = None,
    viewer: str | None = None,
) -> Record:
    """The record that `Kind:id` names, by our id, a retired one or a source's, as it stood at `as_of`.

    Raises NoKind, AsOfAfterNow, or NotFound: also for what was not there yet.
    """
    kind, asked = parted(typed_id)
    seen = Seen(reading_moment(as_of, now), viewer or "", past=as_of is not None and as_of < now)
    found = await (job(store, asked, seen) if kind == JOB else _record(store, kind, asked, seen))
    if found is None and kind in IDENTIFIED:
        found = await _record(store, kind, await resolve(store, kind, asked), seen)
    if found is None:
        raise NotFound(kind, asked)
    return found


async def _record(store: GraphStore, kind: str, record_id: str, seen: Seen) -> Record | None:
    whole = {"id": record_id, "as_of": seen.moment.isoformat(), "viewer": seen.viewer, "limit": LINKS}
    rows = await _asked(store, _values(kind), whole)
    if not rows or (seen.past and not there(NODES[kind], rows[0]["props"], seen.moment)):
        return None
    props = rows[0]["props"]
    links = [row for one in _links(kind) for row in await _asked(store, one, whole)]
    if seen.past:
        props = await values_then(store, NODES[kind], props, seen.moment)
        links = [_open(link, seen.moment) for link in await told_then(store, links, seen.moment)]
    name = props.get("name") or props.get("subject") or props.get("message")
    fields = await _declared(store, kind, props)
    shown = tuple(_shown(kind, props))
    values = tuple((name, typed(value, fields.get(name))) for name, value in shown)
    lists = {name: tuple(map(str, value)) for name, value in shown if isinstance(value, list | tuple)}
    return Record(kind, record_id, name, values, tuple(Link(**row) for row in links), fields, lists)


def _open(link: Row, moment: datetime) -> Row:
    """The link without an end that lay ahead."""
    until = link.get("until")
    return link | {"until": None} if until is not None and until > moment else link


async def _declared(store: GraphStore, label: str, props: Row) -> Mapping[str, FieldOf]:
    """What is declared of custom attributes; of an item also of fields that its kind no longer declares."""
    own = [name.removeprefix("x_") for name in props if name.startswith("x_")]
    if label == "Item":
        kind = kind_of(await declared_kinds(store), props["kind"])
        return {name: kind.field(name) for name in own}
    declared = await attributes_of(store, label) if own else {}
    return {name: declared[name] for name in own if name in declared}


async def _asked(store: GraphStore, asked: Query, whole: Mapping[str, Any]) -> list[Row]:
    """The rows of a query with those of these parameters that it takes."""
    return await store.read(asked, **taken(asked, whole))


def _values(kind: str) -> Query:
    if kind == "Interaction":
        return query("record.interaction")
    if kind == "Contact":
        return query("record.contact")
    if kind == "Customer":
        return query("record.customer")
    if kind == "Item":
        return query("record.item")
    whose = "record.of" if kind in EVERYBODYS else "record.linked"
    return template(whose).render(label=kind, key=NODES[kind].key)


def _links(kind: str) -> Iterator[Query]:
    if kind == "Contact":
        yield query("record.jobs")
    if kind == "Interaction":
        yield query("record.people")
    if kind == "Item":
        yield query("record.item_links")
        return
    yield template("record.links").render(label=kind, key=NODES[kind].key)
    if kind in WITH_ITEMS:
        yield template("record.items").render(label=kind, key=NODES[kind].key)


def _shown(kind: str, props: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Values that the model declares, but its key, and custom attributes."""
    declared = NODES[kind].model_fields.keys() - {NODES[kind].key} - _HIDDEN
    for name in sorted(props):
        bare = name.removeprefix("x_")
        if (name in declared or bare != name) and props[name] is not None:
            yield bare, props[name]
