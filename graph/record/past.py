"""A record as of a past day: its own values, and the names of what it belongs to, as they stood then."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from graph.model import NODES, Alert, Payment
from graph.model.base import Node
from graph.record_version import OwnValues, own_values_as_of
from graph.service import GraphStore, Row

BEGINNINGS = ("created_at", "at", "opened_at", "ordered_at", "quoted_at", "issued_at", "as_of")
"""Moments before which a record was not there; a payment was not before it was paid."""
HAPPENED = {
    "ended_at": (),
    "closed_at": ("status", "outcome", "lost_reason", "satisfaction"),
    "paid_at": ("status", "open_amount"),
    "delivered_at": ("status",),
    "done_at": ("status",),
    "valid_to": (),
    "state_at": ("state", "state_by", "state_reason"),
}
"""Moments of what happens to a record, and what nobody knew of it before; planned days are not among them."""
NAMES = ("name", "subject")


def there(kind: type[Node], values: Row, moment: datetime) -> bool:
    """Whether the record was there at `moment`, as far as its own dates tell."""
    own = {Payment: ("paid_at",), Alert: ("valid_from",)}.get(kind, ())
    return all(values[name] <= moment for name in (*BEGINNINGS, *own) if values.get(name) is not None)


async def values_then(store: GraphStore, kind: type[Node], today: Row, moment: datetime) -> Row:
    """The record's values as they stood at `moment`, custom attributes too."""
    if not kind.mutable:
        return _without_later(today, moment)
    key = today[kind.key]
    own = await own_values_as_of(store, kind, [key], moment)
    possible = dict.fromkeys(kind.model_fields) | dict.fromkeys(own.attributes(key))
    return _without_later(own.of(possible | today), moment, own.said(key))


def _without_later(values: Row, moment: datetime, said: Sequence[Mapping[str, Any]] = ()) -> Row:
    """The values without what happened to the record after the moment.

    said: what its source rows said then. What one says stays, unless it tells what was to happen as well:
    a row that is dated back is of a later day.
    """

    def ahead(one: Mapping[str, Any], stamp: str) -> bool:
        return one.get(stamp) is not None and one[stamp] > moment

    gone = set[str]()
    for stamp in (name for name in HAPPENED if ahead(values, name)):
        known = {name for one in said if not ahead(one, stamp) for name in one}
        gone |= {stamp, *HAPPENED[stamp]} - (known - {stamp})
    return {name: None if name in gone else value for name, value in values.items()}


async def told_then(
    store: GraphStore, rows: Sequence[Row], moment: datetime, also: Iterable[str] = ()
) -> list[Row]:
    """Rows that name records (`kind`, `record_id`, `name`), with their names at `moment`.

    also: columns that hold further values of the record, such as `amount`.
    """
    named: dict[str, list[str]] = {}
    for row in rows:
        named.setdefault(row["kind"], []).append(row["record_id"])
    own = {
        kind: await own_values_as_of(store, NODES[kind], ids, moment)
        for kind, ids in sorted(named.items())
        if NODES[kind].mutable
    }
    return [_told(row, own[row["kind"]], also) if row["kind"] in own else row for row in rows]


def _told(row: Row, own: OwnValues, also: Iterable[str]) -> Row:
    """The row with its columns as then; `name` shows that field of the record which names it."""
    fields = own.kind.model_fields
    shown = {column: column for column in also if column in fields}
    if naming := next((field for field in NAMES if field in fields), None):
        shown["name"] = naming
    today = {own.kind.key: row["record_id"]} | {field: row[column] for column, field in shown.items()}
    then = own.of(today)
    return {**row, **{column: then[field] for column, field in shown.items()}}
