"""Asserting a role: what it takes, every way it can end, and how it is written."""

from typing import Annotated

import strawberry

from graph import assertion
from graph.assertion import AssertionRefused, NotAtCustomer, RoleAssertion
from graph.errors import NotFound
from graphql_api.config import wall_clock
from graphql_api.context import Context, Info
from graphql_api.features.decision_chain import DecisionChain
from graphql_api.features.enums import DecisionRole
from graphql_api.features.field import resolved


@strawberry.input(
    description="A contact's part in a decision: exactly one of `opportunity` and `customer` is given."
)
class AssertRoleInput:
    """Ids of any kind; `stance` −2 (against us) to +2 (for us), `influence` 0 to 1."""

    contact: strawberry.ID
    role: DecisionRole
    opportunity: strawberry.ID | None = None
    customer: strawberry.ID | None = None
    stance: int | None = None
    influence: float | None = None


@strawberry.interface(description="Why nothing was written, for the user who asked.")
class Problem:
    """Shared by all refusals."""

    message: str


@strawberry.type(description="The fact is written; `chain` is the decision chain as it now stands.")
class AssertRoleSuccess:
    """Effective at once."""

    chain: DecisionChain


@strawberry.type(description="No contact answers to that id.")
class ContactNotFound(Problem):
    """Nothing was written."""


@strawberry.type(description="No opportunity or customer answers to that id.")
class TargetNotFound(Problem):
    """Nothing was written."""


@strawberry.type(description="The contact does not work at the customer that the role is about.")
class NotAtThisCustomer(Problem):
    """Nothing was written."""


@strawberry.type(
    description="A value is out of range, or both or neither of opportunity and customer were given."
)
class InvalidInput(Problem):
    """Nothing was written."""


@strawberry.type(description="This token may not state facts.")
class Forbidden(Problem):
    """Nothing was written."""


Refusal = ContactNotFound | TargetNotFound | NotAtThisCustomer | InvalidInput | Forbidden
AssertRoleResult = Annotated[AssertRoleSuccess | Refusal, strawberry.union("AssertRoleResult")]


@resolved(weight=50)
async def assert_role(info: Info, input: AssertRoleInput) -> AssertRoleResult:
    """Say who plays which part in a decision; replaces what was asserted of that person there before."""
    return await _asserted(info.context, input)


async def _asserted(context: Context, given: AssertRoleInput) -> AssertRoleSuccess | Refusal:
    """Write the role in the viewer's name; the chain as it then stands, or why nothing was written."""
    if not context.identity.may_assert:
        return Forbidden(message="this token only reads; ask for one of role `editor`")
    if context.viewer is None:
        return Forbidden(
            message="this token belongs to no employee, and a statement needs somebody who makes it"
        )
    try:
        stated = await _stated(context, context.viewer, given)
        now = await context.now()
        chain = await assertion.assert_role(context.store, stated, now=now, loaded_at=wall_clock())
        return AssertRoleSuccess(chain=DecisionChain.of(chain))
    except NotFound as error:
        return _not_found(error)
    except NotAtCustomer as error:
        return NotAtThisCustomer(message=str(error))
    except AssertionRefused as error:
        return InvalidInput(message=str(error))


async def _stated(context: Context, employee_id: str, given: AssertRoleInput) -> RoleAssertion:
    return RoleAssertion(
        employee_id=employee_id,
        contact_id=await context.resolve("Contact", given.contact),
        role=given.role.value,
        stance=given.stance,
        influence=given.influence,
        opportunity_id=await _resolved(context, "Opportunity", given.opportunity),
        customer_id=await _resolved(context, "Customer", given.customer),
    )


async def _resolved(context: Context, label: str, asked: str | None) -> str | None:
    return None if asked is None else await context.resolve(label, asked)


def _not_found(error: NotFound) -> Refusal:
    if error.label == "Contact":
        return ContactNotFound(message=str(error))
    if error.label == "Employee":
        return Forbidden(
            message="the employee of this token is not in the graph; create a token for one who is"
        )
    return TargetNotFound(message=str(error))
