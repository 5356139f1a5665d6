"""A customer, the root of most questions."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import Annotated, Any

import strawberry

from graph.alert.model import EVERYBODY
from graph.alert.read import AlertPage, alerts_of_each
from graph.errors import NotFound
from graph.gap import gaps_of
from graph.item import FieldOf, ItemPage, attributes_of, items_of_each
from graph.portfolio import Portfolio
from graph.profile import search
from graph.profile.model import Match
from graph.profile.parts import Parts
from graph.profile.read import Profile, ProfileRequest, best_match, profiles
from graph.service import GraphStore
from graph.similar_customers import similar_customers
from graphql_api.context import Context, Info, moment
from graphql_api.execution.shape import Unsure
from graphql_api.execution.taken import shaped
from graphql_api.features import decision_chain, warm_path
from graphql_api.features.alert import AlertConnection, AlertFilter, asked, connection, selected
from graphql_api.features.decision_chain import DecisionChain
from graphql_api.features.enums import DecisionRole, Locale, MatchedBy
from graphql_api.features.field import each, resolved
from graphql_api.features.item import ItemConnection
from graphql_api.features.network import Network, network_of
from graphql_api.features.parts import (
    WithParts,
    listed_part_field,
    part_field,
    part_of,
    read_part,
    selected_profile,
    stand_ins_of,
    with_part,
)
from graphql_api.features.people import AccountOwner, Position
from graphql_api.features.profile import (
    Attribute,
    CustomerProfile,
    Health,
    InferredValue,
    Opportunity,
    Orders,
    Origin,
    Related,
    Segment,
    Tag,
    Tickets,
    told_gaps,
)
from graphql_api.features.record import told
from graphql_api.features.review import Review, reviews_of
from graphql_api.features.score import ChurnRisk, Recommendation
from graphql_api.features.selected import wanted
from graphql_api.features.similar import SimilarCustomer
from graphql_api.features.suppression import Suppression
from graphql_api.features.warm_path import From, WarmPath

_PART = 4


def _risk_read(customer: WithParts, **asked: Any) -> "ChurnRisk | None":
    """The risk that was read with the customer; raises Unsure for one as of another moment."""
    if asked["asOf"] is not None:
        raise Unsure
    return ChurnRisk.of_any(read_part(customer, "risk"))


def _recommendations_read(customer: WithParts, first: int) -> list[Recommendation]:
    """Those that were read with the customer; raises Unsure where others have to stand in."""
    found = read_part(customer, "suggestions")[:first]
    if not found:
        raise Unsure
    return each(Recommendation.of)(found)


@strawberry.type(
    description="A company that buys from us or might. Own values are as its sources said by `asOf`."
)
class Customer:
    """Answers below it are as of the moment that the customer was asked for."""

    as_of: strawberry.Private[datetime | None]
    parts: strawberry.Private[Parts]
    match: strawberry.Private[str | None]
    customer_id: strawberry.ID
    name: str
    short_name: str | None
    tax_id: str | None
    industry: str | None
    region: str | None
    city: str | None
    country: str | None
    employees: int | None
    revenue: float | None
    currency: str | None
    domains: list[str] | None
    website: str | None
    phone: str | None
    lifecycle_stage: str | None
    created_at: datetime | None

    @classmethod
    def of(cls, profile: Profile, request: ProfileRequest, match: str | None = None) -> "Customer":
        """From the parts that were read of it; `match` is the text that it answered to."""
        company = profile.parts["company"]
        return shaped(cls, company, as_of=request.as_of, parts=profile.parts, match=match)

    @resolved(weight=2)
    async def attributes(self, info: Info) -> list[Attribute] | None:
        """Values of your own, but for those that describe a person where the role sees no mail addresses."""
        stated = self.parts["company"].attributes
        declared = await info.context.loaders.load(_declared, self.customer_id) if stated else {}
        fields = {name: (declared or {}).get(name) for name, _ in stated}
        return [
            Attribute.of(name, value).declared(fields[name])
            for name, value in stated
            if told(fields[name], info.context.grant)
        ]

    @resolved(weight=_PART)
    async def other_matches(self, info: Info, first: int = 5) -> list["AccountMatch"] | None:
        """Other customers that answer just as well to the text asked for or, asked by an id, to its name."""
        request = await wanted(info, self.as_of, "customer")
        found = await search.other_matches(
            info.context.store,
            customer_id=self.customer_id,
            name=self.name,
            text=self.match,
            as_of=request.moment,
            first=first,
            finder=info.context.finder,
        )
        return await AccountMatch.all_of(info.context, found, request)

    @resolved(weight=_PART)
    async def may_be_same_as(self, info: Info) -> list[Review] | None:
        """Customers that may be the same company, until somebody decides."""
        return await reviews_of(info.context, "Customer", self.customer_id)

    tags = part_field("tags", list[Tag], each(Tag.of), "Tags it carries.", weight=2)

    segments = part_field(
        "segments", list[Segment], each(Segment.of), "Segments that it belongs to.", weight=2
    )

    @resolved(weight=2)
    async def profile(self, info: Info) -> CustomerProfile | None:
        """Lifecycle, RFM, rhythm and other figures of today; null as of a past day, and before a derive."""
        if self.as_of is not None:
            return None
        figures = (await with_part(info.context, self, "figures"))["figures"]
        return (
            None
            if figures is None
            else CustomerProfile.of(figures, self.customer_id, await info.context.now())
        )

    @resolved(weight=2)
    async def inferred(self, info: Info) -> list[InferredValue] | None:
        """Industry, country and domain where no source states them; none as of a past day."""
        figures = (await with_part(info.context, self, "figures"))["figures"]
        found = told_gaps(gaps_of(self.parts["company"], figures), info.context.grant)
        return [InferredValue.of(one) for one in found]

    health = part_field(
        "health", Health, Health.of, "How the relation is going, with what it was computed from."
    )

    contacts = listed_part_field("contacts", Position, Position.of, "People who work there.", weight=2)

    owners = part_field(
        "owners", list[AccountOwner], each(AccountOwner.of), "Our people responsible for the account."
    )

    related = listed_part_field("related", Related, Related.of, "Parent company, subsidiaries and partners.")

    tickets = part_field("tickets", Tickets, partial(shaped, Tickets), "Service in numbers.")

    orders = part_field("orders", Orders, Orders.of, "Orders in numbers.")

    opportunities = listed_part_field(
        "deals", Opportunity, partial(shaped, Opportunity), "Deals, newest first."
    )

    origins = listed_part_field(
        "origins", Origin, partial(shaped, Origin), "Source rows that its values came from."
    )

    @resolved(weight=10)
    async def decision_chain(
        self, info: Info, opportunity: strawberry.ID | None = None, as_of: datetime | None = None
    ) -> DecisionChain | None:
        """Who decides: on the opportunity named, else on the largest open one, else for the account."""
        moment = as_of or self.as_of
        return await decision_chain.chain_of(info.context, opportunity, self.customer_id, moment)

    @resolved(weight=20)
    async def warm_paths(
        self,
        info: Info,
        to: DecisionRole = DecisionRole.DECISION_MAKER,
        from_: Annotated[strawberry.ID | None, From] = None,
        first: int = 3,
        locale: Locale = Locale.EN,
    ) -> list[WarmPath] | None:
        """Who can introduce us to whoever holds a role; of a past day over the ties of that day."""
        asked = warm_path.Asked(from_, first, locale, self.as_of)
        return await warm_path.to_role(info.context, self.customer_id, to, asked)

    @resolved(weight=5, ready=_risk_read)
    async def churn_risk(self, info: Info, as_of: datetime | None = None) -> ChurnRisk | None:
        """How likely we are to lose it, and why."""
        if as_of is None:
            return ChurnRisk.of_any((await with_part(info.context, self, "risk"))["risk"])
        return ChurnRisk.of_any((await part_of(info.context, self.customer_id, "risk", as_of))["risk"])

    @resolved(weight=5, ready=_recommendations_read)
    async def recommendations(self, info: Info, first: int = 5) -> list[Recommendation] | None:
        """What to offer next, and why; best first."""
        found = (await with_part(info.context, self, "suggestions", first))["suggestions"]
        shown = found[:first] or await stand_ins_of(info.context, self.customer_id, self.as_of, first)
        return each(Recommendation.of)(shown)

    @resolved(weight=10)
    async def similar(self, info: Info, first: int = 5) -> list[SimilarCustomer] | None:
        """Customers like it by the last scoring, the nearest first, at most ten; of a past day none."""
        now = await info.context.now()
        if self.as_of is not None and self.as_of < now:
            return []
        found = await info.context.loaders.load(similar_customers, self.customer_id, now=now)
        return [SimilarCustomer.of(one) for one in (found or ())[:first]]

    @resolved(weight=5)
    async def suppressed_by(self, info: Info) -> list[Suppression] | None:
        """Why nothing is offered to it, or a product is not; empty where nothing is held back."""
        found = (await with_part(info.context, self, "suppressions"))["suppressions"]
        return [Suppression.of(one) for one in found]

    @resolved(weight=10)
    async def alerts(
        self,
        info: Info,
        first: int = 20,
        after: str | None = None,
        where: AlertFilter | None = None,
        locale: Locale = Locale.EN,
    ) -> AlertConnection | None:
        """What somebody of us should look at there, the gravest first."""
        asking = await asked(info.context, moment(self.as_of), locale)
        chosen = where or AlertFilter()
        page = await info.context.loaders.load(
            alerts_of_each, self.customer_id, selection=selected(EVERYBODY, chosen), asking=asking,
            first=first, after=after,
        )  # fmt: skip
        mine = selected(Portfolio(self.customer_id), chosen)
        return connection(info.context, mine, asking, page or AlertPage((), more=False))

    @resolved(weight=10)
    async def items(
        self, info: Info, kind: str | None = None, first: int = 20, after: str | None = None
    ) -> ItemConnection | None:
        """Objects of your own kinds, such as machines, that are linked to it, by name."""
        found = await info.context.loaders.load(
            items_of_each, self.customer_id, now=await info.context.now(), as_of=moment(self.as_of),
            viewer=info.context.viewer, kind=kind or "", first=first, after=after,
        )  # fmt: skip
        return ItemConnection.of(found or ItemPage((), more=False), info.context.grant)

    @resolved(weight=20)
    async def network(self, info: Info, first: int = 100) -> Network | None:
        """People, deals and companies around it, at most `first` of them."""
        return await network_of(info.context, self.customer_id, self.as_of, first)


@strawberry.type(description="A customer that answers to a text, and by what; `score` runs from 0 to 1.")
class AccountMatch:
    """The first match is the one that `account` takes."""

    customer: Customer
    by: MatchedBy
    score: float

    @classmethod
    async def all_of(
        cls, context: Context, matches: Sequence[Match], request: ProfileRequest
    ) -> list["AccountMatch"]:
        """From the domain's values, in their order."""
        customers = await customers_by_id(context, [one.customer_id for one in matches], request)
        return [
            cls(customer=customers[one.customer_id], by=MatchedBy(one.by), score=one.score) for one in matches
        ]


