"""What users state of contacts: that they left or moved, and how they relate to each other."""

from datetime import datetime
from enum import Enum
from functools import partial

import strawberry

from graph.writing.job import Leaving, end_job
from graph.writing.relation import RelationWords, assert_relation, retract_relation
from graphql_api.context import Info, moment
from graphql_api.features.field import resolved
from graphql_api.features.written import WriteResult, written


@strawberry.input(description="A contact who does not work at the customer any more.")
class ContactLeftInput:
    """`leftAt`: now unless given; `version`: that of the contact's record as it was read."""

    key: strawberry.ID
    contact: strawberry.ID
    customer: strawberry.ID
    left_at: datetime | None = None
    version: str | None = None
    why: str | None = None


@strawberry.input(description="A contact who left the customer and works at another.")
class ContactMovedInput:
    """`leftAt`: now unless given; `title` and `department` are those of the new job."""

    key: strawberry.ID
    contact: strawberry.ID
    customer: strawberry.ID
    moved_to: strawberry.ID
    left_at: datetime | None = None
    title: str | None = None
    department: str | None = None
    version: str | None = None
    why: str | None = None


@strawberry.enum(description="How one contact relates to another.")
class RelationKind(Enum):
    """Values of `graph.writing.relation.RelationType`."""

    REPORTS_TO = "REPORTS_TO"
    INFLUENCES = "INFLUENCES"
    CONFLICTS_WITH = "CONFLICTS_WITH"
    REFERRED = "REFERRED"


@strawberry.input(
    description="How `contact` relates to `other`: reports to, influences, opposes, brought in."
)
class AssertRelationInput:
    """`strength` 0 to 1 is that of an influence."""

    key: strawberry.ID
    kind: RelationKind
    contact: strawberry.ID
    other: strawberry.ID
    strength: float | None = None
    why: str | None = None


@strawberry.input(description="Takes back what users stated of two contacts.")
class RetractRelationInput:
    """What records show or methods conclude stays."""

    key: strawberry.ID
    kind: RelationKind
    contact: strawberry.ID
    other: strawberry.ID
    why: str | None = None


@resolved(weight=60)
async def contact_left(info: Info, input: ContactLeftInput) -> WriteResult:
    """Say that a contact left a customer; answers as of an earlier day, when nobody knew, keep the job."""
    words = Leaving(input.contact, input.customer, moment(input.left_at, "leftAt"), version=input.version)

    return await written(info.context, input.key, input.why, partial(end_job, words=words))


@resolved(weight=60)
async def contact_moved(info: Info, input: ContactMovedInput) -> WriteResult:
    """Say that a contact left a customer and works at another one now."""
    words = Leaving(
        contact=input.contact,
        customer=input.customer,
        left_at=moment(input.left_at, "leftAt"),
        moved_to=input.moved_to,
        title=input.title,
        department=input.department,
        version=input.version,
    )

    return await written(info.context, input.key, input.why, partial(end_job, words=words))


@resolved(weight=60, name="assertRelation")
async def assert_relation_field(info: Info, input: AssertRelationInput) -> WriteResult:
    """Say how two contacts relate; a contact reports to one superior, so that a new one replaces the old."""
    words = RelationWords(input.kind.value, input.contact, input.other, input.strength)

    return await written(info.context, input.key, input.why, partial(assert_relation, words=words))


@resolved(weight=60, name="retractRelation")
async def retract_relation_field(info: Info, input: RetractRelationInput) -> WriteResult:
    """Take back what users stated of two contacts."""
    words = RelationWords(input.kind.value, input.contact, input.other)

    return await written(info.context, input.key, input.why, partial(retract_relation, words=words))
