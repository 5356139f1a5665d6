"""People of both sides, as they appear inside answers."""

from datetime import datetime
from types import MappingProxyType

import strawberry

from graph import absence
from graph.decision_chain.model import Cover, Member
from graph.departure import Presumed
from graph.profile.model import Colleague, Owner
from graphql_api.context import Context, Info
from graphql_api.execution.taken import Copied, Taken, shaped
from graphql_api.features.enums import Basis
from graphql_api.features.evidence import Evidence
from graphql_api.features.field import resolved
from graphql_api.features.review import Review, reviews_of


@strawberry.type(description="A person on the customer's side.")
class Contact(Taken):
    """Job values are those of the job at the customer that was asked about."""

    FROM = (Colleague, Member)

    contact_id: strawberry.ID
    name: str | None
    email: str | None
    phone: str | None
    mobile: str | None
    title: str | None
    department: str | None
    seniority: str | None

    @resolved(weight=4)
    async def may_be_same_as(self, info: Info) -> list[Review] | None:
        """Contacts who may be the same person, until somebody decides."""
        return await reviews_of(info.context, "Contact", self.contact_id)


@strawberry.type(description="A person on our side.")
class Employee(Taken):
    """One of our people."""

    FROM = (Cover,)

    employee_id: strawberry.ID
    name: str | None
    email: str | None
    team: str | None
    role: str | None

    @resolved(weight=2)
    async def away(self, info: Info) -> "Absence | None":
        """That the employee is away today, whatever day is read; null where they are there."""
        return await absence_of(info.context, self.employee_id)


@strawberry.type(description="Who stands in for somebody of us who is away.")
class StandIn:
    """One of our people; an `Employee` without what would lead on to further absences."""

    employee_id: strawberry.ID
    name: str | None
    email: str | None
    team: str | None
    role: str | None


@strawberry.type(
    description="That one of us is away, and who stands in; `until` is null where no end is known, "
    "`standIn` where nobody is named."
)
class Absence:
    """Of today."""

    since: datetime
    until: datetime | None
    stand_in: StandIn | None

    @classmethod
    def of(cls, found: absence.Away) -> "Absence":
        """From the domain's value."""
        return shaped(cls, found, stand_in=shaped(StandIn, found.stand_in) if found.stand_in else None)


async def absence_of(context: Context, employee_id: str) -> Absence | None:
    """That the employee is away today, read together with the others of the request."""
    fixed = {"moment": await context.now(), "viewer": context.viewer}
    found = await context.loaders.load(absence.away, employee_id, **fixed)
    return None if found is None else Absence.of(found)


@strawberry.type(
    description="That a person seems to have left a job whose end nobody recorded: mail bounces, or there is "
    "a job elsewhere."
)
class PresumedDeparture:
    """Gone since `since` at the earliest; `movedTo` is the id of the customer where the person works now."""

    since: datetime
    known_from: datetime
    basis: Basis
    confidence: float
    method: str | None
    evidence: list[Evidence]
    moved_to: strawberry.ID | None

    @classmethod
    def of_any(cls, presumed: Presumed | None) -> "PresumedDeparture | None":
        """From the domain's value, where there is one."""
        if presumed is None:
            return None
        evidence = Evidence.all_of(presumed.evidence)
        return shaped(cls, presumed, basis=Basis(presumed.basis), evidence=evidence)


@strawberry.type(description="A contact in a job at a customer.")
class Position(Taken):
    """Who works there, since when, and how we know."""

    FROM = (Colleague,)
    MADE = MappingProxyType({
        "contact": Copied(Contact),
        "basis": lambda colleague: Basis(colleague.basis) if colleague.basis else None,
        "departure": lambda colleague: PresumedDeparture.of_any(colleague.departure),
    })  # fmt: skip

    contact: Contact
    since: datetime
    basis: Basis
    confidence: float
    departure: PresumedDeparture | None


@strawberry.type(description="One of our people responsible for an account.")
class AccountOwner:
    """Who, and since when."""

    employee: Employee
    since: datetime

    @classmethod
    def of(cls, owner: Owner) -> "AccountOwner":
        """From the domain's value."""
        return cls(employee=Employee.of(owner), since=owner.since)
