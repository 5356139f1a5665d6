"""Calibrations: versioned runs that say how ties are measured and how signs of a superior are weighed.

The newest stands until the data have drifted from it: once interactions or stated reporting lines are a
quarter more than when it was last looked at, the measure is taken anew, and where it differs by more than a
tenth (or there are so many more stated lines to count) it becomes the next version, by which all is derived
again.
"""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

import duckdb
import orjson

from graph.derive.scope import EVERYBODY
from graph.moment import in_utc, naive
from graph.parameters import Parameters, from_json
from graph.sql import statement
from graph.sql.run import first
from graph.store import Store
from graph.tie import pairs
from graph.tie.model import Calibration

GROWTH = 1.25
"""So many times the extent of the last look: time to look again."""
DRIFT = 0.1
"""Relative difference of half-life, scale or shape from which a measure counts as another."""
STATE = "derive"
"""The `Run` node that says what the last derive left."""


@dataclass(frozen=True, slots=True)
class Extent:
    """How much there was to measure."""

    interactions: int
    lines: int
    """Stated reporting lines."""

    def grown(self, since: "Extent") -> bool:
        """Whether it is time to look again."""
        return self.interactions > GROWTH * since.interactions or self.more_lines(since)

    def more_lines(self, since: "Extent") -> bool:
        """Whether there are so many more stated lines that signs are to be counted again."""
        return self.lines > GROWTH * since.lines


@dataclass(frozen=True, slots=True)
class Version:
    """One calibration; `parameters.weights` are those it counted."""

    number: int
    parameters: Parameters


@dataclass(frozen=True, slots=True)
class LastDerive:
    """What the last derive left: its now, position in the change log, calibration, and extent looked at."""

    now: datetime
    position: int
    calibration: int
    extent: Extent
    finished: bool
    ends_ahead: int | None = None
    """Customers that stand and have no profile, as their end is stated already; None: it was not counted."""


def extent(connection: duckdb.DuckDBPyConnection, now: datetime) -> Extent:
    """How much there is to measure; `tie_groups` must stand."""
    found = first(connection, statement("calibration.extent", now=naive(now)))
    return Extent(*found) if found else Extent(0, 0)


def measured(connection: duckdb.DuckDBPyConnection, now: datetime) -> Calibration:
    """The measure of ties that the meetings of all call for."""
    pairs.meet(connection, EVERYBODY)
    return pairs.measure(connection, now)


def drifted(one: Calibration, other: Calibration) -> bool:
    """Whether two measures differ by more than a tenth."""
    values = zip(asdict(one).values(), asdict(other).values(), strict=True)
    return any(abs(a - b) > DRIFT * max(a, b) for a, b in values)


def standing_version(store: Store) -> Version | None:
    """The newest calibration; None before the first."""
    row = store.one("derive.standing_calibration")
    if row is None:
        return None
    return Version(orjson.loads(row["report"])["version"], from_json(row["report"]))


def keep_version(store: Store, version: Version, now: datetime) -> None:
    """Keep a calibration, dated: reading as of a past day needs what stood then (`graph.parameters`)."""
    report = orjson.loads(version.parameters.to_json()) | {"version": version.number}
    keep_run(store, f"calibration:{version.number:06}", "calibration", now, report, "done")


def last_derive(store: Store) -> LastDerive | None:
    """What the last derive left; None before the first."""
    row = store.one("derive.last")
    if row is None:
        return None
    report = orjson.loads(row["report"])
    return LastDerive(
        now=in_utc(datetime.fromisoformat(report["now"])),
        position=report["position"],
        calibration=report["calibration"],
        extent=Extent(**report["extent"]),
        finished=row["status"] == "done",
        ends_ahead=report.get("ends_ahead"),
    )


def keep_derive(store: Store, left: LastDerive) -> None:
    """Note what a derive leaves, or, not finished, that one is at work: after that all is derived again."""
    report = {
        "now": left.now.isoformat(),
        "position": left.position,
        "calibration": left.calibration,
        "extent": asdict(left.extent),
        "ends_ahead": left.ends_ahead,
    }
    keep_run(store, STATE, "derive", left.now, report, "done" if left.finished else "running")


def keep_run(
    store: Store, run_id: str, kind: str, now: datetime, report: dict[str, Any], status: str
) -> None:
    props = {
        "kind": kind,
        "status": status,
        "started_at": now.isoformat(),
        "finished_at": now.isoformat(),
        "report": orjson.dumps(report).decode(),
    }
    store.upsert_nodes("Run", [{"id": run_id, "props": props}])