async def customers_by_id(
    context: Context, customer_ids: Sequence[str], request: ProfileRequest
) -> dict[str, Customer]:
    """Customers with the parts requested; ids that do not exist are left out."""
    if not customer_ids:
        return {}
    found = await profiles(context.store, customer_ids=customer_ids, request=request)
    return {customer_id: Customer.of(profile, request) for customer_id, profile in found.items()}


async def _declared(store: GraphStore, customer_ids: Sequence[str]) -> Mapping[str, Mapping[str, FieldOf]]:
    """What is declared of attributes of customers, which is the same for each."""
    return dict.fromkeys(customer_ids, await attributes_of(store, "Customer"))


@resolved(weight=3)
async def account(info: Info, match: str, as_of: datetime | None = None) -> Customer | None:
    """The customer that fits best, as people type it: by name, number, source's id, phone, domain."""
    request = await wanted(info, as_of)
    found = await best_match(info.context.store, text=match, request=request, finder=info.context.finder)
    if found is None:
        raise NotFound("Customer", match)
    return Customer.of(found, request, match)


@resolved(weight=2)
async def customer(info: Info, id: strawberry.ID, as_of: datetime | None = None) -> Customer | None:
    """One customer, by any of its ids."""
    return await customer_of(info, id, as_of)


async def customer_of(info: Info, id: str, as_of: datetime | None) -> Customer:
    """The customer of an id of any kind with the parts that this field selects; raises NotFound."""
    return Customer.of(*await selected_profile(info, id, as_of))
