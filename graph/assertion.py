"""A user says who plays which part in a decision; it counts at once."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import get_args
from uuid import uuid4

from cypher import template
from graph.decision_chain.model import DecisionChain
from graph.decision_chain.read import chain
from graph.model import NODES, Role
from graph.service import GraphStore
from graph.writing.author import Author
from graph.writing.errors import WriteRefused
from graph.writing.gaps import gaps_anew
from graph.writing.named import Named, named
from graph.writing.once import Outcome, Writing, once
from graph.writing.subject import customer_of


@dataclass(frozen=True, slots=True)
class RoleAssertion:
    """The employee says: this contact plays this role, on one opportunity or for the customer as a whole.

    stance −2…+2 (against us … for us); influence 0…1. Exactly one of opportunity_id and customer_id is given.
    Without a role the one that the contact has there is meant, with another stance. Ids may be of any kind.
    """

    employee_id: str
    contact_id: str
    role: str | None
    stance: int | None = None
    influence: float | None = None
    opportunity_id: str | None = None
    customer_id: str | None = None


@dataclass(frozen=True, slots=True)
class Asserted:
    """What was written, and the chain as it then stands."""

    outcome: Outcome
    chain: DecisionChain


async def assert_role(
    store: GraphStore,
    assertion: RoleAssertion,
    *,
    now: datetime,
    loaded_at: datetime,
    key: str | None = None,
    reason: str | None = None,
) -> DecisionChain:
    """Write the fact, close what the assertion replaces, find the gaps anew; the chain as it then stands.

    It is true from the company's `now`, which it does not move; `loaded_at` is the wall clock. The fact, the
    closing and the change record are one transaction. Without a `key` each statement is one of its own.
    Raises NotFound or WriteRefused.
    """
    author = Author(assertion.employee_id, key or uuid4().hex, now, loaded_at, reason)

    async def prepare() -> Writing:
        found = await _named(store, author, assertion)
        whole = replace(assertion, role=assertion.role or await _role_now(store, author, assertion, found))
        return _writing(author, whole, found)

    _check_ranges(assertion)
    await once(store, author, "assert_role", assertion, prepare)
    return await _anew(store, author, assertion)


async def retract_role(store: GraphStore, author: Author, assertion: RoleAssertion) -> Asserted:
    """End what was asserted of the contact's roles there; what records show or methods conclude counts again.

    Role, stance and influence of the assertion say nothing here. Raises VersionConflict where nothing is
    asserted.
    """

    async def prepare() -> Writing:
        found = await _named(store, author, assertion)
        contact_id = found.id("Contact", assertion.contact_id)
        label, target_id = _target(assertion, found)
        return Writing(
            "writing.retract",
            {"contact_id": contact_id, "end_id": target_id, "type": "HAS_ROLE", "viewer": author.employee_id},
            (f"Contact:{contact_id}", f"{label}:{target_id}"),
            "what was stated of the contact there",
        )

    _check_ranges(assertion)
    outcome = await once(store, author, "retract_role", assertion, prepare)
    return Asserted(outcome, await _anew(store, author, assertion))


def _check_ranges(assertion: RoleAssertion) -> None:
    if assertion.role is not None and assertion.role not in get_args(Role):
        raise WriteRefused(f"no role {assertion.role!r}; the roles are {', '.join(get_args(Role))}")
    if assertion.stance is not None and not -2 <= assertion.stance <= 2:
        raise WriteRefused(f"stance {assertion.stance} is not between -2 and 2")
    if assertion.influence is not None and not 0.0 <= assertion.influence <= 1.0:
        raise WriteRefused(f"influence {assertion.influence} is not between 0 and 1")
    if (assertion.opportunity_id is None) == (assertion.customer_id is None):
        raise WriteRefused("say either the opportunity or the customer that the role is about")


async def _named(store: GraphStore, author: Author, assertion: RoleAssertion) -> Named:
    asked = {
        "Contact": [assertion.contact_id],
        "Customer": [assertion.customer_id] if assertion.customer_id is not None else [],
        "Opportunity": [assertion.opportunity_id] if assertion.opportunity_id is not None else [],
    }
    return await named(store, author, asked)


def _target(assertion: RoleAssertion, found: Named) -> tuple[str, str]:
    """Label and id of what the role is about."""
    if assertion.opportunity_id is not None:
        return "Opportunity", found.id("Opportunity", assertion.opportunity_id)
    return "Customer", found.id("Customer", str(assertion.customer_id))


async def _role_now(store: GraphStore, author: Author, assertion: RoleAssertion, found: Named) -> str:
    """The role that the contact has there; raises WriteRefused where there is none."""
    contact_id = found.id("Contact", assertion.contact_id)
    standing = await _chain(store, author, assertion, found)
    for member in standing.members:
        if member.contact_id == contact_id and member.role is not None:
            return member.role
    raise WriteRefused("the contact has no role there yet; say the role, too")


def _writing(author: Author, assertion: RoleAssertion, found: Named) -> Writing:
    """The role, as visible as the job that it rests on: who may not know of the job learns of neither."""
    contact_id = found.id("Contact", assertion.contact_id)
    label, target_id = _target(assertion, found)
    buyers = [target_id] if label == "Customer" else found.sold_to(target_id)
    job = found.job(contact_id, buyers, author.now)
    key = f"{assertion.role}|{assertion.stance}|{assertion.influence}"
    fact = {
        **author.fact("HAS_ROLE", contact_id, target_id, key),
        "role": assertion.role, "stance": assertion.stance, "influence": assertion.influence,
        "visibility": job["visibility"] or "company", "owner_id": job["owner_id"],
    }  # fmt: skip
    return Writing(
        template("writing.state").render(type="HAS_ROLE", end=label, end_key=NODES[label].key),
        {
            "contact_id": contact_id,
            "end_id": target_id,
            "locked": [contact_id],
            "only": False,
            "fact": fact,
            "viewer": author.employee_id,
        },
        (f"Contact:{contact_id}", f"{label}:{target_id}"),
    )


async def _anew(store: GraphStore, author: Author, assertion: RoleAssertion) -> DecisionChain:
    found = await _named(store, author, assertion)
    customer_id = customer_of(found, assertion.customer_id, assertion.opportunity_id)
    await gaps_anew(store, [customer_id], author.now)
    return await _chain(store, author, assertion, found)


async def _chain(store: GraphStore, author: Author, assertion: RoleAssertion, found: Named) -> DecisionChain:
    opportunity = assertion.opportunity_id
    return await chain(
        store,
        customer_id=customer_of(found, assertion.customer_id, opportunity),
        opportunity_id=None if opportunity is None else found.id("Opportunity", opportunity),
        now=author.now,
        viewer=author.employee_id,
    )
