"""Reads where figures come from, as a viewer may see it."""

from collections.abc import Collection, Mapping
from datetime import datetime

import orjson

from graph.clock import reading_moment
from graph.errors import NotFound, UsageError
from graph.figure.model import MOST, Figure, FigureName, Inputs
from graph.figure.of_contact import OF_CONTACT, of_contact
from graph.figure.of_customer import of_parts
from graph.figure.rule import rules
from graph.forecast import Forecast, forecasts
from graph.moment import in_utc
from graph.profile.parts import PartName
from graph.profile.read import Profile, ProfileRequest, profiles
from graph.resolve_id import resolve
from graph.service import GraphStore

OF_CUSTOMER: Mapping[FigureName, PartName] = {
    "profile": "figures", "health": "health", "churn_risk": "risk", "tag": "tags", "segment": "segments",
    "recommendation": "suggestions",
}  # fmt: skip
"""Figures of a customer that are parts of its profile."""
ALL: frozenset[FigureName] = frozenset({*OF_CUSTOMER, *OF_CONTACT, "forecast"})


class NoFigures(UsageError):
    """The id is that of no customer or contact."""

    def __init__(self, asked: str) -> None:
        super().__init__(f"{asked[:60]!r} has no figures: write Customer:id or Contact:id")


async def figures(
    store: GraphStore,
    *,
    typed_id: str,
    now: datetime,
    as_of: datetime | None = None,
    viewer: str | None = None,
    kinds: Collection[FigureName] = ALL,
) -> list[Figure]:
    """The figures of `Customer:id` or `Contact:id`, of these kinds, as they stood at `as_of`.

    Of a past day none that are kept for today alone: those of the profile, forecasts and ties. Raises
    NoFigures, AsOfAfterNow, NotFound.
    """
    label, _, asked = typed_id.partition(":")
    moment = reading_moment(as_of, now)
    if label == "Customer":
        return await _of_customer(store, asked, moment, now, viewer, kinds)
    if label == "Contact":
        return await of_contact(store, asked, moment, now, viewer, kinds)
    raise NoFigures(typed_id)


async def _of_customer(
    store: GraphStore,
    asked: str,
    moment: datetime,
    now: datetime,
    viewer: str | None,
    kinds: Collection[FigureName],
) -> list[Figure]:
    parts = frozenset({"company", *(OF_CUSTOMER[kind] for kind in OF_CUSTOMER if kind in kinds)})
    request = ProfileRequest(now, parts=parts, as_of=moment, viewer=viewer, suggestions=MOST)
    found = await _profile(store, asked, request)
    derived = await _last_derive(store)
    figures = list(of_parts(found, derived))
    if "forecast" in kinds and moment == now:
        figures += await _forecasts(store, f"Customer:{found.customer_id}", now, viewer)
    return figures


async def _profile(store: GraphStore, asked: str, request: ProfileRequest) -> Profile:
    found = await profiles(store, customer_ids=[asked], request=request)
    if not found:
        found = await profiles(store, customer_ids=[await resolve(store, "Customer", asked)], request=request)
    for one in found.values():
        return one
    raise NotFound("Customer", asked)


async def _last_derive(store: GraphStore) -> datetime | None:
    """As of which moment the profiles were derived; None before the first derive."""
    rows = await store.read("derive.last")
    return in_utc(datetime.fromisoformat(orjson.loads(rows[0]["report"])["now"])) if rows else None


async def _forecasts(store: GraphStore, of: str, now: datetime, viewer: str | None) -> list[Figure]:
    rule = rules("others")["forecast"]
    return [
        Figure(
            of=of,
            kind="forecast",
            part=one.task,
            value=one.value,
            by="model",
            method=one.task,
            record=f"Model:{one.model_id}",
            version=one.model_id,
            as_of=one.as_of,
            parameters=(
                ("horizon_days", one.horizon_days), ("unit", one.unit), ("scored_at", one.scored_at),
            ),
            inputs=Inputs(named=_named(one)),
            rule=rule,
            filled={"horizon_days": one.horizon_days},
        )
        for one in await forecasts(store, [of], now=now, viewer=viewer)
    ]  # fmt: skip


def _named(one: Forecast) -> tuple[str, ...]:
    """Typed ids of the records that its reasons name, each once."""
    return tuple(dict.fromkeys(f"{named.kind}:{named.id}" for why in one.reasons for named in why.evidence))
