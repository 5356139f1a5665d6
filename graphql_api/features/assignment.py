"""Who looks after tickets, leads and alerts by a rule, and why."""

from datetime import datetime

import strawberry

from graph.assignment import read as domain
from graph.assignment.read import assignments
from graphql_api.context import Info, moment
from graphql_api.execution.taken import shaped
from graphql_api.features.enums import Locale
from graphql_api.features.field import resolved
from graphql_api.features.people import Employee


@strawberry.type(
    description="Who of us was given a record by a rule, since when and why; whom people or sources name is "
    "its `owner`, and then no rule gives it to anybody."
)
class Assignment:
    """`record` leads to it by `node`; `queue` is the one that the rule names."""

    record: strawberry.ID
    employee: Employee
    rule_id: strawberry.ID
    rule_version: int
    queue: str | None
    since: datetime
    reason: str

    @classmethod
    def of(cls, one: domain.Assignment) -> "Assignment":
        """From the domain's value."""
        return shaped(cls, one, employee=Employee(**one.employee))


@resolved(weight=20, many=100, name="assignments")
async def assignments_of(
    info: Info, records: list[strawberry.ID], as_of: datetime | None = None, locale: Locale = Locale.EN
) -> list[Assignment] | None:
    """Of tickets, leads and alerts by their `id`s, at most 100; those that no rule gave are left out."""
    context = info.context
    found = await assignments(
        context.store, records, as_of=moment(as_of) or await context.now(), viewer=context.viewer,
        language=locale.value,
    )  # fmt: skip
    return [Assignment.of(one) for one in found]
