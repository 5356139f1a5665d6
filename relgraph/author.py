"""Whoever writes by a command: an employee, under a key of the command's own."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING
from uuid import uuid4

if TYPE_CHECKING:
    from graph.store import Store
    from graph.writing import Author


def author_named(
    store: "Store", employee: str, reason: str | None = None, now: datetime | None = None
) -> "Author":
    """The author of this id, of any kind; now: default the company's. Raises NotFound."""
    from graph.clock import data_now  # noqa: PLC0415 - the graph is read by those commands alone that need it
    from graph.resolve_id import resolve  # noqa: PLC0415
    from graph.service import run_sync  # noqa: PLC0415
    from graph.writing import Author  # noqa: PLC0415

    employee_id = run_sync(store, resolve, "Employee", employee)
    return Author(employee_id, uuid4().hex, now or run_sync(store, data_now), datetime.now(UTC), reason)
