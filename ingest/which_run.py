"""Which run this is."""

from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import uuid4

from graph import migrations
from graph.store import Store


@dataclass(frozen=True, slots=True)
class Run:
    """Which run this is: its id, the graph it speaks to and when it began."""

    id: str
    database_id: str
    began: datetime


def new_run_id(began: datetime) -> str:
    """Sorts by the moment when the run began; no other run has it."""
    return f"{began.astimezone(UTC):%Y%m%dT%H%M%S}-{uuid4().hex[:6]}"


def database_id_of(store: Store) -> str:
    """The identity of the graph."""
    return migrations.check(store).database_id or ""
