"""Which records are one: merges that can be undone, and what people have decided about pairs."""

from typing import ClassVar, Literal

from graph.model.base import Instant, Node


class Merge(Node):
    """One record taken into another; it can be undone exactly."""

    label: ClassVar[str] = "Merge"
    key: ClassVar[str] = "merge_id"

    merge_id: str
    kind: str
    """`Customer` or `Contact`."""
    kept_id: str
    absorbed_id: str
    place: int
    """Its place among all merges: what was merged later is undone first."""
    state: Literal["merged", "suspended", "undone"]
    """`suspended`: undone for as long as a load writes what the sources say of the records apart."""
    at: Instant
    actor: str
    reason: str | None = None
    probability: float | None = None
    """Of linking; null where a person decided."""
    record: str
    """The absorbed record, and what of its edges and values went where (see `graph.merge.record`)."""


class Verdict(Node):
    """A person's decision about two records: linking never says otherwise."""

    label: ClassVar[str] = "Verdict"
    key: ClassVar[str] = "verdict_id"

    verdict_id: str
    """`kind|one_id|other_id`, the ids in their order."""
    kind: str
    one_id: str
    other_id: str
    judgement: Literal["same", "apart"]
    at: Instant
    actor: str
    reason: str | None = None
