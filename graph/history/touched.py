"""What a change in the log names: the ids it touched, compressed, for copies to read them again."""

import base64
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import orjson

from graph.model import FACTS, PARTS

ENDED = "ended"
"""The kind of a change that closed or opened the facts of nodes, whoever stated them: `ended.Customer`."""

MERGED = "merged"
"""The kind of a change that merged or unmerged records: its `entity_ids` name them."""


@dataclass(frozen=True, slots=True)
class Touched:
    """Ids of one label: of nodes themselves, or of the anchors of edges."""

    label: str
    ids: tuple[str, ...]


def packed(label: str, ids: Iterable[str]) -> str:
    """The distinct ids, sorted, as compressed text for `Change.touched`."""
    document = orjson.dumps({"label": label, "ids": sorted(set(ids))})
    return base64.b64encode(zlib.compress(document, 6)).decode()


def unpacked(text: str) -> Touched:
    """What `packed` made the text of."""
    found = orjson.loads(zlib.decompress(base64.b64decode(text)))
    return Touched(found["label"], tuple(found["ids"]))


def touched_by(name: str, start: str, end: str, rows: Iterable[Mapping[str, Any]]) -> str:
    """What rows for the store touch: the nodes of label `name`, or the anchors of edges of type `name`."""
    edge = FACTS.get(name) or PARTS.get(name)
    if edge is None:
        return packed(name, (row["id"] for row in rows))
    return packed(start if edge.anchor == "start" else end, (row[edge.anchor] for row in rows))
