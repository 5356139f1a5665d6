"""What a merge took where, kept as text in the graph so that it can be undone exactly."""

import base64
import zlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson

from graph.merge.rows import Edge, Props

_MOMENT = "$moment"


@dataclass(frozen=True, slots=True)
class MergeRecord:
    """What becomes of a record that is absorbed.

    values: its own. filled: of these, what the kept record lacked and now has. facts, parts: its edges that
    stand at the kept record, by `fact_id` and by `Edge.part_name`. hidden: its edges that cannot stand there.
    alias: whether its id got an alias by this.
    """

    values: Props
    filled: Props
    facts: frozenset[str]
    parts: frozenset[str]
    hidden: tuple[Edge, ...]
    alias: bool

    def packed(self) -> str:
        """The record as compressed text."""
        document = [
            self.values, self.filled, sorted(self.facts), sorted(self.parts),
            [[e.type, e.start_label, e.start_id, e.end_label, e.end_id, e.props] for e in self.hidden],
            self.alias,
        ]  # fmt: skip
        text = orjson.dumps(document, default=_tagged, option=orjson.OPT_PASSTHROUGH_DATETIME)
        return base64.b64encode(zlib.compress(text, 6)).decode()


def unpacked(text: str) -> MergeRecord:
    """What `MergeRecord.packed` made the text of."""
    values, filled, facts, parts, hidden, alias = orjson.loads(zlib.decompress(base64.b64decode(text)))
    edges = tuple(Edge(a, b, c, d, e, _props(props)) for a, b, c, d, e, props in hidden)
    return MergeRecord(_props(values), _props(filled), frozenset(facts), frozenset(parts), edges, alias)


def _tagged(item: Any) -> Any:
    if isinstance(item, datetime):
        return {_MOMENT: item.isoformat()}
    raise TypeError(f"a property of type {type(item).__name__}")


def _props(tagged: dict[str, Any]) -> Props:
    return {
        name: datetime.fromisoformat(item[_MOMENT]) if isinstance(item, dict) else item
        for name, item in tagged.items()
    }
