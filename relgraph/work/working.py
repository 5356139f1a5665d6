"""A round in work: what its steps share, and what is told of it in the graph."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import datetime
from typing import Any
from uuid import uuid4

import duckdb
import orjson

from graph import migrations
from graph.duckdb_limits import DuckDbLimits
from graph.errors import RelgraphError
from graph.store import Store, StoreError
from graph.work.standing import Word, keep_word
from ingest.clock.choose import ExportedInFuture
from ingest.errors import (
    ColumnMissing,
    RemovalsNotAccepted,
    SourceUnreadable,
    StagingForeign,
    StagingLocked,
)
from relgraph.settings import Settings
from relgraph.work.job import Job, Round
from relgraph.work.state import WorkState, keep_state, read_state

REFUSED = (SourceUnreadable, ColumnMissing, RemovalsNotAccepted)
"""What is wrong with the files themselves; anything else may pass by itself."""
NOTHING_LOADED = (*REFUSED, StagingLocked, StagingForeign, ExportedInFuture)
"""What a load raises before it writes anything."""


class Working:
    """A round in work. What it did is kept in the graph when it begins to do something, and at its end."""

    def __init__(
        self, store: Store, settings: Settings, job: Job, wall: Callable[[], datetime], limits: DuckDbLimits
    ) -> None:
        self.store, self.settings, self.job, self.wall, self.limits = store, settings, job, wall, limits
        self.home = settings.home
        self.began = wall()
        self.round = Round(f"work-{self.began:%Y%m%dT%H%M%S}-{uuid4().hex[:6]}", self.began.isoformat())
        self.state = self._read_state()
        self.recorded = False

    def _read_state(self) -> WorkState:
        """What is kept; nothing of it where the graph has lost its newest load, as one restored has."""
        state = read_state(self.home, migrations.check(self.store).database_id or "")
        if state.last_run is not None and self.store.one("ingest.run", run_id=state.last_run) is None:
            return WorkState(database_id=state.database_id)
        return state

    def keep(self, **changed: Any) -> None:
        """Remember these changes of the state, for later rounds too."""
        self.state = keep_state(self.home, self.state, **changed)

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        """A step whose failure leaves the others alone; the loss of the engine ends the round."""
        try:
            yield
        except StoreError:
            raise
        except (RelgraphError, OSError, duckdb.Error, sqlite3.Error) as error:
            self.round.failed[name] = str(error)

    def begin(self) -> None:
        """Say that something is being done, before it is."""
        if not self.recorded:
            self.recorded = True
            keep_word(self.store, Word("working", self.wall(), self.job.interval_s))
            self._record("running")

    @contextmanager
    def loading(self) -> Iterator[None]:
        """A load, after which is derived, unless nothing was loaded."""
        unfinished, unlinked = self.state.unfinished, self.state.unlinked
        self.begin()
        self.keep(unfinished=True, unlinked=True)
        try:
            yield
        except NOTHING_LOADED:
            self.keep(unfinished=unfinished, unlinked=unlinked)
            raise

    def end(self) -> None:
        """Tell what the round did, and what did not work."""
        self.round.seconds = round((self.wall() - self.began).total_seconds(), 3)
        self.round.failed |= self.state.failed
        failed = tuple(f"{name.partition('|')[0]}: {said}" for name, said in self.round.failed.items())
        if self.recorded:
            self._record("failed" if failed else "done")
        keep_word(self.store, Word("looking", self.wall(), self.job.interval_s, failed))

    def _record(self, status: str) -> None:
        props = {
            "kind": "work", "started_at": self.round.started_at, "status": status,
            "report": orjson.dumps(asdict(self.round)).decode(),
        }  # fmt: skip
        if status != "running":
            props["finished_at"] = self.wall().isoformat()
        self.store.upsert_nodes("Run", [{"id": self.round.run_id, "props": props}])


def counts(run_id: str, totals: dict[str, int]) -> dict[str, Any]:
    """A load as a round tells it. totals: of its report."""
    counted = {name: totals[name] for name in ("read", "loaded", "unchanged", "quarantined")}
    return {"run_id": run_id, **counted}
