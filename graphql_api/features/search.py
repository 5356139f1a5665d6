"""Search as people type, over companies, people, products, deals and records."""

from enum import Enum

import strawberry

from graph.search import find
from graph.search.document import KINDS
from graphql_api.access.grant import Grant
from graphql_api.context import Info
from graphql_api.execution.measure import costs
from graphql_api.execution.taken import shaped
from graphql_api.features.field import resolved


@strawberry.enum(description="What can be found: records are orders, invoices, quotes, contracts, tickets …")
class SearchKind(Enum):
    """Values of `graph.search.Kind`."""

    COMPANY = "company"
    PERSON = "person"
    PRODUCT = "product"
    DEAL = "deal"
    RECORD = "record"


@strawberry.enum(
    description="What answered: a number or an address; the name as written, or without case, accents, legal "
    "form or place (SPELLING); its brand; pinyin; initials; its beginning or another part; the name a letter "
    "or two apart (SIMILAR); its words in another order."
)
class FoundBy(Enum):
    """Values of `graph.search.rank.By`."""

    NUMBER = "number"
    MAIL = "mail"
    DOMAIN = "domain"
    PHONE = "phone"
    NAME = "name"
    SHORT_NAME = "short_name"
    SPELLING = "spelling"
    PINYIN = "pinyin"
    BRAND = "brand"
    INITIALS = "initials"
    PREFIX = "prefix"
    PART = "part"
    SIMILAR = "similar"
    WORDS = "words"


@strawberry.type(description="A company that a hit belongs to; of a person with the title there.")
class HitCompany:
    """A person works or worked there; a deal or a record is with it; a company is its own."""

    customer_id: strawberry.ID
    name: str
    title: str | None


@strawberry.type(
    description="A node that answers. `label` and `nodeId` name it in the graph. `alike`: it answers as well "
    "as the first hit. `mayBe`: ids of other hits that may be records of the same company or person."
)
class SearchHit:
    """`score` runs from 0 to 1; `detail` is the city, mail address, team, family, stage or status."""

    label: str
    node_id: strawberry.ID
    kind: SearchKind
    name: str | None
    detail: str | None
    by: FoundBy
    score: float
    alike: bool
    may_be: list[strawberry.ID] = strawberry.field(metadata=costs(many=3))
    companies: list[HitCompany] = strawberry.field(metadata=costs(many=3))

    @classmethod
    def of(cls, hit: find.Hit, grant: Grant) -> "SearchHit":
        """From the domain's value as far as the grant goes; of a person `detail` is the mail address."""
        mask = grant.values.get(hit.label, {}).get("email") if hit.label == "Contact" else None
        without_doubles = grant.refuses(hit.label, "mayBeSameAs")
        return shaped(
            cls,
            hit,
            kind=SearchKind(hit.kind),
            by=FoundBy(hit.by),
            detail=hit.detail if mask is None else mask(hit.detail),
            may_be=[] if without_doubles else [strawberry.ID(one) for one in hit.may_be],
            companies=[shaped(HitCompany, one) for one in hit.companies],
        )


@strawberry.type(
    description="Hits, best first. `ambiguous`: another one answers as well as the first, so that the text "
    "does not say which is meant."
)
class SearchAnswer:
    """The other one may be beyond the hits that were asked for."""

    hits: list[SearchHit] = strawberry.field(metadata=costs(many=1))
    ambiguous: bool


@resolved(weight=5, name="search")
async def search_field(
    info: Info, text: str, first: int = 10, kinds: list[SearchKind] | None = None
) -> SearchAnswer | None:
    """What answers to a text as people type it: names misspelt or in pinyin, initials, numbers, addresses."""
    context = info.context
    answer = await find.search(
        context.store,
        context.finder,
        text=text,
        as_of=await context.now(),
        viewer=context.viewer,
        first=first,
        kinds=[kind.value for kind in kinds] if kinds else KINDS,
        without=context.grant.kinds,
    )
    hits = [SearchHit.of(hit, context.grant) for hit in answer.hits if not _guessed(hit, context.grant)]
    return SearchAnswer(hits=hits, ambiguous=answer.ambiguous)


def _guessed(hit: find.Hit, grant: Grant) -> bool:
    """Whether the hit would confirm an address or a number to whom addresses and numbers are not shown."""
    return (
        hit.label == "Contact" and hit.by in ("mail", "phone") and "email" in grant.values.get("Contact", {})
    )
