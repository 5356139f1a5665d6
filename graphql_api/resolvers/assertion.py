"""What users state."""

from graph import assertion
from graph.assertion import AssertionRefused, NotAtCustomer, RoleAssertion
from graph.errors import NotFound
from graphql_api.context import Context
from graphql_api.types.assertion import (
    AssertRoleInput,
    AssertRoleSuccess,
    ContactNotFound,
    Forbidden,
    InvalidInput,
    NotAtThisCustomer,
    Refusal,
    TargetNotFound,
)
from graphql_api.types.decision_chain import DecisionChain


async def assert_role(context: Context, given: AssertRoleInput) -> AssertRoleSuccess | Refusal:
    """Write the role in the viewer's name; the chain as it then stands, or why nothing was written."""
    if not context.identity.may_assert:
        return Forbidden(message="this token only reads; ask for one of role `editor`")
    if context.viewer is None:
        return Forbidden(
            message="this token belongs to no employee, and a statement needs somebody who makes it"
        )
    try:
        stated = await _stated(context, context.viewer, given)
        chain = await assertion.assert_role(context.store, stated, await context.now())
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
