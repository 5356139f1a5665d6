"""Introductions: who can make one, and asking for it."""

from datetime import datetime
from enum import Enum
from functools import partial
from typing import Annotated

import strawberry

from graph.errors import UsageError
from graph.introduction import model as domain
from graph.introduction.find import Wanted, introductions, role_holders
from graph.introduction.requests import introduction_requests
from graph.writing.introduction import (
    DecisionWords,
    IntroductionWords,
    ask_introduction,
    decide_introduction,
)
from graphql_api.context import Context, Info, moment
from graphql_api.execution.measure import costs
from graphql_api.execution.taken import shaped
from graphql_api.features.decision_chain import of_customer
from graphql_api.features.enums import DecisionRole, Locale
from graphql_api.features.evidence import Evidence
from graphql_api.features.field import resolved
from graphql_api.features.interaction import InteractionKind
from graphql_api.features.warm_path import PathPerson
from graphql_api.features.written import WriteResult, written


@strawberry.enum(
    description="How two people of an introduction are connected: a tie; one team of ours; colleagues of "
    "today or of before; companies of one group; a referral of one of them, or between their companies."
)
class IntroductionLink(Enum):
    """Values of `graph.introduction.model.LinkKind`."""

    KNOWS = "knows"
    TEAM = "team"
    COLLEAGUE = "colleague"
    FORMER_COLLEAGUE = "former_colleague"
    REFERRED = "referred"
    GROUP = "group"
    REFERRED_COMPANY = "referred_company"


@strawberry.enum(description="What came of a request for an introduction.")
class IntroductionState(Enum):
    """Values of `graph.introduction.model.RequestState`."""

    ASKED = "asked"
    MADE = "made"
    DECLINED = "declined"


@strawberry.type(description="One link of an introduction, with why it counts.")
class IntroductionStep:
    """`at`: the last contact of a tie; else since when, of former colleagues until when."""

    kind: IntroductionLink
    from_: PathPerson = strawberry.field(name="from")
    to: PathPerson
    strength: float
    at: datetime | None
    why: str
    evidence: list[Evidence]

    @classmethod
    def of(cls, step: domain.IntroductionStep) -> "IntroductionStep":
        """From the domain's value."""
        return shaped(
            cls,
            step,
            kind=IntroductionLink(step.kind),
            from_=PathPerson.of(step.from_person),
            to=PathPerson.of(step.to_person),
            evidence=Evidence.all_of(step.evidence),
        )


@strawberry.type(description="A way from one of us to a contact.")
class Introduction:
    """`strength` is the product of the strengths of its steps, 0 to 1."""

    strength: float
    steps: list[IntroductionStep] = strawberry.field(metadata=costs(many=4))

    @classmethod
    def of(cls, found: domain.Introduction) -> "Introduction":
        """From the domain's value."""
        return cls(strength=found.strength, steps=[IntroductionStep.of(step) for step in found.steps])


@strawberry.type(description="Somebody of us asked for an introduction; `through` is whom they asked.")
class IntroductionRequest:
    """`interaction` is the talk by which it was made."""

    introduction_id: strawberry.ID
    state: IntroductionState
    contact_id: strawberry.ID
    contact_name: str | None
    asked_by: strawberry.ID
    asked_at: datetime
    through: Evidence
    note: str | None
    decided_by: str | None
    decided_at: datetime | None
    reason: str | None
    interaction: Evidence | None

    @classmethod
    def of(cls, request: domain.IntroductionRequest) -> "IntroductionRequest":
        """From the domain's value."""
        talk = request.interaction_id
        return shaped(
            cls,
            request,
            state=IntroductionState(request.state),
            through=Evidence.of(request.through),
            interaction=None if talk is None else Evidence.of(f"Interaction:{talk}"),
        )


@strawberry.input(
    description="From whom an introduction shall come: an employee (the viewer unless said otherwise), "
    "somebody of a team, or anybody of us."
)
class IntroductionFrom:
    """One of the three."""

    employee: strawberry.ID | None = None
    team: str | None = None
    anybody: bool = False


