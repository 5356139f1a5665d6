"""The viewer."""

from graphql_api.context import Context
from graphql_api.types.people import Employee
from graphql_api.types.viewer import Viewer


async def viewer(context: Context) -> Viewer:
    """Who asks."""
    employee = await _employee(context)
    identity = context.identity
    return Viewer(
        employee=employee,
        name=employee.name if employee else None,
        role=identity.role,
        may_assert=identity.may_assert,
        token_expires_at=identity.expires_at,
    )


async def _employee(context: Context) -> Employee | None:
    if context.viewer is None:
        return None
    rows = await context.store.read("employee.by_id", employee_id=context.viewer)
    found = rows[0]["employee"] if rows else None
    if found is None:
        return None
    return Employee(**found)
