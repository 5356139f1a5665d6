"""The way of an account with us."""

from datetime import datetime
from enum import Enum

import strawberry

from graph.journey import model as domain
from graph.journey.read import journey
from graphql_api.context import Info, moment
from graphql_api.execution.measure import costs
from graphql_api.execution.taken import shaped
from graphql_api.features.evidence import Evidence
from graphql_api.features.field import resolved


@strawberry.enum(description="Something that happened for the first time; of orders also the last one.")
class MilestoneKind(Enum):
    """Values of `graph.journey.model.MilestoneKind`."""

    FIRST_CONTACT = "first_contact"
    FIRST_MEETING = "first_meeting"
    FIRST_DEAL = "first_deal"
    FIRST_WON = "first_won"
    FIRST_LOST = "first_lost"
    FIRST_ORDER = "first_order"
    REPEAT_ORDER = "repeat_order"
    FIRST_TICKET = "first_ticket"
    LAST_ORDER = "last_order"


@strawberry.enum(
    description="What an account is to us: in contact; in a deal; a customer since an order or a won deal; a "
    "regular one since the second order; lapsed after a long silence."
)
class JourneyStageName(Enum):
    """Values of `graph.journey.model.StageName`."""

    CONTACT = "contact"
    DEAL = "deal"
    CUSTOMER = "customer"
    REGULAR = "regular"
    LAPSED = "lapsed"


@strawberry.type(description="A day that counts, and the record behind it.")
class Milestone:
    """`record` leads to it by `node`."""

    kind: MilestoneKind
    at: datetime
    record: Evidence

    @classmethod
    def of(cls, found: domain.Milestone) -> "Milestone":
        """From the domain's value."""
        return shaped(cls, found, kind=MilestoneKind(found.kind), record=Evidence.of(found.record))


@strawberry.type(
    description="A stage; `until` is null for the one that goes on. `peersMedian`: how many days it lasted "
    "at those of its `peers` that have left it."
)
class JourneyStage:
    """`days` lasted, or has lasted so far."""

    name: JourneyStageName
    since: datetime
    until: datetime | None
    days: float
    peers_median: float | None
    peers: int

    @classmethod
    def of(cls, found: domain.Stage) -> "JourneyStage":
        """From the domain's value."""
        return shaped(cls, found, name=JourneyStageName(found.name))


@strawberry.type(
    description="The way of an account with us; `comparedWith` is the segment or the industry of those it is "
    "compared with, null: any others."
)
class Journey:
    """As of a moment."""

    customer_id: strawberry.ID
    as_of: datetime
    milestones: list[Milestone] = strawberry.field(metadata=costs(many=9))
    stages: list[JourneyStage] = strawberry.field(metadata=costs(many=5))
    compared_with: str | None


@resolved(weight=60, name="journey")
async def journey_of(
    info: Info, account: strawberry.ID, as_of: datetime | None = None, segment: strawberry.ID | None = None
) -> Journey | None:
    """Milestones and stages, and how long each lasted beside others of the segment, else of the industry."""
    context = info.context
    found = await journey(
        context.store,
        customer_id=await context.resolve("Customer", account),
        now=await context.now(),
        as_of=moment(as_of),
        segment_id=segment,
        viewer=context.viewer,
    )
    return shaped(
        Journey,
        found,
        milestones=[Milestone.of(one) for one in found.milestones],
        stages=[JourneyStage.of(one) for one in found.stages],
    )