@strawberry.input(
    description="Asks `through`, `Employee:id` or `Contact:id`, for an introduction to `contact`."
)
class RequestIntroductionInput:
    """`note` is for whoever is asked."""

    key: strawberry.ID
    contact: strawberry.ID
    through: strawberry.ID
    note: str | None = None
    why: str | None = None


@strawberry.enum(description="How a request for an introduction ends.")
class IntroductionOutcome(Enum):
    """Values of `graph.writing.introduction.Decided`."""

    MADE = "made"
    DECLINED = "declined"


@strawberry.input(
    description="What came of a request: MADE writes the interaction of all three, on `channel`; DECLINED "
    "says why."
)
class DecideIntroductionInput:
    """By who asked, or the employee who was asked."""

    key: strawberry.ID
    introduction: strawberry.ID
    outcome: IntroductionOutcome
    channel: InteractionKind = InteractionKind.EMAIL
    why: str | None = None


@resolved(weight=60, name="introductions")
async def introductions_to(
    info: Info,
    to: strawberry.ID | None = None,
    account: strawberry.ID | None = None,
    role: DecisionRole = DecisionRole.DECISION_MAKER,
    from_: Annotated[IntroductionFrom | None, strawberry.argument(name="from")] = None,
    first: int = 5,
    locale: Locale = Locale.EN,
    as_of: datetime | None = None,
) -> list[Introduction] | None:
    """Who can introduce us to a contact, or to who holds a role at an account; `from` whom.

    As of a past day, who could with the ties, jobs and teams of that day.
    """
    context, day = info.context, moment(as_of)
    contacts = await _contacts(context, to, account, role, day)
    whom = from_ or IntroductionFrom()
    found = await introductions(
        context.store,
        Wanted(contacts, await _asker(context, whom), whom.team),
        now=await context.now(),
        as_of=day,
        first=first,
        viewer=context.viewer,
        language=locale.value,
    )
    return [Introduction.of(one) for one in found]


async def _contacts(
    context: Context, to: str | None, account: str | None, role: DecisionRole, as_of: datetime | None
) -> list[str]:
    if (to is None) == (account is None):
        raise UsageError("say either the contact, `to`, or the `account`")
    if to is not None:
        return [await context.resolve("Contact", to)]
    return list(role_holders(await of_customer(context, str(account), as_of), role.value))


async def _asker(context: Context, whom: IntroductionFrom) -> str | None:
    """The employee from whom it is to come; None for a team's or anybody's."""
    if sum([whom.employee is not None, whom.team is not None, whom.anybody]) > 1:
        raise UsageError("`from` is one of `employee`, `team` and `anybody`")
    if whom.team is not None or whom.anybody:
        return None
    if whom.employee is not None:
        return await context.resolve("Employee", whom.employee)
    if context.viewer is None:
        raise UsageError("this token belongs to no employee; say `from` whom the introduction shall come")
    return context.viewer


@resolved(weight=10, name="introductionRequests", many=20)
async def introduction_requests_field(
    info: Info, states: list[IntroductionState] | None = None
) -> list[IntroductionRequest] | None:
    """What the viewer asked for, and was asked for, the newest first; a service sees everybody's."""
    chosen = IntroductionState if states is None else states
    found = await introduction_requests(
        info.context.store,
        employee_id=info.context.viewer,
        states=[state.value for state in chosen],
        viewer=info.context.viewer,
    )
    return [IntroductionRequest.of(one) for one in found]


@resolved(weight=60)
async def request_introduction(info: Info, input: RequestIntroductionInput) -> WriteResult:
    """Ask somebody of us, or a contact, for an introduction to a contact."""
    words = IntroductionWords(input.contact, input.through, input.note)

    return await written(info.context, input.key, input.why, partial(ask_introduction, words=words))


@resolved(weight=60, name="decideIntroduction")
async def decide_introduction_field(info: Info, input: DecideIntroductionInput) -> WriteResult:
    """Say that an introduction was made, which ties those who took part, or declined, and why."""
    words = DecisionWords(input.introduction, input.outcome.value, input.channel.value, input.why)

    return await written(info.context, input.key, input.why, partial(decide_introduction, words=words))
