"""Where derived figures come from: rule or model and version, parameters, day, run, and records."""

from collections.abc import Mapping
from datetime import datetime
from enum import Enum
from typing import Self

import strawberry

from graph.figure.inputs import figure_inputs
from graph.figure.model import Figure, FigureName
from graph.figure.read import figures
from graphql_api.access.grant import Grant, Place
from graphql_api.context import Info, moment
from graphql_api.execution.measure import costs
from graphql_api.execution.taken import shaped
from graphql_api.features.enums import Locale
from graphql_api.features.evidence import Evidence
from graphql_api.features.field import resolved
from graphql_api.features.page_info import PageInfo
from graphql_api.features.record import RecordValue, check_kind


@strawberry.enum(
    description="A figure that is derived: of a customer those up to FORECAST, of a contact the others."
)
class FigureKind(Enum):
    """Values of `graph.figure.model.FigureName`."""

    PROFILE = "profile"
    HEALTH = "health"
    CHURN_RISK = "churn_risk"
    TAG = "tag"
    SEGMENT = "segment"
    RECOMMENDATION = "recommendation"
    FORECAST = "forecast"
    TIE = "tie"
    ROLE = "role"
    SUPERIOR = "superior"


@strawberry.enum(description="What made a figure: a rule, a model, or a person.")
class MadeBy(Enum):
    """Values of `graph.figure.model.By`."""

    RULE = "rule"
    MODEL = "model"
    PERSON = "person"


TOLD_IN: Mapping[FigureName, Place] = {
    "health": ("Customer", "health"),
    "churn_risk": ("Customer", "churnRisk"),
    "tag": ("Customer", "tags"),
    "segment": ("Customer", "segments"),
    "recommendation": ("Customer", "recommendations"),
    "forecast": ("Query", "forecasts"),
    "tie": ("Customer", "decisionChain"),
    "role": ("Customer", "decisionChain"),
    "superior": ("Customer", "decisionChain"),
}
"""The field that tells the figure: whom that is refused is not told where it comes from."""
REASONS_IN: Mapping[FigureName, Place] = {
    "churn_risk": ("ChurnRisk", "reasons"), "forecast": ("Forecast", "reasons"), "tag": ("Tag", "reason"),
    "segment": ("Segment", "reason"),
}  # fmt: skip
"""The field that tells why: without it neither the values of the rule nor the records are told."""
_MONEY = ("CustomerProfile", "valueOfYear")
_PROFILE = ("Customer", "profile")


@strawberry.type(description="A page of records that a figure rests on; ids lead to them by `node`.")
class FigureInputs:
    """Newest first, or in the order of the reasons that name them."""

    nodes: list[Evidence] = strawberry.field(metadata=costs(many=1))
    page_info: PageInfo


@strawberry.type(
    description="A figure and where it comes from. `about`: what it is of besides, such as the tag, product, "
    "score or colleague; `madeBy`, `method` and `version`: the rule or model, `methodRecord` where it is a "
    "record; `asOf`: the day that it speaks of; `run`: what left it; `parameters`: the numbers that it took."
)
class Derivation:
    """Of a list, `values` holds the entries in one text each, and `value` is null."""

    kind: FigureKind
    part: str | None
    value: RecordValue | None
    values: list[str] | None
    about: Evidence | None
    made_by: MadeBy
    method: str
    method_record: Evidence | None
    version: str | None
    as_of: datetime
    run: Evidence | None
    parameters: list[RecordValue] = strawberry.field(metadata=costs(many=8))
    found: strawberry.Private[Figure]

    @classmethod
    def of(cls, found: Figure, grant: Grant) -> Self:
        """From the domain's value, as far as the grant goes."""
        name = found.part or found.kind
        return shaped(
            cls,
            found,
            kind=FigureKind(found.kind),
            value=None if found.value is None else RecordValue.of(name, found.value),
            values=None if found.values is None else list(found.values),
            about=_evidence(found.about),
            made_by=MadeBy(found.by),
            method_record=_evidence(found.record),
            run=_evidence(found.run),
            parameters=[RecordValue.of(*one) for one in found.parameters if _told_why(found, grant)],
            found=found,
        )

    @resolved()
    def text(self, locale: Locale = Locale.EN) -> str:
        """How it was made, as a sentence."""
        return self.found.text(locale.value)

    @resolved(weight=4)
    async def inputs(self, info: Info, first: int = 20, after: str | None = None) -> FigureInputs | None:
        """The records that it rests on, those that the role is told of."""
        grant = info.context.grant
        if not _told_why(self.found, grant):
            return FigureInputs(nodes=[], page_info=PageInfo(has_next_page=False, end_cursor=None))
        found, follows = await figure_inputs(
            info.context.store,
            self.found,
            first=first,
            after=after,
            viewer=info.context.viewer,
            hidden=grant.kinds,
        )
        return FigureInputs(
            nodes=Evidence.all_of(found),
            page_info=PageInfo(has_next_page=follows is not None, end_cursor=follows),
        )


@resolved(weight=15, many=40, name="derivations")
async def derivations(
    info: Info, of: strawberry.ID, kinds: list[FigureKind] | None = None, as_of: datetime | None = None
) -> list[Derivation] | None:
    """Where figures of `Customer:id` or `Contact:id` come from: rules, models, parameters, records."""
    context = info.context
    check_kind(context, of)
    found = await figures(
        context.store,
        typed_id=of,
        now=await context.now(),
        as_of=moment(as_of),
        viewer=context.viewer,
        kinds=[one.value for one in (FigureKind if kinds is None else kinds)],
    )
    return [Derivation.of(one, context.grant) for one in found if _told(one, context.grant)]


def _told(figure: Figure, grant: Grant) -> bool:
    """Whether the role is told the figure elsewhere."""
    if figure.kind == "profile":
        return not grant.refuses(*_PROFILE) and not grant.refuses("CustomerProfile", figure.part or "")
    return not grant.refuses(*TOLD_IN[figure.kind]) and not (
        figure.kind == "forecast" and figure.part in ("next-order", "value") and grant.refuses(*_MONEY)
    )


def _told_why(figure: Figure, grant: Grant) -> bool:
    place = REASONS_IN.get(figure.kind)
    return place is None or not grant.refuses(*place)


def _evidence(typed_id: str | None) -> Evidence | None:
    return None if typed_id is None else Evidence.of(typed_id)
