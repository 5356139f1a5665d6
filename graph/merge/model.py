"""The merges that stand, and which record each value and id came from."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any

from graph.merge.record import MergeRecord, unpacked
from graph.service import GraphStore, Row


@dataclass(frozen=True)
class Merge:
    """One merge that stands, or is suspended while a load goes on."""

    merge_id: str
    kind: str
    kept_id: str
    absorbed_id: str
    place: int
    state: str
    at: datetime
    actor: str
    reason: str | None
    probability: float | None
    text: str

    @cached_property
    def record(self) -> MergeRecord:
        """What it took where."""
        return unpacked(self.text)

    @property
    def typed_ids(self) -> tuple[str, str]:
        """Of the record that was kept, and of the one that was absorbed."""
        return f"{self.kind}:{self.kept_id}", f"{self.kind}:{self.absorbed_id}"

    @property
    def props(self) -> dict[str, Any]:
        """The properties of its node while it stands, without its record."""
        return {
            "merge_id": self.merge_id, "kind": self.kind, "kept_id": self.kept_id,
            "absorbed_id": self.absorbed_id, "place": self.place, "state": "merged", "actor": self.actor,
            "reason": self.reason, "probability": self.probability,
        }  # fmt: skip

    @property
    def stands(self) -> bool:
        """Whether it is in effect."""
        return self.state == "merged"


async def open_merges(store: GraphStore) -> list[Merge]:
    """All merges that are not undone, in the order in which they were made."""
    return [_merge(row) for row in await store.read("merge.all")]


def _merge(row: Row) -> Merge:
    return Merge(**{name: value for name, value in row.items() if name != "record"}, text=row["record"])


def group_of(merges: Iterable[Merge], kind: str, ids: Collection[str]) -> list[Merge]:
    """The merges of every group that one of these records belongs to, in their order."""
    of_kind = [merge for merge in merges if merge.kind == kind]
    members = set(ids)
    while True:
        joined = [m for m in of_kind if m.kept_id in members or m.absorbed_id in members]
        grown = members.union(*((m.kept_id, m.absorbed_id) for m in joined))
        if grown == members:
            return joined
        members = grown


@dataclass(frozen=True)
class Origins:
    """Where what the merged records show came from, as the sources call them."""

    members: frozenset[tuple[str, str]] = frozenset()
    """(label, id) of every record of a group, kept ones included."""
    aliases: dict[str, str | None] = field(default_factory=dict)
    """Alias id to the record that it named before the merges; None for one that the merge itself made."""
    values: dict[tuple[str, str], dict[str, Any]] = field(default_factory=dict)
    """(label, id) to its own values of fields; None where what it shows was filled from another record."""


def origins(merges: Iterable[Merge]) -> Origins:
    """What merges that stand have joined, taken apart."""
    standing = [merge for merge in merges if merge.stands]
    aliases: dict[str, str | None] = {}
    values: dict[tuple[str, str], dict[str, Any]] = {}
    for merge in standing:
        record, kept, absorbed = merge.record, (merge.kind, merge.kept_id), (merge.kind, merge.absorbed_id)
        for part in record.parts:
            kind, _, alias_id = part.split("|", 2)
            if kind == "ALIAS_OF":
                aliases.setdefault(alias_id, merge.absorbed_id)
        if record.alias:
            aliases.setdefault(f"{merge.kind}|{merge.absorbed_id}", None)
        values[absorbed] = {**record.values, **values.get(absorbed, {})}
        values.setdefault(kept, {}).update(dict.fromkeys(record.filled))
    members = {(m.kind, one) for m in standing for one in (m.kept_id, m.absorbed_id)}
    return Origins(frozenset(members), aliases, values)
