"""Reading what the graph says of the records of one source, page by page in the order of their keys."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

import orjson

from cypher import template
from graph.model import NODES
from graph.profile.model import TagView
from graph.profile.read import Profile, ProfileRequest, profiles
from graph.score_view.model import Risk
from graph.service import GraphStore, Row

PAGE = 500
"""Records of a page."""
Label = Literal["Customer", "Contact"]
SAID: Mapping[Label, str] = {"Customer": "outgoing.customers", "Contact": "outgoing.contacts"}
"""The query of what the graph says, by label."""


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A record of a source by the source's own key, and what the graph says of it.

    What only some of us may see is not in it: whoever reads the source sees all of it.
    """

    key: str
    record_id: str
    """Under which it answers in the graph: its own id, or that of the record that it was merged into."""
    own: Mapping[str, Any]
    """Values of the node."""
    loaded: Mapping[str, Any]
    """What the source said itself when it was last loaded, by the names of our fields."""
    loaded_at: datetime | None
    merged_into: str | None
    """The key, in this source, of the record that stands for it; None where it stands for itself."""
    risk: Risk | None = None
    tags: Sequence[TagView] = ()
    level: str | None = None
    """How well we know the customer, as employees judged last."""
    role: str | None = None
    """The contact's part in decisions of its customer, as somebody asserted last."""
    left_at: datetime | None = None
    """When the contact left the last job, as somebody stated."""


async def outgoing(
    store: GraphStore, *, label: Label, source: str, after: str, now: datetime
) -> list[Outgoing]:
    """At most PAGE records of a source behind the key `after`; an empty list at the end.

    Of a merged record the kept one speaks. Records that have ended are left out.
    """
    prefix = f"{source}:"
    slots = {"label": label, "key": NODES[label].key}
    asked = {"prefix": prefix, "after": f"{prefix}{after}", "limit": PAGE}
    rows = await store.read(template("outgoing.own").render(**slots), **asked)
    alias = {"prefix": f"{label}|{prefix}", "after": f"{label}|{prefix}{after}", "limit": PAGE}
    rows += await store.read(template("outgoing.others").render(**slots), **alias)
    known = {str(row["key"]).removeprefix(f"{label}|").removeprefix(prefix): row["id"] for row in rows}
    page = dict(sorted(known.items())[:PAGE])
    ids = sorted(set(page.values()))
    said = {row["id"]: row for row in await store.read(SAID[label], ids=ids, now=now.isoformat())}
    loaded = await _loaded(store, label, source, ids)
    profiled = await _profiles(store, ids, now) if label == "Customer" else {}
    return [
        _record(key, record_id, said[record_id], loaded.get(key), prefix, profiled.get(record_id))
        for key, record_id in page.items()
        if record_id in said
    ]


async def _loaded(store: GraphStore, label: str, source: str, ids: list[str]) -> dict[str, Row]:
    """What the source said at its last load, by its key; of several lists the newest counts."""
    query = template("outgoing.loaded").render(label=label, key=NODES[label].key)
    found: dict[str, Row] = {}
    for row in await store.read(query, ids=ids, source=source):
        older = found[row["source_key"]]["values"] if row["source_key"] in found else {}
        found[row["source_key"]] = {**row, "values": older | orjson.loads(row["values"])}
    return found


async def _profiles(store: GraphStore, ids: list[str], now: datetime) -> Mapping[str, Profile]:
    request = ProfileRequest(now, parts=frozenset({"risk", "tags"}))
    return await profiles(store, customer_ids=ids, request=request)


def _record(
    key: str, record_id: str, row: Row, loaded: Row | None, prefix: str, profile: Profile | None
) -> Outgoing:
    stands = record_id if record_id != prefix + key else None
    parts = profile.parts if profile else {}
    return Outgoing(
        key=key,
        record_id=record_id,
        own=row["own"],
        loaded=loaded["values"] if loaded else {},
        loaded_at=loaded["known_from"] if loaded else None,
        merged_into=stands.removeprefix(prefix) if stands and stands.startswith(prefix) else None,
        risk=parts.get("risk"),
        tags=parts.get("tags") or (),
        level=row.get("level"),
        role=row.get("role"),
        left_at=row.get("left_at"),
    )
