"""What later changes of the graph's log touch, so that the index follows without being built anew."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from graph.batches import batches
from graph.history.pages import Reader
from graph.history.touched import unpacked
from graph.search.document import LABELS, Document
from graph.search.read import documents

CHANGES = 100
"""Changes that are read at a time; each names up to some thousand ids."""


class LogSilent(Exception):
    """A change does not name what it touched: only building the index anew helps."""


def log_of(store: Reader) -> frozenset[str]:
    """The ids of all changes but those that derive announces, which touch nothing that is found."""
    return frozenset(row["change_id"] for row in store.read("history.changes"))


def touched(store: Reader, changes: Iterable[str]) -> dict[str, set[str]]:
    """Ids by label of what these changes touched and can be found. Raises LogSilent."""
    found: dict[str, set[str]] = defaultdict(set)
    for page in batches(sorted(changes), CHANGES):
        for row in store.read("history.changes_by_ids", ids=page):
            for label, identity in _of_change(row):
                if label in LABELS:
                    found[label].add(identity)
    return found


def read_again(store: Reader, ids: Mapping[str, set[str]]) -> dict[tuple[str, str], Document | None]:
    """The documents of these nodes as they are now; None for those that are gone."""
    now: dict[tuple[str, str], Document | None] = {
        (label, identity): None for label, of_label in ids.items() for identity in of_label
    }
    for label, of_label in ids.items():
        now |= {(label, one.node_id): one for one in documents(store, label, sorted(of_label))}
    return now


def _of_change(row: dict[str, Any]) -> Iterable[tuple[str, str]]:
    named = [entity.partition(":") for entity in row["entity_ids"] or ()]
    if row["touched"] is None:
        if not named and row["kind"].partition(".")[2] in LABELS:
            raise LogSilent(f"change {row['change_id']} ({row['kind']}) does not name what it touched")
        return [(label, identity) for label, _, identity in named]
    bulk = unpacked(row["touched"])
    return [(bulk.label, identity) for identity in bulk.ids]
