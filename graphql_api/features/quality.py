"""The quality of the data as last measured: shares per source, label and field, and what to repair."""

from datetime import datetime
from itertools import islice
from typing import Self

import strawberry

from graph.keyset import page_size
from graph.quality.keep import before, changed, measurements
from graph.quality.missing import MissingField, missing_fields
from graph.quality.model import Changed, Share
from graphql_api.context import Info
from graphql_api.execution.taken import shaped
from graphql_api.features.alert import Play
from graphql_api.features.enums import AlertSeverity, AlertState, Locale, QualityAspect
from graphql_api.features.field import resolved

NEWEST = 2
"""Measurements that are read: the newest, and the one that it is compared with."""


@strawberry.type(description="`part` of `whole` records; `value` is the share, 0 to 1.")
class QualityShare:
    """How many of how many."""

    part: int
    whole: int
    value: float

    @classmethod
    def of(cls, share: Share | None) -> "QualityShare | None":
        """From the domain's value."""
        return None if share is None else cls(part=share.part, whole=share.whole, value=share.value)


@strawberry.type(
    description="What is measured of a field of a label (or of a type of link) in a source. Without "
    "`source` it is of all sources together, without `field` of the records as such. A share that cannot "
    "be told is null. `expected`: at least half of the records state the field, or did before. `change`: "
    "by how much `changeOf` has moved since the measurement before; null where nothing has."
)
class QualityMeasure:
    """Shares by aspect."""

    source: str | None
    label: str
    field: str | None
    records: int
    expected: bool
    completeness: QualityShare | None
    validity: QualityShare | None
    uniqueness: QualityShare | None
    freshness: QualityShare | None
    consistency: QualityShare | None
    change_of: QualityAspect | None
    change: float | None

    @classmethod
    def of(cls, found: Changed) -> Self:
        """From the domain's value."""
        place, shares = found.measure.place, found.measure.shares
        aspect, by = found.change or (None, None)
        return cls(
            source=place.source or None,
            label=place.label,
            field=place.field,
            records=found.measure.records,
            expected=found.measure.expected,
            completeness=QualityShare.of(shares.get("completeness")),
            validity=QualityShare.of(shares.get("validity")),
            uniqueness=QualityShare.of(shares.get("uniqueness")),
            freshness=QualityShare.of(shares.get("freshness")),
            consistency=QualityShare.of(shares.get("consistency")),
            change_of=QualityAspect(aspect) if aspect else None,
            change=by,
        )


@strawberry.type(
    description="A field that a source keeps is missing in more than 5% of its records; `message` names the "
    "repair. It concerns no account, so it does not stand among `alerts`."
)
class DataAlert:
    """Texts are in the language that was asked for."""

    alert_id: strawberry.ID
    title: str
    message: str
    severity: AlertSeverity
    since: datetime
    source: str
    label: str
    field: str | None
    state: AlertState
    play: Play

    @classmethod
    def of(cls, found: MissingField) -> Self:
        """From the domain's value."""
        return shaped(
            cls,
            found,
            severity=AlertSeverity(found.severity),
            state=AlertState(found.state),
            play=Play.of(found.play),
            **found.place._asdict(),
        )


@strawberry.type(
    description="The newest measurement, as of the company's now `at`; `since` is the one before. It tells "
    "no value of any record."
)
class Quality:
    """Of all data together."""

    found: strawberry.Private[tuple[Changed, ...]]
    at: datetime
    since: datetime | None

    @resolved()
    def measures(
        self, first: int = 50, label: str | None = None, source: str | None = None
    ) -> list[QualityMeasure]:
        """The worst first, those of fields that are not expected last; of all, or of a label or source."""
        wanted = (
            one for one in self.found
            if label in (None, one.measure.place.label) and source in (None, one.measure.place.source)
        )  # fmt: skip
        return [QualityMeasure.of(one) for one in islice(wanted, page_size(first, "measures"))]

    @resolved(weight=10)
    async def alerts(self, info: Info, first: int = 20, locale: Locale = Locale.EN) -> list[DataAlert] | None:
        """What is to be repaired, the longest standing first."""
        found = await missing_fields(info.context.store, locale.value)
        return [DataAlert.of(one) for one in found[: page_size(first, "alerts")]]


@resolved(weight=20, name="quality")
async def quality_field(info: Info) -> Quality | None:
    """How good the data are; null where nothing was measured yet, or the token does not see all rows."""
    measured = await measurements(info.context.store, await info.context.now(), NEWEST)
    if not measured:
        return None
    earlier = before(measured, measured[0])
    return Quality(
        found=changed(measured[0], earlier), at=measured[0].at, since=earlier.at if earlier else None
    )
