"""The decision chain: members, links between them, gaps in our coverage."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from types import MappingProxyType

import strawberry

from graph.decision_chain import completeness
from graph.decision_chain import model as domain
from graph.decision_chain.read import chain_of_opportunity, chains
from graph.edge.answer import edge_answers
from graph.errors import NotFound, UsageError
from graphql_api.context import Context, Info, moment
from graphql_api.execution.measure import costs
from graphql_api.execution.taken import Copied, Taken, shaped
from graphql_api.features.edge import EdgeAnswer
from graphql_api.features.enums import Basis, DecisionRole, GapKind, Locale, RoleScope
from graphql_api.features.evidence import Evidence
from graphql_api.features.field import resolved
from graphql_api.features.people import Contact, Employee, PresumedDeparture


@strawberry.type(description="One of our people who knows a member of the chain.")
class Cover(Taken):
    """A tie, its strength (0…1) decayed to the day of reading."""

    FROM = (domain.Cover,)
    MADE = MappingProxyType({
        "employee": Copied(Employee),
        "evidence": lambda cover: Evidence.all_of(cover.evidence),
    })  # fmt: skip

    employee: Employee
    strength: float
    last_contact_at: datetime
    interactions: int
    evidence: list[Evidence]
    evidence_count: int


@strawberry.type(
    description="One person of the decision chain; `role` is null for a manager who holds no role."
)
class Member(Taken):
    """`stance` runs from −2 (against us) to +2 (for us), `influence` and `decision_power` from 0 to 1."""

    FROM = (domain.Member,)
    MADE = MappingProxyType({
        "contact": Copied(Contact),
        "role": lambda member: DecisionRole(member.role) if member.role else None,
        "other_roles": lambda member: _roles(member.other_roles),
        "scope": lambda member: RoleScope(member.scope) if member.scope else None,
        "basis": lambda member: Basis(member.basis) if member.basis else None,
        "evidence": lambda member: Evidence.all_of(member.evidence),
        "departure": lambda member: PresumedDeparture.of_any(member.departure),
        "covered_by": Copied(Cover, "covered_by"),
    })  # fmt: skip

    contact: Contact
    role: DecisionRole | None
    other_roles: list[DecisionRole]
    scope: RoleScope | None
    stance: int | None
    influence: float | None
    decision_power: float | None
    basis: Basis | None
    confidence: float | None
    method: str | None
    source: str | None
    since: datetime | None
    evidence: list[Evidence]
    evidence_count: int
    departure: PresumedDeparture | None
    covered_by: list[Cover] = strawberry.field(metadata=costs(many=5))


@strawberry.type(description="A relation between two people of the chain; `from` and `to` are contact ids.")
class Link:
    """`kind` is the relationship type: REPORTS_TO, INFLUENCES or CONFLICTS_WITH."""

    from_: strawberry.ID = strawberry.field(name="from")
    to: strawberry.ID
    from_contact: Contact | None
    to_contact: Contact | None
    kind: str
    basis: Basis
    confidence: float
    strength: float | None
    evidence: list[Evidence]
    evidence_count: int

    @classmethod
    def of(cls, link: domain.Link, people: Mapping[str, Contact]) -> "Link":
        """From the domain's value."""
        return shaped(
            cls,
            link,
            from_=strawberry.ID(link.from_id),
            to=strawberry.ID(link.to_id),
            from_contact=people.get(link.from_id),
            to_contact=people.get(link.to_id),
            basis=Basis(link.basis),
            evidence=Evidence.all_of(link.evidence),
        )


@strawberry.type(description="Something missing in our coverage of the chain.")
class Gap:
    """The same record stands as an alert in the graph."""

    kind: GapKind
    severity: str
    message: str = strawberry.field(deprecation_reason="Ask for `text(locale)`.")
    since: datetime
    contact_id: strawberry.ID | None
    alert_id: strawberry.ID
    evidence: list[Evidence]
    found: strawberry.Private[domain.Gap]

    @classmethod
    def of(cls, gap: domain.Gap) -> "Gap":
        """From the domain's value."""
        evidence = Evidence.all_of(gap.evidence)
        return shaped(cls, gap, kind=GapKind(gap.kind), evidence=evidence, found=gap)

    @resolved()
    def text(self, locale: Locale = Locale.EN) -> str:
        """The message in a language."""
        return self.found.text(locale.value)


@strawberry.type(description="The opportunity that a chain is about.")
class ChainOpportunity:
    """As it stands today."""

    opportunity_id: strawberry.ID
    name: str | None
    stage: str | None
    amount: float | None
    currency: str | None

    @classmethod
    def of(cls, chain: domain.DecisionChain) -> "ChainOpportunity | None":
        """From the domain's chain; None for the chain of an account as a whole."""
        if chain.opportunity_id is None:
            return None
        return shaped(cls, chain, name=chain.opportunity_name)


