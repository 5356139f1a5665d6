"""Warm paths: who can introduce us to whom."""

from datetime import datetime

import strawberry

from graph.warm_path import model as domain
from graphql_api.types.evidence import Evidence
from graphql_api.types.shape import shaped


@strawberry.type(description="A person on a path: ours (`Employee`) or a customer's (`Contact`).")
class PathPerson:
    """Who stands on a path; `company` is null for our own people."""

    person_id: strawberry.ID
    kind: str
    name: str | None
    title: str | None
    customer_id: strawberry.ID | None
    company: str | None

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
