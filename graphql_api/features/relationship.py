"""How we stand with an account and its people, now and before."""

from datetime import datetime
from enum import Enum
from functools import partial

import strawberry

from graph.relationship import model as domain
from graph.relationship.read import relationships
from graph.writing.level import LevelWords, state_level
from graphql_api.context import Info, moment
from graphql_api.execution.measure import costs
from graphql_api.execution.taken import shaped
from graphql_api.features.enums import Basis, DecisionRole
from graphql_api.features.evidence import Evidence
from graphql_api.features.field import resolved
from graphql_api.features.written import WriteResult, written


@strawberry.enum(
    description="How close we are, rising: nobody talks; we know each other; we work together; they "
    "confide in us; they share their plans."
)
class RelationshipLevel(Enum):
    """Values of `graph.model.Level`."""

    NONE = "none"
    CONTACT = "contact"
    WORKING = "working"
    TRUSTED = "trusted"
    PARTNER = "partner"


@strawberry.type(description="What an employee judged; `until` is null for what holds.")
class LevelStatement:
    """`by` is the employee's id."""

    current: RelationshipLevel | None
    wanted: RelationshipLevel | None
    since: datetime
    until: datetime | None
    by: strawberry.ID
    why: str | None

    @classmethod
    def of(cls, one: domain.LevelStatement) -> "LevelStatement":
        """From the domain's value."""
        return shaped(cls, one, current=_level(one.current), wanted=_level(one.wanted))


@strawberry.type(description="How we stand with an account or one of its contacts, the newest first.")
class Standing:
    """`subject` leads to the record by `node`."""

    subject: Evidence
    name: str | None
    history: list[LevelStatement] = strawberry.field(metadata=costs(many=5))

    @classmethod
    def of(cls, one: domain.Standing) -> "Standing":
        """From the domain's value."""
        history = [LevelStatement.of(each) for each in one.history]
        return cls(subject=Evidence.of(one.subject), name=one.name, history=history)


@strawberry.type(description="A contact's part in a decision for a time; `about` is the deal or the account.")
class StanceStatement:
    """`stance` −2 (against us) to +2 (for us), `influence` 0 to 1."""

    contact_id: strawberry.ID
    name: str | None
    about: Evidence
    role: DecisionRole
    stance: int | None
    influence: float | None
    basis: Basis
    source: str
    since: datetime
    until: datetime | None
    dismissed_at: datetime | None

    @classmethod
    def of(cls, one: domain.StanceStatement) -> "StanceStatement":
        """From the domain's value."""
        return shaped(
            cls, one, about=Evidence.of(one.about), role=DecisionRole(one.role), basis=Basis(one.basis)
        )


@strawberry.type(description="Levels and stances of an account, as of a moment.")
class Relationships:
    """The account's own level first; stances by contact."""

    customer_id: strawberry.ID
    as_of: datetime
    standings: list[Standing] = strawberry.field(metadata=costs(many=20))
    stances: list[StanceStatement] = strawberry.field(metadata=costs(many=30))


@strawberry.input(
    description="How we stand, from now on: one of `customer` and `contact`, and at least one level."
)
class SetRelationshipLevelInput:
    """A level that is not said stays as it was."""

    key: strawberry.ID
    customer: strawberry.ID | None = None
    contact: strawberry.ID | None = None
    current: RelationshipLevel | None = None
    wanted: RelationshipLevel | None = None
    why: str | None = None


@resolved(weight=20, name="relationships")
async def relationships_of(
    info: Info, account: strawberry.ID, as_of: datetime | None = None
) -> Relationships | None:
    """How we stand with an account and its people, and how each came to stand to us."""
    context = info.context
    found = await relationships(
        context.store,
        customer_id=await context.resolve("Customer", account),
        now=await context.now(),
        as_of=moment(as_of),
        viewer=context.viewer,
    )
    return shaped(
        Relationships,
        found,
        standings=[Standing.of(one) for one in found.standings],
        stances=[StanceStatement.of(one) for one in found.stances],
    )


@resolved(weight=50)
async def set_relationship_level(info: Info, input: SetRelationshipLevelInput) -> WriteResult:
    """Say how we stand with a customer or a contact, and how we want to stand."""
    words = LevelWords(input.customer, input.contact, _named(input.current), _named(input.wanted))
    return await written(info.context, input.key, input.why, partial(state_level, words=words))


def _level(level: str | None) -> RelationshipLevel | None:
    return None if level is None else RelationshipLevel(level)


def _named(level: RelationshipLevel | None) -> str | None:
    return None if level is None else level.value
