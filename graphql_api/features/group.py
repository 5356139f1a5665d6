"""The group tree of an account."""

from datetime import datetime
from enum import Enum

import strawberry

from graph.group import model as domain
from graph.group.read import group
from graphql_api.context import Info, moment
from graphql_api.execution.measure import costs
from graphql_api.execution.taken import shaped
from graphql_api.features.enums import Basis, DecisionRole
from graphql_api.features.field import all_shaped, resolved


@strawberry.enum(
    description="What a company of the group is to the account: PARENT at any distance above it."
)
class GroupRelation(Enum):
    """Values of `graph.group.model.Relation`."""

    SELF = "self"
    PARENT = "parent"
    SUBSIDIARY = "subsidiary"
    SISTER = "sister"
    RELATIVE = "relative"


@strawberry.enum(description="How a company that is no part of the group is connected with the account.")
class ConnectionKind(Enum):
    """Values of `graph.group.model.Connected.kind`."""

    PARTNER = "partner"
    REFERRER = "referrer"
    REFERRED = "referred"


@strawberry.type(description="One of us who is responsible for a part of the group.")
class GroupOwner:
    """Who, and of which team."""

    employee_id: strawberry.ID
    name: str | None
    team: str | None


@strawberry.type(
    description="Somebody who decides at a company of the group, for it or on one of its open deals."
)
class GroupDecider:
    """The best-founded of their roles."""

    contact_id: strawberry.ID
    name: str | None
    title: str | None
    role: DecisionRole
    basis: Basis
    confidence: float

    @classmethod
    def of(cls, found: domain.GroupDecider) -> "GroupDecider":
        """From the domain's value."""
        return shaped(cls, found, role=DecisionRole(found.role), basis=Basis(found.basis))


@strawberry.type(
    description="What says that a company is a part of its parent: a source, a person, or names and numbers."
)
class ParentLink:
    """`method` of an inferred one, such as `branch:name`."""

    basis: Basis
    confidence: float
    method: str | None

    @classmethod
    def of(cls, found: domain.ParentLink | None) -> "ParentLink | None":
        """From the domain's value."""
        return shaped(cls, found, basis=Basis(found.basis)) if found else None


@strawberry.type(
    description="A company of the group; `level` is 0 for the head. Of one outside of the viewer's rows "
    "there are its name and owners alone; `openDeals` is null."
)
class GroupCompany:
    """Each stands before its subsidiaries."""

    customer_id: strawberry.ID
    name: str | None
    parent_id: strawberry.ID | None
    parent_link: ParentLink | None
    level: int
    relation: GroupRelation
    owners: list[GroupOwner] = strawberry.field(metadata=costs(many=2))
    deciders: list[GroupDecider] = strawberry.field(metadata=costs(many=3))
    open_deals: int | None

    @classmethod
    def of(cls, found: domain.GroupCompany) -> "GroupCompany":
        """From the domain's value."""
        return shaped(
            cls,
            found,
            relation=GroupRelation(found.relation),
            parent_link=ParentLink.of(found.parent_link),
            owners=all_shaped(GroupOwner, found.owners),
            deciders=[GroupDecider.of(one) for one in found.deciders],
        )


@strawberry.type(description="A partner of the account, or a company of which one brought the other in.")
class ConnectedCompany:
    """No part of the group."""

    kind: ConnectionKind
    customer_id: strawberry.ID
    name: str | None
    since: datetime


@strawberry.type(
    description="The group that an account belongs to. `shared`: who of us owns another part of it and not "
    "the account; `whole`: false where it has more companies than are read."
)
class GroupTree:
    """An account without a group is its only company."""

    customer_id: strawberry.ID
    as_of: datetime
    companies: list[GroupCompany] = strawberry.field(metadata=costs(many=20))
    connected: list[ConnectedCompany] = strawberry.field(metadata=costs(many=10))
    shared: list[GroupOwner] = strawberry.field(metadata=costs(many=5))
    whole: bool


@resolved(weight=20)
async def group_tree(info: Info, account: strawberry.ID, as_of: datetime | None = None) -> GroupTree | None:
    """Parent, subsidiaries and sisters of an account, who decides there, who of us owns a part; partners."""
    context = info.context
    found = await group(
        context.store,
        customer_id=await context.resolve("Customer", account),
        now=await context.now(),
        as_of=moment(as_of),
        viewer=context.viewer,
    )
    return shaped(
        GroupTree,
        found,
        companies=[GroupCompany.of(one) for one in found.companies],
        connected=[shaped(ConnectedCompany, one, kind=ConnectionKind(one.kind)) for one in found.connected],
        shared=all_shaped(GroupOwner, found.shared),
    )
