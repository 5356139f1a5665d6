"""Ties as of a past day."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from cypher import template
from graph.model import Contact
from graph.model.base import Node
from graph.service import GraphStore, Row
from graph.tie import fold
from graph.tie.model import Calibration, Participation, Tie


async def ties_as_of(
    store: GraphStore, contact_ids: Sequence[str], as_of: datetime, calibration: Calibration
) -> tuple[Tie, ...]:
    """Ties of these contacts as of a day, recomputed from what had happened by then."""
    met = await interactions_of(store, Contact, contact_ids, as_of)
    return ties_of(met, contact_ids, as_of, calibration)


async def interactions_of(
    store: GraphStore, kind: type[Node], ids: Sequence[str], as_of: datetime
) -> list[Row]:
    """The interactions of these people up to the day that everybody may see, with all who took part."""
    query = template("tie.of_people").render(label=kind.label, key=kind.key)
    return await store.read(query, ids=sorted(ids), as_of=as_of.isoformat()) if ids else []


def ties_of(
    rows: Sequence[Row], contact_ids: Sequence[str], as_of: datetime, calibration: Calibration
) -> tuple[Tie, ...]:
    """Ties of these contacts from the rows of their interactions."""
    if not rows:
        return ()
    ties = fold.ties(fold.pairs(fold.frame(participations(rows))), as_of, calibration)
    wanted = set(contact_ids)
    return tuple(tie for tie in ties if tie.end_kind == "Contact" and {tie.start_id, tie.end_id} & wanted)


def participations(rows: Iterable[Row]) -> Iterator[Participation]:
    """Rows of the participation queries (one per interaction) as values."""
    for row in rows:
        moment = datetime.fromisoformat(row["at"])
        for kind, person, part, *_ in row["people"]:
            yield Participation(row["interaction_id"], moment, row["channel"], kind, person, part)
