"""Every edge of a chain answers for itself; conflicts between sources are adopted or dismissed."""

from datetime import datetime
from enum import Enum
from functools import partial

import strawberry

from graph.edge import model as domain
from graph.writing.conflict import ConflictWords, resolve_conflict
from graphql_api.context import Info
from graphql_api.execution.measure import costs
from graphql_api.execution.taken import shaped
from graphql_api.features.enums import Basis
from graphql_api.features.evidence import Evidence
from graphql_api.features.field import resolved
from graphql_api.features.written import WriteResult, written


@strawberry.enum(description="What an edge of a chain says of a contact.")
class EdgeKind(Enum):
    """Values of `graph.edge.model.EdgeKind`."""

    JOB = "job"
    ROLE = "role"
    REPORTING_LINE = "reporting_line"
    TIE = "tie"


@strawberry.type(
    description="One source's word on an edge; `value` is the title, the role, or the id of the superior or "
    "of one of us. `seenAt`: when the source last said so."
)
class EdgeStatement:
    """Dismissed by whom, when and why, where somebody did."""

    fact_id: strawberry.ID
    value: str | None
    source: str
    basis: Basis
    confidence: float
    method: str | None
    valid_from: datetime
    seen_at: datetime
    evidence: list[Evidence]
    dismissed_by: str | None
    dismissed_at: datetime | None
    dismissed_why: str | None

    @classmethod
    def of(cls, one: domain.Statement) -> "EdgeStatement":
        """From the domain's value."""
        return shaped(cls, one, basis=Basis(one.basis), evidence=Evidence.all_of(one.evidence))


@strawberry.type(
    description="What an edge rests on: who states it, how many independent sources do, when it was last "
    "seen, what states otherwise, and what was dismissed."
)
class EdgeAnswer:
    """`stale`: not seen for longer than its kind keeps."""

    kind: EdgeKind
    contact_id: strawberry.ID
    about: Evidence
    value: str | None
    sources: list[EdgeStatement] = strawberry.field(metadata=costs(many=3))
    corroborated: int
    last_seen_at: datetime
    stale: bool
    conflicts: list[EdgeStatement] = strawberry.field(metadata=costs(many=2))
    dismissed: list[EdgeStatement] = strawberry.field(metadata=costs(many=2))

    @classmethod
    def of(cls, answer: domain.EdgeAnswer) -> "EdgeAnswer":
        """From the domain's value."""
        return shaped(
            cls,
            answer,
            kind=EdgeKind(answer.kind),
            about=Evidence.of(answer.about),
            sources=[EdgeStatement.of(one) for one in answer.sources],
            conflicts=[EdgeStatement.of(one) for one in answer.conflicts],
            dismissed=[EdgeStatement.of(one) for one in answer.dismissed],
        )


@strawberry.enum(
    description="ADOPT: the viewer asserts the same, which then counts; DISMISS: it counts no more."
)
class ConflictResolution(Enum):
    """Values of `graph.writing.conflict.Resolution`."""

    ADOPT = "adopt"
    DISMISS = "dismiss"


@strawberry.input(
    description="A role or reporting line of a contact, by the fact's id; to dismiss it, `why` is needed."
)
class ResolveConflictInput:
    """`fact` is `factId` of an edge's statement."""

    key: strawberry.ID
    contact: strawberry.ID
    fact: strawberry.ID
    resolution: ConflictResolution
    why: str | None = None


@resolved(weight=60, name="resolveConflict")
async def resolve_conflict_field(info: Info, input: ResolveConflictInput) -> WriteResult:
    """Say which statement of a source holds, or that one does not; chains respect it at once."""
    words = ConflictWords(input.contact, input.fact, input.resolution.value, input.why)
    return await written(info.context, input.key, input.why, partial(resolve_conflict, words=words))
