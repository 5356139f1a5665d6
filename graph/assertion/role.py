"""A user says who plays which part in a decision; it counts at once."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, get_args

from graph.decision_chain.model import DecisionChain
from graph.decision_chain.read import chain
from graph.decision_chain.refresh import refresh
from graph.errors import NotFound, UsageError
from graph.facts import fact_id
from graph.model import Role
from graph.plan import Ask, Plan, Row
from graph.tie.read import calibrated


class AssertionRefused(UsageError):
    """What was asserted cannot be true of these records, or its values are out of range."""


class NotAtCustomer(AssertionRefused):
    """The contact has no job at the customer that the role is about."""

    def __init__(self, contact_id: str) -> None:
        super().__init__(f"contact {contact_id} does not work at that customer")


@dataclass(frozen=True, slots=True)
class RoleAssertion:
    """The employee says: this contact plays this role, on one opportunity or for the customer as a whole.

    stance −2…+2 (against us … for us); influence 0…1. Exactly one of opportunity_id and customer_id is given.
    Ids are those that stand today (see `graph.resolve_id`).
    """

    employee_id: str
    contact_id: str
    role: str
    stance: int | None = None
    influence: float | None = None
    opportunity_id: str | None = None
    customer_id: str | None = None


def asserted(said: RoleAssertion, now: datetime) -> Plan[DecisionChain]:
    """Write the fact, close what the assertion replaces, find the gaps anew; the chain as it then stands.

    The fact, the closing and the change record are one transaction. Raises NotFound or AssertionRefused.
    """
    _in_range(said)
    rows = yield Ask("assertion.check", {
        "contact_id": said.contact_id, "opportunity_id": said.opportunity_id or "",
        "customer_id": said.customer_id or "", "employee_id": said.employee_id, "now": now.isoformat(),
    })  # fmt: skip
    customer_id = _customer(said, rows[0])
    kind = "customer" if said.opportunity_id is None else "opportunity"
    yield Ask(f"assertion.role_on_{kind}", _write(said, now), write=True)
    yield from refresh([customer_id], now, (yield from calibrated()))
    return (
        yield from chain(
            customer_id=customer_id, opportunity_id=said.opportunity_id, now=now, viewer=said.employee_id
        )
    )


def _in_range(said: RoleAssertion) -> None:
    if said.role not in get_args(Role):
        raise AssertionRefused(f"no role {said.role!r}; the roles are {', '.join(get_args(Role))}")
    if said.stance is not None and not -2 <= said.stance <= 2:
        raise AssertionRefused(f"stance {said.stance} is not between -2 and 2")
    if said.influence is not None and not 0.0 <= said.influence <= 1.0:
        raise AssertionRefused(f"influence {said.influence} is not between 0 and 1")
    if (said.opportunity_id is None) == (said.customer_id is None):
        raise AssertionRefused("say either the opportunity or the customer that the role is about")


def _customer(said: RoleAssertion, found: Row) -> str:
    """The customer that the assertion is about, after all records it names have been found."""
    if not found["employee"]:
        raise NotFound("Employee", said.employee_id)
    if found["contact_id"] is None:
        raise NotFound("Contact", said.contact_id)
    if said.opportunity_id is not None and found["opportunity_id"] is None:
        raise NotFound("Opportunity", said.opportunity_id)
    if said.customer_id is not None and found["customer_id"] is None:
        raise NotFound("Customer", said.customer_id)
    buyers = found["sold_to"] if said.customer_id is None else [said.customer_id]
    if not set(buyers) & set(found["works_at"]):
        raise NotAtCustomer(said.contact_id)
    return str(next(buyer for buyer in buyers if buyer in found["works_at"]))


def _write(said: RoleAssertion, now: datetime) -> dict[str, Any]:
    target_label = "Customer" if said.opportunity_id is None else "Opportunity"
    target_id = said.customer_id if said.opportunity_id is None else said.opportunity_id
    source, key = f"user:{said.employee_id}", f"{said.role}|{said.stance}|{said.influence}"
    fact = fact_id("HAS_ROLE", said.contact_id, str(target_id), source, key, now)
    touched = [f"Contact:{said.contact_id}", f"{target_label}:{target_id}"]
    return {
        "contact_id": said.contact_id,
        "target_id": target_id,
        "fact_id": fact,
        "props": {
            "role": said.role, "stance": said.stance, "influence": said.influence, "basis": "asserted",
            "confidence": 1.0, "source": source, "source_key": key, "visibility": "company",
        },
        "now": now.isoformat(),
        "change": {"change_id": f"assert:{fact}", "actor": source, "entity_ids": touched},
    }  # fmt: skip
