"""Who belongs to a viewer's team, and thus sees what is marked as the team's."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

Read = Callable[[str, Mapping[str, Any]], Awaitable[list[dict[str, Any]]]]
"""Rows of a named read query with these parameters."""


async def team_of(read: Read, viewer: str) -> list[str]:
    """Ids of the employees with the viewer's value of `Employee.team`, the viewer among them.

    Empty for a service, which is nobody (`""`), for unknown employees and for those without a team.
    """
    if not viewer:
        return []
    return [row["employee_id"] for row in await read("employee.team", {"viewer": viewer})]
