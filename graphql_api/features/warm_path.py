"""Warm paths: who can introduce us to whom."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

import strawberry

from graph.decision_chain.model import DecisionChain
from graph.errors import UsageError
from graph.warm_path import model as domain
from graph.warm_path.find import decision_makers, warm_paths
from graphql_api.context import Context, Info, moment
from graphql_api.execution.taken import shaped
from graphql_api.features.decision_chain import of_customer as chain_of_customer
from graphql_api.features.enums import DecisionRole, Locale
from graphql_api.features.evidence import Evidence
from graphql_api.features.field import resolved
from graphql_api.features.people import Absence, absence_of


@strawberry.type(description="A person on a path: ours (`Employee`) or a customer's (`Contact`).")
class PathPerson:
    """Who stands on a path; `company` is null for our own people."""

    person_id: strawberry.ID
    kind: str
    name: str | None
    title: str | None
    customer_id: strawberry.ID | None
    company: str | None

    @resolved(weight=2)
    async def away(self, info: Info) -> Absence | None:
        """That one of us is away today, and who stands in; null of contacts."""
        return await absence_of(info.context, self.person_id) if self.kind == "Employee" else None

    @classmethod
    def of(cls, person: domain.Person) -> "PathPerson":
        """From the domain's value."""
        return shaped(cls, person)


@strawberry.type(description="One tie of a path, with why it counts.")
class PathStep:
    """`strength` is that of the tie, 0…1; `kind` names the relationship type."""

    kind: str
    from_: PathPerson = strawberry.field(name="from")
    to: PathPerson
    strength: float
    interactions: int
    last_at: datetime
    why: str
    evidence: list[Evidence]

    @classmethod
    def of(cls, step: domain.Step) -> "PathStep":
        """From the domain's value."""
        return shaped(
            cls,
            step,
            kind="KNOWS",
            from_=PathPerson.of(step.from_person),
            to=PathPerson.of(step.to_person),
            evidence=Evidence.all_of(step.evidence),
        )


@strawberry.type(description="A chain of introductions.")
class WarmPath:
    """`strength` is the product of the strengths of its steps, 0…1."""

    strength: float
    steps: list[PathStep]

    @classmethod
    def of(cls, path: domain.WarmPath) -> "WarmPath":
        """From the domain's value."""
        return cls(strength=path.strength, steps=[PathStep.of(step) for step in path.steps])


From = strawberry.argument(name="from", description="An employee's id; the viewer unless said otherwise.")


@dataclass(frozen=True, slots=True)
class Asked:
    """From whom, how many, in which language, and as of which day."""

    start: str | None
    first: int
    locale: Locale
    as_of: datetime | None


@resolved(weight=20, name="warmPaths")
async def warm_paths_to(
    info: Info,
    to: strawberry.ID,
    from_: Annotated[strawberry.ID | None, From] = None,
    first: int = 3,
    locale: Locale = Locale.EN,
    as_of: datetime | None = None,
) -> list[WarmPath] | None:
    """Who can introduce us to a contact; as of a past day, who could over the ties of that day."""
    context = info.context
    asked = Asked(from_, first, locale, moment(as_of))
    return await _paths(context, [await context.resolve("Contact", to)], asked)


async def to_role(context: Context, customer_id: str, role: DecisionRole, asked: Asked) -> list[WarmPath]:
    """Paths to whoever holds the role in the customer's decision chain; none where nobody does."""
    chain = await chain_of_customer(context, customer_id, asked.as_of)
    return await _paths(context, _holders(chain, role), asked)


async def _paths(context: Context, contact_ids: Sequence[str], asked: Asked) -> list[WarmPath]:
    found = await warm_paths(
        context.store,
        employee_id=await _starting(context, asked.start),
        contact_ids=contact_ids,
        now=await context.now(),
        as_of=asked.as_of,
        first=asked.first,
        viewer=context.viewer,
        language=asked.locale.value,
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
