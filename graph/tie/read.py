"""Ties as of a past day, and the measuring stick that today's ties were made with."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

import orjson

from graph.service import GraphStore, Row
from graph.tie import fold
from graph.tie.calibrate import HALF_LIFE_WITHOUT_DATA, SCALE_WITHOUT_DATA
from graph.tie.model import Calibration, Participation, Tie


async def last_calibration(store: GraphStore) -> Calibration:
    """The half-life, scale and shape of the last derive; the ones without data where none has run."""
    rows = await store.read("derive.last")
    if not rows:
        return Calibration(HALF_LIFE_WITHOUT_DATA, SCALE_WITHOUT_DATA)
    report = orjson.loads(rows[0]["report"])
    return Calibration(report["half_life_days"], report["scale"], report.get("shape", 1.0))


async def ties_as_of(
    store: GraphStore, contact_ids: Sequence[str], as_of: datetime, calibration: Calibration
) -> tuple[Tie, ...]:
    """Ties of these contacts as of a day, recomputed from what had happened by then."""
    rows = await store.read("tie.of_contacts", contact_ids=sorted(contact_ids), as_of=as_of.isoformat())
    if not rows:
        return ()
    ties = fold.ties(fold.pairs(fold.frame(participations(rows))), as_of, calibration)
    wanted = set(contact_ids)
    return tuple(tie for tie in ties if tie.end_kind == "Contact" and {tie.start_id, tie.end_id} & wanted)


def participations(rows: Iterable[Row]) -> Iterator[Participation]:
    """Rows of the participation queries (one per interaction) as values."""
    for row in rows:
        moment = datetime.fromisoformat(row["at"])
        for kind, person, part in row["people"]:
            yield Participation(row["interaction_id"], moment, row["channel"], kind, person, part)
