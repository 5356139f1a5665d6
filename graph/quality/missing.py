"""Alerts where a field that a source keeps is missing too often; each names the repair.

They concern the data as a whole and no customer, so they stand apart from the alerts of accounts.
"""

import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson

from graph.alert.decide import Decision, decide, decide_standing
from graph.alert.model import STATES
from graph.alert.playbook import Language, Play, message, play, title
from graph.batches import batches
from graph.quality.model import EVERY, Measure, Place, Share, Told
from graph.quality.rules import MISSING_PERCENT
from graph.service import GraphStore
from graph.store import Store
from graph.writing import Author, Outcome

KIND, METHOD = "field_missing", "quality-1"
BATCH, MOST = 1000, 1000


@dataclass(frozen=True, slots=True)
class MissingField:
    """An alert that stands; texts are in one language."""

    alert_id: str
    title: str
    message: str
    severity: str
    since: datetime
    place: Place
    state: str
    state_by: str | None
    state_reason: str | None
    play: Play


def raise_alerts(store: Store, measures: Iterable[Measure], told: Told, now: datetime) -> int:
    """Make the open alerts hold exactly what is missing; returns how many stand.

    One that goes on keeps its id, the day since which it stands, and what somebody decided about it.
    """
    standing = {_place(row["alert"]["figures"]): row["alert"] for row in _standing(store)}
    rows = [_row(one, told, standing.get(one.place), now) for one in _missing(measures, told)]
    kept = {row["alert_id"] for row in rows}
    over = sorted(alert["alert_id"] for alert in standing.values() if alert["alert_id"] not in kept)
    for batch in batches(rows, BATCH):
        store.write("quality.put_alerts", rows=batch)
    for ended in batches(over, BATCH):
        store.write("alert.close", alert_ids=ended, now=now.isoformat())
    return len(rows)


async def missing_fields(
    store: GraphStore, language: Language = "en", states: Collection[str] = ("open", "acknowledged")
) -> tuple[MissingField, ...]:
    """The alerts that stand in these states, the longest standing first."""
    rows = await store.read("quality.alerts", kind=KIND, limit=MOST)
    found = (_alert(row["alert"], language) for row in rows)
    return tuple(
        sorted((one for one in found if one.state in states), key=lambda one: (one.since, one.place))
    )


async def decide_any(store: GraphStore, author: Author, decision: Decision) -> Outcome:
    """As `graph.alert.decide.decide`, of an alert about an account or about the data."""
    if decision.alert_id in {one.alert_id for one in await missing_fields(store, states=STATES)}:
        return await decide_standing(store, author, decision)
    return await decide(store, author, decision)


def _missing(measures: Iterable[Measure], told: Told) -> Iterator[Measure]:
    """Of the sources, not of all together: a source can be repaired.

    A field that no column states, where columns of the source are known, was read out of another one.
    """
    known = {place.source for place in told.origins}
    for one in measures:
        if one.place.source in known and one.place not in told.origins:
            continue
        complete = one.shares.get("completeness")
        if one.expected and one.place.source != EVERY and complete and _is_missing(complete):
            yield one


def _is_missing(complete: Share) -> bool:
    return 100 * (complete.whole - complete.part) > MISSING_PERCENT * complete.whole


def _standing(store: Store) -> Iterable[Mapping[str, Any]]:
    return store.read("quality.alerts", kind=KIND, limit=MOST)


def _row(one: Measure, told: Told, standing: Mapping[str, Any] | None, now: datetime) -> dict[str, Any]:
    figures = _figures(one, told)
    since = (now if standing is None else standing["valid_from"]).isoformat()
    key = "|".join((METHOD, one.place.source, one.place.label, one.place.field or "", since))
    props = {
        "kind": KIND,
        "method": METHOD,
        "severity": "warning" if figures["share"] < 50 else "critical",
        "message": message(KIND, figures),
        "figures": orjson.dumps(figures, option=orjson.OPT_SORT_KEYS).decode(),
    }
    alert_id = hashlib.sha256(key.encode()).hexdigest()[:24] if standing is None else standing["alert_id"]
    return {"alert_id": alert_id, "since": since, "props": props}


def _figures(one: Measure, told: Told) -> dict[str, Any]:
    complete, origin = one.shares["completeness"], told.origins.get(one.place)
    missing = complete.whole - complete.part
    figures: dict[str, Any] = {
        **one.place._asdict(), "missing": missing, "records": complete.whole,
        "share": round(100 * missing / complete.whole), "form": "unmapped" if origin is None else "other",
    }  # fmt: skip
    return figures if origin is None else figures | {"column": ", ".join(origin.columns), "file": origin.file}


def _place(figures: str) -> Place:
    told = orjson.loads(figures)
    return Place(told["source"], told["label"], told["field"])


def _alert(row: Mapping[str, Any], language: Language) -> MissingField:
    return MissingField(
        alert_id=row["alert_id"],
        title=title(KIND, language),
        message=message(KIND, orjson.loads(row["figures"]), language),
        severity=row["severity"],
        since=row["valid_from"],
        place=_place(row["figures"]),
        state=row["state"] or "open",
        state_by=row["state_by"],
        state_reason=row["state_reason"],
        play=play(KIND, language),
    )
