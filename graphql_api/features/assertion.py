"""Asserting and retracting a role: what it takes, every way it can end, and how it is written."""

from dataclasses import replace
from typing import Annotated

import strawberry

from graph import assertion
from graph.assertion import RoleAssertion
from graph.errors import NotFound
from graph.service import GraphStore
from graph.writing import Author, Outcome, WriteRefused
from graphql_api.config import wall_clock
from graphql_api.context import Context, Info
from graphql_api.features.decision_chain import DecisionChain
from graphql_api.features.enums import DecisionRole
from graphql_api.features.field import resolved
from graphql_api.features.written import WriteResult, forbidden, refusal, written
from graphql_api.problem import (
    ContactNotFound,
    Forbidden,
    InvalidInput,
    KeyAlreadyUsed,
    NotAtThisCustomer,
    TargetNotFound,
    VersionConflict,
)


@strawberry.input(
    description="A contact's part in a decision: exactly one of `opportunity` and `customer` is given."
)
class AssertRoleInput:
    """Ids of any kind; `stance` −2 (against us) to +2 (for us), `influence` 0 to 1; `key` of the client."""

    contact: strawberry.ID
    role: DecisionRole
    opportunity: strawberry.ID | None = None
    customer: strawberry.ID | None = None
    stance: int | None = None
    influence: float | None = None
    key: strawberry.ID | None = None
    why: str | None = None


@strawberry.input(
    description="Where a contact stands, in the role that they have there: exactly one of `opportunity` and "
    "`customer` is given."
)
class AssertStanceInput:
    """`stance` −2 (against us) to +2 (for us), `influence` 0 to 1."""

    key: strawberry.ID
    contact: strawberry.ID
    stance: int
    opportunity: strawberry.ID | None = None
    customer: strawberry.ID | None = None
    influence: float | None = None
    why: str | None = None


@strawberry.input(
    description="Takes back what users stated of a contact's role and stance: exactly one of `opportunity` "
    "and `customer` is given."
)
class RetractRoleInput:
    """What records show or methods conclude counts again."""

    key: strawberry.ID
    contact: strawberry.ID
    opportunity: strawberry.ID | None = None
    customer: strawberry.ID | None = None
    why: str | None = None


@strawberry.type(description="The fact is written; `chain` is the decision chain as it now stands.")
class AssertRoleSuccess:
    """Effective at once."""

    chain: DecisionChain


Refusal = (
    ContactNotFound
    | TargetNotFound
    | NotAtThisCustomer
    | InvalidInput
    | Forbidden
    | KeyAlreadyUsed
    | VersionConflict
)
AssertRoleResult = Annotated[AssertRoleSuccess | Refusal, strawberry.union("AssertRoleResult")]


@resolved(weight=50)
async def assert_role(info: Info, input: AssertRoleInput) -> AssertRoleResult:
    """Say who plays which part in a decision; replaces what was asserted of that person there before."""
    role = RoleAssertion(
        employee_id=info.context.viewer or "",
        contact_id=input.contact,
        role=input.role.value,
        stance=input.stance,
        influence=input.influence,
        opportunity_id=input.opportunity,
        customer_id=input.customer,
    )
    return await _asserted(info.context, role, input.key, input.why)


@resolved(weight=50)
async def assert_stance(info: Info, input: AssertStanceInput) -> AssertRoleResult:
    """Say how a contact stands to us, in the role that they have there already."""
    stance = RoleAssertion(
        employee_id=info.context.viewer or "",
        contact_id=input.contact,
        role=None,
        stance=input.stance,
        influence=input.influence,
        opportunity_id=input.opportunity,
        customer_id=input.customer,
    )
    return await _asserted(info.context, stance, input.key, input.why)


@resolved(weight=50)
async def retract_role(info: Info, input: RetractRoleInput) -> WriteResult:
    """Take back what users stated of a contact's role and stance."""
    given = RoleAssertion(
        "", input.contact, None, opportunity_id=input.opportunity, customer_id=input.customer
    )

    async def perform(store: GraphStore, author: Author) -> Outcome:
        whose = replace(given, employee_id=author.employee_id)
        return (await assertion.retract_role(store, author, whose)).outcome

    return await written(info.context, input.key, input.why, perform)


async def _asserted(
    context: Context, role: RoleAssertion, key: str | None, why: str | None
) -> AssertRoleSuccess | Refusal:
    """Write the role in the viewer's name; the chain as it then stands, or why nothing was written."""
    if (no := forbidden(context)) is not None:
        return no
    now = await context.now()
    try:
        chain = await assertion.assert_role(
            context.store, role, now=now, loaded_at=wall_clock(), key=key, reason=why
        )
        return AssertRoleSuccess(chain=DecisionChain.of(chain))
    except NotFound as error:
        return _not_found(error)
    except WriteRefused as error:
        return refusal(error)


def _not_found(error: NotFound) -> Refusal:
    if error.label == "Contact":
        return ContactNotFound(message=str(error))
    if error.label == "Employee":
        return Forbidden(
            message="the employee of this token is not in the graph; create a token for one who is"
        )
    return TargetNotFound(message=str(error))
