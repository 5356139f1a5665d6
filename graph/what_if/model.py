"""A customer with and without a contact, as values."""

from dataclasses import dataclass
from datetime import datetime

from graph.decision_chain.completeness import Completeness
from graph.decision_chain.model import DecisionChain, Gap
from graph.introduction.model import Introduction
from graph.score_view.model import RiskReason


@dataclass(frozen=True, slots=True)
class Situation:
    """How we stand: the chain, who of its members one of us knows well enough to count, what is missing.

    known_by: those of us who know any member so, by id. ways: to who decides, the best first.
    """

    chain: DecisionChain
    covered: tuple[str, ...]
    known_by: tuple[str, ...]
    gaps: tuple[Gap, ...]
    completeness: Completeness
    deciders: tuple[str, ...]
    ways: tuple[Introduction, ...]


@dataclass(frozen=True, slots=True)
class RiskParts:
    """The score that stands, and its reasons that rest on people or name the contact.

    It is not reckoned anew: a model learns from the past of a customer, of which a departure is no part yet.
    """

    probability: float
    band: str
    as_of: datetime
    of_people: tuple[RiskReason, ...]


@dataclass(frozen=True, slots=True)
class WhatIf:
    """With and without the contact; `new_gaps` and `solved_gaps` are what the leaving opens and closes."""

    customer_id: str
    contact_id: str
    as_of: datetime
    before: Situation
    after: Situation
    new_gaps: tuple[Gap, ...]
    solved_gaps: tuple[Gap, ...]
    risk: RiskParts | None
    """None for a customer without a score."""
