"""What would be otherwise if a contact left."""

from datetime import datetime
from typing import Annotated

import strawberry

from graph.score_view.model import RiskReason as StoredReason
from graph.what_if import model as domain
from graph.what_if.contact_leaves import Supposed, contact_leaves
from graphql_api.context import Info, moment
from graphql_api.execution.measure import costs
from graphql_api.execution.taken import shaped
from graphql_api.features.decision_chain import Completeness, Gap
from graphql_api.features.enums import Band, Locale
from graphql_api.features.evidence import Evidence
from graphql_api.features.field import resolved
from graphql_api.features.introduction import Introduction


@strawberry.type(
    description="How we stand at an account: who of the chain we know, what is missing, the ways."
)
class Situation:
    """`covered` are members with a tie that counts, `knownBy` who of us has one; `ways` to who decides."""

    members: int
    covered: list[strawberry.ID] = strawberry.field(metadata=costs(many=10))
    known_by: list[strawberry.ID] = strawberry.field(metadata=costs(many=10))
    deciders: list[strawberry.ID] = strawberry.field(metadata=costs(many=3))
    completeness: Completeness
    gaps: list[Gap] = strawberry.field(metadata=costs(many=8))
    ways: list[Introduction] = strawberry.field(metadata=costs(many=3))

    @classmethod
    def of(cls, found: domain.Situation) -> "Situation":
        """From the domain's value."""
        return shaped(
            cls,
            found,
            members=len(found.chain.members),
            completeness=Completeness.of(found.completeness),
            gaps=[Gap.of(gap) for gap in found.gaps],
            ways=[Introduction.of(way) for way in found.ways],
        )


@strawberry.type(description="A reason of the risk that rests on the account's people.")
class RiskPart:
    """`contribution` is signed, in log-odds."""

    contribution: float
    evidence: list[Evidence]
    found: strawberry.Private[StoredReason]

    @classmethod
    def of(cls, reason: StoredReason) -> "RiskPart":
        """From the stored reason."""
        evidence = Evidence.all_of(f"{one.kind}:{one.id}" for one in reason.evidence)
        return shaped(cls, reason, evidence=evidence, found=reason)

    @resolved()
    def text(self, locale: Locale = Locale.EN) -> str:
        """It as a sentence; of a score that was kept as text only, that text."""
        return self.found.told(locale.value)


@strawberry.type(
    description="The churn score that stands, with its reasons that rest on people. It is not reckoned anew "
    "without the contact."
)
class RiskOfPeople:
    """Null where the account has no score."""

    probability: float
    band: Band
    of_people: list[RiskPart] = strawberry.field(metadata=costs(many=3))

    @classmethod
    def of(cls, risk: domain.RiskParts) -> "RiskOfPeople":
        """From the domain's value."""
        of_people = [RiskPart.of(one) for one in risk.of_people]
        return shaped(cls, risk, band=Band(risk.band), of_people=of_people)


@strawberry.type(description="An account with and without a contact; nothing is written.")
class WhatIf:
    """`newGaps` and `solvedGaps` are what the leaving opens and closes."""

    customer_id: strawberry.ID
    contact_id: strawberry.ID
    before: Situation
    after: Situation
    new_gaps: list[Gap] = strawberry.field(metadata=costs(many=5))
    solved_gaps: list[Gap] = strawberry.field(metadata=costs(many=5))
    risk: RiskOfPeople | None

    @classmethod
    def of(cls, found: domain.WhatIf) -> "WhatIf":
        """From the domain's value."""
        risk = found.risk
        return shaped(
            cls,
            found,
            before=Situation.of(found.before),
            after=Situation.of(found.after),
            new_gaps=[Gap.of(gap) for gap in found.new_gaps],
            solved_gaps=[Gap.of(gap) for gap in found.solved_gaps],
            risk=None if risk is None else RiskOfPeople.of(risk),
        )


@resolved(weight=120)
async def what_if(
    info: Info,
    account: strawberry.ID,
    leaver: Annotated[strawberry.ID, strawberry.argument(name="contactLeaves")],
    opportunity: strawberry.ID | None = None,
    first: int = 3,
    locale: Locale = Locale.EN,
    as_of: datetime | None = None,
) -> WhatIf | None:
    """Coverage, gaps, completeness and ways to who decides, with and without a contact; from the viewer."""
    context = info.context
    supposed = Supposed(
        await context.resolve("Customer", account),
        await context.resolve("Contact", leaver),
        None if opportunity is None else await context.resolve("Opportunity", opportunity),
        context.viewer,
        first,
    )
    found = await contact_leaves(
        context.store, supposed, now=await context.now(), viewer=context.viewer, required=context.required,
        language=locale.value, as_of=moment(as_of),
    )  # fmt: skip
    return WhatIf.of(found)
