"""Figures of a person: ties with us, parts in decisions and the superior, where they are inferred."""

from collections.abc import Collection, Iterator, Mapping
from datetime import datetime
from typing import Any

import orjson

from graph.errors import NotFound
from graph.figure.model import MOST, Figure, FigureName, Inputs
from graph.figure.rule import rules
from graph.record.model import Value
from graph.resolve_id import resolve
from graph.service import GraphStore, Row

OF_CONTACT: Mapping[FigureName, str] = {"tie": "ties", "role": "roles", "superior": "superiors"}


async def of_contact(
    store: GraphStore,
    asked: str,
    moment: datetime,
    now: datetime,
    viewer: str | None,
    kinds: Collection[FigureName],
) -> list[Figure]:
    async def read(contact_id: str) -> list[Row]:
        return await store.read(
            "figure.inferred", id=contact_id, as_of=moment.isoformat(), viewer=viewer or "", most=MOST
        )

    contact_id, rows = asked, await read(asked)
    if not rows:
        contact_id = await resolve(store, "Contact", asked)
        rows = await read(contact_id)
    if not rows:
        raise NotFound("Contact", asked)
    stood = await _calibration(store, moment)
    told = [kind for kind in OF_CONTACT if kind in kinds and (kind != "tie" or moment == now)]
    of = f"Contact:{contact_id}"
    return [_inferred(of, kind, one, moment, stood) for kind in told for one in rows[0][OF_CONTACT[kind]]]


async def _calibration(store: GraphStore, moment: datetime) -> Mapping[str, Any]:
    """The parameters that stood at the moment; empty before the first derive."""
    rows = await store.read("derive.parameters", as_of=moment.isoformat())
    return orjson.loads(rows[0]["report"]) if rows else {}


def _inferred(of: str, kind: FigureName, row: Row, moment: datetime, stood: Mapping[str, Any]) -> Figure:
    version = stood.get("version")
    return Figure(
        of=of,
        kind=kind,
        value=row["value"],
        about=row["about"],
        by="rule",
        method=row["method"] or kind,
        record=None if version is None else f"Run:calibration:{version:06}",
        version=None if version is None else str(version),
        as_of=moment if kind == "tie" else row["valid_from"],
        run="Run:derive" if kind == "tie" else None,
        parameters=tuple(_parameters_of(kind, row, stood)),
        inputs=Inputs(named=tuple(row["evidence"] or ())),
        rule=rules("others")[kind],
        filled={"half_life_days": round(row.get("half_life_days") or 0, 1)},
    )


def _parameters_of(kind: FigureName, row: Row, stood: Mapping[str, Any]) -> Iterator[tuple[str, Value]]:
    if kind == "tie":
        yield "half_life_days", row["half_life_days"]
        yield from ((name, stood[name]) for name in ("scale", "shape") if name in stood)
        yield from ((name, row[name]) for name in ("derived_at", "raw", "interactions"))
    else:
        yield "confidence", row["confidence"]
    if row.get("decision_power") is not None:
        yield "decision_power", row["decision_power"]
    yield "evidence_count", row["evidence_count"] or 0
