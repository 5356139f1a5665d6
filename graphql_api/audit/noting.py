"""Notes what a request told, with who asked, by which document and why."""

from collections.abc import Callable
from datetime import datetime
from typing import Literal

from graphql_api.audit.journal import Trail
from graphql_api.audit.line import Reading
from graphql_api.execution.asking import Asking
from graphql_api.security import Identity

PURPOSE = "X-Relgraph-Purpose"
"""The header that says why somebody asks."""
Via = Literal["graphql", "socket", "widget"]


class Noting:
    """Into one trail, by one clock."""

    def __init__(self, trail: Trail, clock: Callable[[], datetime]) -> None:
        self._trail = trail
        self._clock = clock

    def note(
        self, identity: Identity, asking: Asking, via: Via, purpose: str | None, field: str | None = None
    ) -> None:
        """Note whom the answer told of, if anybody. field: what was asked, where that is no document."""
        if not asking.subjects:
            return
        self._trail.note(
            Reading(
                at=self._clock(), token_id=identity.token_id, role=identity.role,
                employee_id=identity.employee_id, via=via, field=field or asking.root_field,
                operation=asking.document_name,
                document=asking.document.digest if asking.document else None,
                purpose=purpose, subjects=frozenset(asking.subjects),
            )
        )  # fmt: skip
