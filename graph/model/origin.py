"""Origin and change: source rows, former ids, consent purposes, outbox, inbox and runs."""

from typing import ClassVar

from graph.model.base import Instant, Node


class SourceRecord(Node):
    """One version of one mutable source row; `values` is the mapped row as JSON text."""

    label: ClassVar[str] = "SourceRecord"
    key: ClassVar[str] = "record_id"

    record_id: str
    """Source, dataset, row key and row hash, joined by `:`."""
    source: str
    dataset: str
    source_key: str
    row_hash: str
    known_from: Instant
    known_to: Instant | None = None
    run_id: str
    values: str


class Alias(Node):
    """Another id of an entity: a retired id, or `source:key`; merged ids redirect here for ever."""

    label: ClassVar[str] = "Alias"
    key: ClassVar[str] = "alias_id"

    alias_id: str
    """`Label|source:key` or `Label|retired id`."""


class Purpose(Node):
    """A purpose of processing that a person can consent to, such as `marketing`."""

    label: ClassVar[str] = "Purpose"
    key: ClassVar[str] = "purpose_id"

    purpose_id: str


class Change(Node):
    """One write transaction, for subscribers, caches and incremental derive (an outbox)."""

    label: ClassVar[str] = "Change"
    key: ClassVar[str] = "change_id"

    change_id: str
    at: Instant
    run_id: str | None = None
    actor: str
    kind: str
    """What was done, such as `load.Customer` or `write.log_interaction`."""
    entity_ids: tuple[str, ...] = ()
    """Typed ids touched, such as `Customer:17`; empty for a bulk batch, where `count` says how many."""
    count: int = 0
    reason: str | None = None
    """Why, in the words of whoever did it."""
    touched: str | None = None
    """The ids of a bulk batch, compressed: see `graph.history.touched`."""
    request: str | None = None
    """Digest of what a user stated: the same key with other words is refused."""
    loaded_at: Instant | None = None
    """When it was written, by the wall clock; `at` is the company's now."""


class InboxEvent(Node):
    """A command appended by the API for what needs ingest or learning."""

    label: ClassVar[str] = "InboxEvent"
    key: ClassVar[str] = "event_id"

    event_id: str
    """The source and the sender's id of the event."""
    kind: str
    at: Instant
    """When it happened."""
    actor: str
    """The source that tells of it."""
    payload: str
    """The event as JSON text (see `graph.inbox.event`)."""
    state: str = "waiting"
    """`waiting`, until a load has taken it: `loaded` or `quarantined`."""
    reason: str | None = None
    """Why it is in quarantine."""
    received_at: Instant | None = None
    place: int = 0
    """Its place among the events that came with it."""
    receipt: str | None = None
    """The request that brought it."""
    run_id: str | None = None
    """The load that has taken it."""
    done_at: Instant | None = None


class Run(Node):
    """One ingest run with its report as JSON text."""

    label: ClassVar[str] = "Run"
    key: ClassVar[str] = "run_id"

    run_id: str
    kind: str
    started_at: Instant
    finished_at: Instant | None = None
    status: str
    report: str | None = None
