"""Warm paths."""

from collections.abc import Sequence

from graph.decision_chain.model import DecisionChain
from graph.errors import UsageError
from graph.warm_path.find import decision_makers, warm_paths
from graphql_api.context import Context
from graphql_api.resolvers.decision_chain import of_customer
from graphql_api.types.enums import DecisionRole
from graphql_api.types.warm_path import WarmPath


async def to_role(
    context: Context, customer_id: str, role: DecisionRole, start: str | None, first: int
) -> list[WarmPath]:
    """Paths to whoever holds the role in the customer's decision chain; none where nobody does."""
    found = await of_customer(context, customer_id)
    return await _paths(context, _holders(found, role), start, first)


async def to_contact(context: Context, contact: str, start: str | None, first: int) -> list[WarmPath]:
    """Paths to one contact, by any of its ids."""
    return await _paths(context, [await context.resolve("Contact", contact)], start, first)


async def _paths(
    context: Context, contact_ids: Sequence[str], start: str | None, first: int
) -> list[WarmPath]:
    found = await warm_paths(
        context.store,
        employee_id=await _starting(context, start),
        contact_ids=contact_ids,
        now=await context.now(),
        first=first,
        viewer=context.viewer,
    )
    return [WarmPath.of(path) for path in found]


def _holders(found: DecisionChain, role: DecisionRole) -> tuple[str, ...]:
    if role is DecisionRole.DECISION_MAKER:
        return decision_makers(found)
    members = found.members
    return tuple(member.contact_id for member in members if role.value in (member.role, *member.other_roles))


async def _starting(context: Context, start: str | None) -> str:
    if start is not None:
        return await context.resolve("Employee", start)
    if context.viewer is None:
        raise UsageError("this token belongs to no employee; say `from` whom the introduction shall come")
    return context.viewer
