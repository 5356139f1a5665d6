"""Keyset pages: each continues after the last key that was seen, whatever rows came or went meanwhile."""

import strawberry

from graphql_api.limits import costs
from graphql_api.types.customer import Customer
from graphql_api.types.enums import MatchedBy


@strawberry.type(description="Where a page ends.")
class PageInfo:
    """`endCursor` goes into `after` of the next request."""

    has_next_page: bool
    end_cursor: str | None


@strawberry.type(description="A page of customers, in a fixed order.")
class CustomerConnection:
    """There is no count of all: it would have to read them all."""

    nodes: list[Customer] = strawberry.field(metadata=costs(many=1))
    page_info: PageInfo


@strawberry.type(description="A customer that answers to a text, and by what.")
class AccountMatch:
    """`score` runs from 0 to 1; the first match is the one that `account` takes."""

    customer: Customer
    by: MatchedBy
    score: float