@strawberry.type(
    description="A role that the decision needs, or several of which one is enough, and who holds it."
)
class RequiredRole:
    """`covered`: a holder has a tie of at least `coveredFrom` with us; `inFavour`: a stance above 0."""

    roles: list[DecisionRole] = strawberry.field(metadata=costs(many=3))
    holders: list[strawberry.ID] = strawberry.field(metadata=costs(many=3))
    known: bool
    covered: bool
    in_favour: bool


@strawberry.type(
    description="How complete what we know of a decision is: shares (0 to 1) of the roles that a deal of its "
    "type needs. `dealType` is null for an account without an open deal."
)
class Completeness:
    """By the playbook of required roles."""

    deal_type: str | None
    covered_from: float
    known: float
    covered: float
    in_favour: float
    required: list[RequiredRole] = strawberry.field(metadata=costs(many=6))

    @classmethod
    def of(cls, whole: completeness.Completeness) -> "Completeness":
        """From the domain's value."""
        required = [shaped(RequiredRole, one, roles=_roles(one.roles)) for one in whole.required]
        return shaped(cls, whole, required=required)


def _roles(names: Iterable[str]) -> list[DecisionRole]:
    return [DecisionRole(name) for name in names]


def _members(chain: "DecisionChain") -> Sequence[domain.Member]:
    return chain.chain.members


def _links(chain: "DecisionChain") -> list[Link]:
    people = {member.contact_id: Contact.of(member) for member in chain.chain.members}
    return [Link.of(link, people) for link in chain.chain.links]


def _gaps(chain: "DecisionChain") -> list[Gap]:
    return [Gap.of(gap) for gap in chain.chain.gaps]


@strawberry.type(description="Who decides: on an opportunity, or for the account when `opportunity` is null.")
class DecisionChain:
    """The chain as of one moment."""

    chain: strawberry.Private[domain.DecisionChain]
    customer_id: strawberry.ID
    opportunity: ChainOpportunity | None
    as_of: datetime

    @classmethod
    def of(cls, chain: domain.DecisionChain) -> "DecisionChain":
        """From the domain's value."""
        return shaped(cls, chain, chain=chain, opportunity=ChainOpportunity.of(chain))

    @resolved(many=20, ready=_members)
    def members(self) -> list[Member]:
        """People of the chain."""
        return [Member.of(member) for member in _members(self)]

    @resolved(many=30, ready=_links)
    def links(self) -> list[Link]:
        """What it is linked to."""
        return _links(self)

    @resolved(ready=_gaps)
    def gaps(self) -> list[Gap]:
        """What is missing."""
        return _gaps(self)

    @resolved(weight=10, many=30)
    async def edges(self, info: Info) -> list[EdgeAnswer] | None:
        """What each job, role, reporting line and tie of its members rests on, and what states otherwise."""
        found = await edge_answers(info.context.store, self.chain, viewer=info.context.viewer)
        return [EdgeAnswer.of(one) for one in found]

    @resolved(weight=4, name="completeness")
    async def completeness_of(self, info: Info) -> Completeness | None:
        """Which of the roles that the decision needs are known, covered by one of us, and in favour."""
        context = info.context
        return Completeness.of(await completeness.completeness(context.store, self.chain, context.required))


@resolved(weight=10)
async def decision_chain(
    info: Info,
    opportunity: strawberry.ID | None = None,
    customer: strawberry.ID | None = None,
    as_of: datetime | None = None,
) -> DecisionChain | None:
    """Who decides on an opportunity, or at a customer (then on its largest open opportunity)."""
    return await chain_of(info.context, opportunity, customer, as_of)


async def chain_of(
    context: Context, opportunity: str | None, customer: str | None, as_of: datetime | None
) -> DecisionChain:
    """The chain of an opportunity, or of a customer (largest open one, else the account); ids of any kind."""
    if opportunity is not None:
        return DecisionChain.of(await _of_opportunity(context, opportunity, customer, moment(as_of)))
    if customer is None:
        raise UsageError("say `opportunity` or `customer`")
    return DecisionChain.of(await of_customer(context, customer, moment(as_of)))


async def of_customer(context: Context, customer: str, as_of: datetime | None = None) -> domain.DecisionChain:
    """The customer's chain; within one request each is read once, and all of them together."""
    now = await context.now()

    async def read(customer_id: str) -> domain.DecisionChain | None:
        return await context.loaders.load(chains, customer_id, now=now, as_of=as_of, viewer=context.viewer)

    return await context.first_by("Customer", customer, read)


async def _of_opportunity(
    context: Context, opportunity: str, customer: str | None, as_of: datetime | None
) -> domain.DecisionChain:
    """The opportunity's chain; where a customer is named too, the opportunity must be that customer's."""
    now = await context.now()

    async def read(opportunity_id: str) -> domain.DecisionChain | None:
        return await chain_of_opportunity(
            context.store, opportunity_id=opportunity_id, now=now, as_of=as_of, viewer=context.viewer
        )

    found = await context.first_by("Opportunity", opportunity, read)
    if customer is not None and await context.resolve("Customer", customer) != found.customer_id:
        raise NotFound("Opportunity", opportunity)
    return found
