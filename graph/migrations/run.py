"""Bring a graph to this program's schema version, and refuse one that does not fit."""

import uuid
from dataclasses import dataclass
from datetime import UTC, datetime

from graph.migrations.steps import STEPS, Step
from graph.store import SchemaNewer, SchemaOutdated, Store

LATEST = STEPS[-1].version
"""The schema version that this program reads and writes."""


@dataclass(frozen=True, slots=True)
class SchemaState:
    """What the graph says about itself; both None in an empty one."""

    version: int | None
    database_id: str | None


@dataclass(frozen=True, slots=True)
class MigrationReport:
    """What a migration did; `applied` is empty where nothing was to do."""

    from_version: int | None
    to_version: int
    applied: tuple[str, ...]
    database_id: str


def state(store: Store) -> SchemaState:
    """The graph's schema version and identity."""
    row = store.one("schema.version") or {}
    return SchemaState(row.get("version"), row.get("database_id"))


def migrate(store: Store, now: datetime | None = None) -> MigrationReport:
    """Apply the steps this graph lacks; running it again does nothing. Raises SchemaNewer.

    A step that was interrupted is run again as a whole: every step is idempotent.
    """
    before = state(store)
    _refuse_newer(before)
    at = (now or datetime.now(UTC)).isoformat()
    missing = [step for step in STEPS if step.version > (before.version or 0)]
    for step in missing:
        step.apply(store)
        store.write("schema.record", version=step.version, title=step.title, at=at)
    identity = store.write("schema.identify", database_id=str(uuid.uuid4()), at=at).rows[0]["database_id"]
    return MigrationReport(before.version, LATEST, tuple(map(_shown, missing)), identity)


def check(store: Store) -> SchemaState:
    """The state of a graph that fits this program; raises SchemaOutdated or SchemaNewer."""
    current = state(store)
    _refuse_newer(current)
    if current.version is None or current.version < LATEST:
        raise SchemaOutdated(
            f"the graph has schema version {current.version or 0}, this program needs {LATEST};"
            " run `relgraph migrate`"
        )
    return current


def _refuse_newer(current: SchemaState) -> None:
    if current.version is not None and current.version > LATEST:
        raise SchemaNewer(
            f"the graph has schema version {current.version}, this program knows {LATEST};"
            " install a newer relgraph"
        )


def _shown(step: Step) -> str:
    return f"{step.version}: {step.title}"
