"""People of both sides, as they appear inside answers."""

from datetime import datetime

import strawberry

from graph.profile.model import Colleague, Owner
from graphql_api.features.enums import Basis
from graphql_api.features.field import shaped


@strawberry.type(description="A person on the customer's side.")
class Contact:
    """Job values are those of the job at the customer that was asked about."""

    contact_id: strawberry.ID
    name: str | None
    email: str | None
    phone: str | None
    mobile: str | None
    title: str | None
    department: str | None
    seniority: str | None


@strawberry.type(description="A person on our side.")
class Employee:
    """One of our people."""

    employee_id: strawberry.ID
    name: str | None
    email: str | None
    team: str | None
    role: str | None


@strawberry.type(description="A contact in a job at a customer.")
class Position:
    """Who works there, since when, and how we know."""

    contact: Contact
    since: datetime
    basis: Basis
    confidence: float

    @classmethod
    def of(cls, colleague: Colleague) -> "Position":
        """From the domain's value."""
        return shaped(cls, colleague, contact=shaped(Contact, colleague), basis=Basis(colleague.basis))


@strawberry.type(description="One of our people responsible for an account.")
class AccountOwner:
    """Who, and since when."""

    employee: Employee
    since: datetime

    @classmethod
    def of(cls, owner: Owner) -> "AccountOwner":
        """From the domain's value."""
        return cls(employee=shaped(Employee, owner), since=owner.since)
