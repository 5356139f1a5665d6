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
from graph.parameters import parameters_as_of
from graph.service import GraphStore, Row

_RESTRICTION = {None: 0, "company": 0, "team": 1, "owner": 2}


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


async def assert_role(
    store: GraphStore, assertion: RoleAssertion, *, now: datetime, loaded_at: datetime
) -> DecisionChain:
    """Write the fact, close what the assertion replaces, find the gaps anew; the chain as it then stands.

    It is true from the company's `now`, which it does not move; `loaded_at` is the wall clock. The fact, the
    closing and the change record are one transaction. Raises NotFound or AssertionRefused.
    """
    _check_ranges(assertion)
    rows = await store.read(
        "assertion.check",
        contact_id=assertion.contact_id,
        opportunity_id=assertion.opportunity_id or "",
        customer_id=assertion.customer_id or "",
        employee_id=assertion.employee_id,
        viewer=assertion.employee_id,
        now=now.isoformat(),
    )
    job = _job(assertion, rows[0])
    customer_id = job["customer_id"]
    kind = "customer" if assertion.opportunity_id is None else "opportunity"
    written = _fact(assertion, job, now, loaded_at)
    await store.write(f"assertion.role_on_{kind}", **written)
    await refresh(store, [customer_id], now, (await parameters_as_of(store, now)).calibration)
    return await chain(
        store,
        customer_id=customer_id,
        opportunity_id=assertion.opportunity_id,
        now=now,
        viewer=assertion.employee_id,
    )


def _check_ranges(assertion: RoleAssertion) -> None:
    if assertion.role not in get_args(Role):
        raise AssertionRefused(f"no role {assertion.role!r}; the roles are {', '.join(get_args(Role))}")
    if assertion.stance is not None and not -2 <= assertion.stance <= 2:
        raise AssertionRefused(f"stance {assertion.stance} is not between -2 and 2")
    if assertion.influence is not None and not 0.0 <= assertion.influence <= 1.0:
        raise AssertionRefused(f"influence {assertion.influence} is not between 0 and 1")
    if (assertion.opportunity_id is None) == (assertion.customer_id is None):
        raise AssertionRefused("say either the opportunity or the customer that the role is about")


def _job(assertion: RoleAssertion, named: Row) -> Row:
    """The job at the customer that the assertion is about; of several the one that most of us may see.

    Raises what is wrong with the records that the assertion names.
    """
    if not named["employee"]:
        raise NotFound("Employee", assertion.employee_id)
    if named["contact_id"] is None:
        raise NotFound("Contact", assertion.contact_id)
    if assertion.opportunity_id is not None and named["opportunity_id"] is None:
        raise NotFound("Opportunity", assertion.opportunity_id)
    if assertion.customer_id is not None and named["customer_id"] is None:
        raise NotFound("Customer", assertion.customer_id)
    buyers = named["sold_to"] if assertion.customer_id is None else [assertion.customer_id]
    jobs = [job for job in named["jobs"] if job["customer_id"] in buyers]
    if not jobs:
        raise NotAtCustomer(assertion.contact_id)
    return min(jobs, key=lambda job: (_RESTRICTION[job["visibility"]], buyers.index(job["customer_id"])))


def _fact(assertion: RoleAssertion, job: Row, now: datetime, loaded_at: datetime) -> dict[str, Any]:
    """The role, as visible as the job that it rests on: who may not know of the job learns of neither."""
    target_label = "Customer" if assertion.opportunity_id is None else "Opportunity"
    target_id = assertion.customer_id if assertion.opportunity_id is None else assertion.opportunity_id
    source, key = (
        f"user:{assertion.employee_id}",
        f"{assertion.role}|{assertion.stance}|{assertion.influence}",
    )
    fact = fact_id("HAS_ROLE", assertion.contact_id, str(target_id), source, key, now)
    touched = [f"Contact:{assertion.contact_id}", f"{target_label}:{target_id}"]
    return {
        "contact_id": assertion.contact_id,
        "viewer": assertion.employee_id,
        "target_id": target_id,
        "fact_id": fact,
        "props": {
            "role": assertion.role, "stance": assertion.stance, "influence": assertion.influence,
            "basis": "asserted", "confidence": 1.0, "source": source, "source_key": key,
            "visibility": job["visibility"] or "company", "owner_id": job["owner_id"],
        },
        "now": now.isoformat(),
        "loaded_at": loaded_at.isoformat(),
        "change": {
            "change_id": f"assert:{fact}:{loaded_at.isoformat()}", "actor": source, "entity_ids": touched,
        },
    }  # fmt: skip
