"""How close inferred roles and decision power come to the parts that the simulation planted."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from gnn.evaluate.classification import auc
from graph.buying_role.weights import DECIDES
from graph.decision_chain.model import DecisionChain, Member
from graph.title import read_title
from relgraph.demo.company import Company, simulated_key
from simulate.oracle import true_roles

NO_ROLE = "none"


@dataclass(frozen=True, slots=True)
class RoleScore:
    """F1 over all parts (micro) and the mean F1 of the roles (macro); no answer counts as a wrong one."""

    micro: float
    macro: float


@dataclass(frozen=True, slots=True)
class PowerScore:
    """Are those ranked first who decide: AUC of the decision power, and of the influence told by titles.

    Over the people who have a decision power; None where all of them decide, or nobody.
    """

    people: int
    power: float | None
    by_title: float | None


@dataclass(frozen=True, slots=True)
class Roles:
    """True parts in open deals that nobody stated, and how well each way of inferring finds them."""

    asked: int
    inferred: RoleScore
    by_title: RoleScore
    decision_power: PowerScore


def roles(deals: Sequence[DecisionChain], company: Company) -> Roles:
    """The roles and decision power of the members of the deals' chains, beside titles alone.

    Whom the truth gives no part in the deal is not counted.
    """
    true = true_roles(company.truth)
    asked = [
        one for chain in deals for one in _unstated(chain, true.get(simulated_key(chain.opportunity_id), {}))
    ]
    truth = [role for role, _ in asked]
    inferred = [(member.role if member else None) or NO_ROLE for _, member in asked]
    by_title = [read_title(member.title if member else None).role or NO_ROLE for _, member in asked]
    return Roles(len(asked), _scored(truth, inferred), _scored(truth, by_title), _power(asked))


def _unstated(
    chain: DecisionChain, true: Mapping[str, tuple[str, int]]
) -> Iterator[tuple[str, Member | None]]:
    """True role and member, if there is one, of everybody with a part in the deal that nobody stated."""
    members = {simulated_key(member.contact_id): member for member in chain.members}
    for contact, (role, _) in true.items():
        member = members.get(contact)
        if member is None or member.role is None or member.basis == "inferred":
            yield role, member


def _scored(truth: list[str], answered: list[str]) -> RoleScore:
    right = Counter(one for one, other in zip(truth, answered, strict=True) if one == other)
    known, given = Counter(truth), Counter(one for one in answered if one != NO_ROLE)
    of_role = [2 * right[role] / (known[role] + given[role]) for role in known]
    micro = 2 * right.total() / max(known.total() + given.total(), 1)
    return RoleScore(micro, sum(of_role) / max(len(of_role), 1))


def _power(asked: Sequence[tuple[str, Member | None]]) -> PowerScore:
    known = [
        (role in DECIDES, member.decision_power, read_title(member.title).influence or 0.0)
        for role, member in asked
        if member is not None and member.decision_power is not None
    ]
    if len({decides for decides, _, _ in known}) < 2:
        return PowerScore(len(known), None, None)
    decides, power, by_title = np.array(known, dtype=np.float64).T
    return PowerScore(len(known), auc(decides, power), auc(decides, by_title))
