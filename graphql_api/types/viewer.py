"""Whoever holds the token."""

from datetime import datetime

import strawberry

from graphql_api.types.people import Employee


@strawberry.type(description="Whoever holds the token; `employee` is null for a service.")
class Viewer:
    """`role` is that of the token: reader, editor or admin."""

    employee: Employee | None
    name: str | None
    role: str
    may_assert: bool
    token_expires_at: datetime
