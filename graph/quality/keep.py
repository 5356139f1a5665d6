"""Measurements are kept in the graph, one node each, so that a later one shows what has changed."""

import hashlib
from collections.abc import Iterable, Sequence
from datetime import datetime

import orjson

from graph.quality.model import Changed, Measure, Measurement, of_stored
from graph.service import GraphStore
from graph.store import Store

KEPT = 13
"""Measurements that are shown: of a year where there is one a month."""


def keep(store: Store, measures: Iterable[Measure], at: datetime, measured_at: datetime) -> Measurement:
    """Keep what was measured; at: the company's now. The same measures of the same moment are kept once."""
    made = tuple(measures)
    told = orjson.dumps([one.stored() for one in made], option=orjson.OPT_SORT_KEYS).decode()
    digest = hashlib.sha256(f"{at.isoformat()}|{told}".encode()).hexdigest()[:12]
    measurement = Measurement(f"quality:{at:%Y-%m-%d}:{digest}", at, measured_at, made)
    props = {"at": at.isoformat(), "measured_at": measured_at.isoformat(), "measures": told}
    store.upsert_nodes("QualityMeasurement", [{"id": measurement.measurement_id, "props": props}])
    return measurement


async def measurements(store: GraphStore, now: datetime, first: int = KEPT) -> tuple[Measurement, ...]:
    """The newest measurements up to `now`, the newest first."""
    rows = await store.read("quality.measurements", now=now.isoformat(), limit=first)
    return tuple(
        Measurement(
            row["measurement_id"], row["at"], row["measured_at"],
            tuple(of_stored(one) for one in orjson.loads(row["measures"])),
        )
        for row in rows
    )  # fmt: skip


def changed(newest: Measurement, before: Measurement | None) -> tuple[Changed, ...]:
    """Each measure beside the one of the same place before."""
    earlier = {one.place: one for one in before.measures} if before else {}
    return tuple(Changed(one, earlier.get(one.place)) for one in newest.measures)


def before(found: Sequence[Measurement], measurement: Measurement) -> Measurement | None:
    """The last of these that is another measurement."""
    return next((one for one in found if one.measurement_id != measurement.measurement_id), None)
