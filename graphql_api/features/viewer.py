"""Whoever holds the token."""

from datetime import datetime

import strawberry

from graphql_api.context import Context, Info
from graphql_api.features.field import resolved
from graphql_api.features.people import Employee


@strawberry.type(description="Whoever holds the token; `employee` is null for a service.")
class Viewer:
    """`role` is that of the token: reader, editor or admin."""

    employee: Employee | None
    name: str | None
    role: str
    may_assert: bool
    token_expires_at: datetime


@resolved(weight=1)
async def viewer(info: Info) -> Viewer | None:
    """Whoever holds the token."""
    context = info.context
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
