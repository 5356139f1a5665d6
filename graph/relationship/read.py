"""Reading how we stand with an account and with its people, and how that came about."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from graph.clock import reading_moment
from graph.errors import NotFound
from graph.record.past import told_then
from graph.relationship.model import LevelStatement, Relationships, StanceStatement, Standing
from graph.service import GraphStore, Row


async def relationships(
    store: GraphStore,
    *,
    customer_id: str,
    now: datetime,
    as_of: datetime | None = None,
    viewer: str | None = None,
) -> Relationships:
    """What was stated by the moment, as the viewer may see it. Raises NotFound, AsOfAfterNow."""
    moment = reading_moment(as_of, now)
    asked = {"customer_id": customer_id, "as_of": moment.isoformat(), "viewer": viewer or ""}
    levels = await store.read("relationship.levels", **asked)
    if not levels:
        raise NotFound("Customer", customer_id)
    stances = await store.read("relationship.stances", **asked)
    if moment < now:
        levels = await _told(store, levels, [row["subject"] for row in levels], moment)
        stances = await _told(store, stances, [f"Contact:{row['contact_id']}" for row in stances], moment)
    return Relationships(
        customer_id=customer_id,
        as_of=moment,
        standings=tuple(_standings(levels, moment)),
        stances=tuple(_stances(stances, moment)),
    )


async def _told(store: GraphStore, rows: Sequence[Row], typed: Sequence[str], moment: datetime) -> list[Row]:
    """Rows about these typed ids, with the names that their records had at the moment."""
    named = [dict(zip(("kind", "record_id"), one.split(":", 1), strict=True)) for one in typed]
    return await told_then(store, [row | name for row, name in zip(rows, named, strict=True)], moment)


def _standings(rows: Iterable[Row], moment: datetime) -> Iterator[Standing]:
    stated: dict[str, list[LevelStatement]] = defaultdict(list)
    names: dict[str, str | None] = {}
    for row in rows:
        names[row["subject"]] = row["name"]
        stated[row["subject"]] += [_level(one, moment) for one in row["statements"]]
    for subject in sorted(stated, key=lambda one: (not one.startswith("Customer:"), one)):
        newest = sorted(stated[subject], key=lambda one: (one.until is None, one.since), reverse=True)
        if newest:
            yield Standing(subject, names[subject], tuple(newest))


def _level(one: Row, moment: datetime) -> LevelStatement:
    until = _past(one["until"], moment)
    return LevelStatement(one["current"], one["wanted"], one["since"], until, one["by"], one["why"])


def _stances(rows: Iterable[Row], moment: datetime) -> Iterator[StanceStatement]:
    every = sorted(rows, key=lambda row: (row["contact_id"], -row["since"].timestamp(), row["fact_id"]))
    for row in every:
        yield StanceStatement(
            contact_id=row["contact_id"],
            name=row["name"],
            about=row["about"],
            role=row["role"],
            stance=row["stance"],
            influence=row["influence"],
            basis=row["basis"],
            source=row["source"],
            since=row["since"],
            until=_past(row["until"], moment),
            dismissed_at=_past(row["dismissed_at"], moment),
        )


def _past(end: datetime | None, moment: datetime) -> datetime | None:
    """The end, if it had come by the moment."""
    return end if end is not None and end <= moment else None
