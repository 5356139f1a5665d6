"""What people stated, as the change log keeps it: who, what, when and why."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime

from graph.moment import in_utc
from graph.service import GraphStore

EARLIEST = datetime(1900, 1, 1, tzinfo=UTC)
AUTHOR = "user:"
"""How the actor of a statement begins; the employee's id follows."""


@dataclass(frozen=True, slots=True)
class Statement:
    """One write of an employee: its kind, such as `write.assert_role`, the records and the reason given."""

    change_id: str
    kind: str
    employee_id: str
    entity_ids: tuple[str, ...]
    reason: str | None
    at: datetime
    """When it was written, by the wall clock."""


async def statements(
    store: GraphStore,
    *,
    employees: Collection[str] | None = None,
    about: Collection[str] | None = None,
    since: datetime | None = None,
    limit: int = 1_000,
) -> list[Statement]:
    """The newest statements: of any of these employees, about any of these typed ids; None: of all."""
    rows = await store.read(
        "feed.statements",
        since=(since or EARLIEST).isoformat(),
        actors=None if employees is None else [f"{AUTHOR}{one}" for one in employees],
        typed_ids=None if about is None else list(about),
        limit=limit,
    )
    return [
        Statement(
            row["change_id"], row["kind"], row["actor"].removeprefix(AUTHOR), tuple(row["entity_ids"] or ()),
            row["reason"], in_utc(row["at"]),
        )
        for row in rows
    ]  # fmt: skip
