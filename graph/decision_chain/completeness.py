"""How complete a decision is: which of the roles it needs are known, covered by one of us, and in favour."""

from collections.abc import Callable
from dataclasses import dataclass

from graph.decision_chain.model import DecisionChain, Member
from graph.decision_chain.required import RequiredRoles, default_required
from graph.model import Role
from graph.service import GraphStore, Row


@dataclass(frozen=True, slots=True)
class RoleState:
    """One required role, or several of which one is enough, and the contacts who hold it now."""

    roles: tuple[Role, ...]
    holders: tuple[str, ...]
    covered: bool
    in_favour: bool

    @property
    def known(self) -> bool:
        """Whether anybody holds it."""
        return bool(self.holders)


@dataclass(frozen=True, slots=True)
class Completeness:
    """Shares (0…1) of the required roles: known, covered by a tie of at least `covered_from`, in favour.

    deal_type: None for an account without an open deal.
    """

    deal_type: str | None
    covered_from: float
    required: tuple[RoleState, ...]

    @property
    def known(self) -> float:
        """Of which somebody is known who seems to be there still."""
        return self._share(lambda one: one.known)

    @property
    def covered(self) -> float:
        """Of which a holder has a tie with one of us."""
        return self._share(lambda one: one.covered)

    @property
    def in_favour(self) -> float:
        """Of which a holder has a stance above 0."""
        return self._share(lambda one: one.in_favour)

    def _share(self, holds: Callable[[RoleState], bool]) -> float:
        return sum(1 for one in self.required if holds(one)) / len(self.required)


async def completeness(
    store: GraphStore, chain: DecisionChain, required: RequiredRoles | None = None
) -> Completeness:
    """How complete the chain is; without a playbook by the one that comes with relgraph."""
    wanted = required or default_required()
    return assess(chain, await _deal_type(store, chain, wanted), wanted)


def assess(chain: DecisionChain, deal_type: str | None, required: RequiredRoles) -> Completeness:
    """The same of a chain whose deal's type is known; who seems to have left holds no role any more."""
    there = [member for member in chain.members if not member.seems_gone]
    states = tuple(_state(roles, there, required.covered_from) for roles in required.of(deal_type))
    return Completeness(deal_type, required.covered_from, states)


def _state(roles: tuple[Role, ...], there: list[Member], covered_from: float) -> RoleState:
    holders = [member for member in there if member.roles & set(roles)]
    return RoleState(
        roles,
        tuple(member.contact_id for member in holders),
        covered=any(cover.strength >= covered_from for one in holders for cover in one.covered_by),
        in_favour=any((member.stance or 0) > 0 for member in holders),
    )


async def _deal_type(store: GraphStore, chain: DecisionChain, required: RequiredRoles) -> str | None:
    if chain.opportunity_id is None:
        return None
    rows = await store.read(
        "completeness.deal", opportunity_id=chain.opportunity_id, as_of=chain.as_of.isoformat()
    )
    known: Row = rows[0] if rows else {"stated": None, "bought": False}
    stated = None if known["stated"] is None else str(known["stated"])
    return required.type_of(stated, bought=known["bought"])
