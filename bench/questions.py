"""The three questions of the serving bench: as GraphQL asks them, and as bare Cypher answers them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from bench.bare.text import statement
from cypher import query
from graph.store.convert import moment

Answer = Any


@dataclass(frozen=True, slots=True)
class Subject:
    """A customer to ask about, on the data's own clock (ISO, UTC)."""

    customer_id: str
    name: str
    as_of: str


@dataclass(frozen=True, slots=True)
class Question:
    """One question both ways, and what must be equal in the two answers."""

    name: str
    graphql: str
    variables: Callable[[Subject], dict[str, Any]]
    bare: str
    params: Callable[[Subject], dict[str, Any]]
    served_key: Callable[[Answer], object]
    """From GraphQL's `data`."""
    bare_key: Callable[[list[dict[str, Any]], Subject], object]
    """From the bare rows."""


ACCOUNT = """query Account($match: String!) { account(match: $match) {
  customerId name shortName industry region city country
  contacts(first: 20) { contact { contactId name title } }
  churnRisk { probability band asOf } } }"""

CHAIN = """query Chain($customer: ID!) { decisionChain(customer: $customer) {
  opportunity { opportunityId name stage amount currency }
  members { contact { contactId name title } role stance influence basis confidence
    coveredBy { employee { employeeId name } strength lastContactAt } }
  links { from to kind basis confidence }
  gaps { kind severity message since } } }"""

RECOMMENDATIONS = """query Next($customer: ID!) { recommendations(customer: $customer, first: 5) {
  product { productId name family listPrice currency } rank probability
  reasons { text contribution path { kind id label } } modelId } }"""


def questions() -> tuple[Question, ...]:
    """`account`, `decisionChain` and `recommendations`."""
    return (
        Question(
            "account",
            ACCOUNT,
            lambda subject: {"match": subject.name},
            statement("account"),
            lambda subject: {"match": subject.name, "as_of": subject.as_of},
            lambda data: (data["account"]["customerId"], len(data["account"]["contacts"])),
            lambda rows, _: (rows[0]["id"], len(rows[0]["contacts"])),
        ),
        Question(
            "decisionChain",
            CHAIN,
            lambda subject: {"customer": subject.customer_id},
            query("chain.of").text,
            _chain_params,
            _served_roles,
            _bare_roles,
        ),
        Question(
            "recommendations",
            RECOMMENDATIONS,
            lambda subject: {"customer": subject.customer_id},
            statement("recommendations"),
            lambda subject: {"customer_id": subject.customer_id, "limit": 5},
            lambda data: [one["product"]["productId"] for one in data["recommendations"]],
            lambda rows, _: [row["suggestion"]["product_id"] for row in rows],
        ),
    )


def _served_roles(data: Answer) -> list[str]:
    members = data["decisionChain"]["members"]
    return _names(member["contact"]["contactId"] for member in members if member["role"])


def _bare_roles(rows: list[dict[str, Any]], subject: Subject) -> list[str]:
    holders = {role["contact_id"] for role in rows[0]["roles"]}
    return _names(
        p["contact_id"] for p in rows[0]["people"] if p["contact_id"] in holders and _works(p, subject)
    )


def _works(person: dict[str, Any], subject: Subject) -> bool:
    """Whether some job of the person at the customer goes on, or none is known; others left."""
    here = [job["valid_to"] for job in person["jobs"] if job["customer_id"] == subject.customer_id]
    return not here or any(end is None or moment(end).isoformat() > subject.as_of for end in here)


def _chain_params(subject: Subject) -> dict[str, Any]:
    target: dict[str, Any] = {"customer_id": subject.customer_id, "opportunity_id": None, "account": False}
    targets = [target | {"superiors": []}]
    return {"targets": targets, "as_of": subject.as_of, "viewer": "", "team": [], "derived": True}


def _names(ids: Any) -> list[str]:
    return sorted(set(ids))
