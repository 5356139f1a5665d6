"""One measurement: taken, kept, and compared with the one before."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from time import perf_counter
from typing import Any

from graph import migrations
from graph.alert.playbook import Language
from graph.duckdb_limits import DuckDbLimits
from graph.history import History
from graph.quality import Changed, Measurement, measure
from graph.quality.keep import KEPT, before, changed, keep, measurements
from graph.quality.missing import MissingField, missing_fields, raise_alerts
from graph.service import run_sync
from graph.store import Store
from graph.weights.decide import waiting
from graph.weights.model import Proposal
from ingest.told import told
from relgraph.settings import Settings


@dataclass(frozen=True, slots=True)
class Quality:
    """A measurement with those before it, the newest first, and what is to be repaired."""

    newest: Measurement
    earlier: tuple[Measurement, ...]
    changes: tuple[Changed, ...]
    repairs: tuple[MissingField, ...]
    seconds: float
    """How long it took, with what was written."""
    waiting: Proposal | None = None
    """Weights that wait for somebody to adopt or reject them."""

    def as_dict(self) -> dict[str, Any]:
        """As plain values, for JSON."""
        return {
            "measurement_id": self.newest.measurement_id,
            "at": self.newest.at,
            "since": self.earlier[0].at if self.earlier else None,
            "seconds": self.seconds,
            "weights_waiting": self.waiting.version if self.waiting else None,
            "measures": [_told(one) for one in self.changes],
            "repairs": [
                {"alert_id": one.alert_id, "message": one.message, "severity": one.severity,
                 "since": one.since, "state": one.state, **one.place._asdict()}
                for one in self.repairs
            ],
        }  # fmt: skip


def _told(one: Changed) -> dict[str, Any]:
    move = one.change
    return one.measure.stored() | {
        "change": {"aspect": move[0], "by": round(move[1], 4)} if move else None,
        "before": {aspect: list(share) for aspect, share in one.before.shares.items()}
        if one.before
        else None,
    }


def measured(
    store: Store, history: History, settings: Settings, now: datetime, wall: datetime, language: Language,
    limits: DuckDbLimits,
) -> Quality:  # fmt: skip
    """Measure at `now`, keep it, and raise or close alerts. Raises StagingLocked while a load is running."""
    begun = perf_counter()
    loads = told(settings.home, migrations.state(store).database_id or "", limits)
    last = run_sync(store, measurements, now, 1)
    doubles = list(_doubles(store, now))
    measures = measure(history.connection, now, doubles, loads, last[0].measures if last else ())
    newest = keep(store, measures, now, wall)
    raise_alerts(store, measures, loads, now)
    found = run_sync(store, measurements, now, KEPT)
    earlier = tuple(one for one in found if one.measurement_id != newest.measurement_id)
    repairs = run_sync(store, missing_fields, language)
    changes = changed(newest, before(found, newest))
    seconds = round(perf_counter() - begun, 2)
    return Quality(newest, earlier, changes, repairs, seconds, run_sync(store, waiting))


def _doubles(store: Store, now: datetime) -> Iterator[tuple[str, str]]:
    for row in store.read("quality.doubles", now=now.isoformat()):
        yield row["label"], row["one"]
        yield row["label"], row["other"]
