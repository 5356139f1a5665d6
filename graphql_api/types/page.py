"""Keyset pages: each continues after the last key that was seen, whatever rows came or went meanwhile."""

from enum import Enum

import strawberry

from graphql_api.execution.measure import costs
from graphql_api.types.customer import Customer
from graphql_api.types.enums import MatchedBy


@strawberry.enum(description="By name, or by churn risk with the highest first.")
class CustomerOrder(Enum):
    """Values of `graph.profile.model.Order`."""

    NAME = "name"
    RISK = "risk"


@strawberry.input(description="Which customers; what is left out does not narrow.")
class CustomerFilter:
    """`text` is a part of the name; `band` that of the newest churn score."""

    industry: str | None = None
    region: str | None = None
    text: str | None = None
    band: str | None = None


@strawberry.type(description="Where a page ends.")
class PageInfo:
    """`endCursor` goes into `after` of the next request; it is null on the last page."""

    has_next_page: bool
    end_cursor: str | None


@strawberry.type(description="A page of customers; there is no count of all, it would have to read them all.")
class CustomerConnection:
    """Customers in a fixed order."""

    nodes: list[Customer] = strawberry.field(metadata=costs(many=1))
    page_info: PageInfo


@strawberry.type(description="A customer that answers to a text, and by what; `score` runs from 0 to 1.")
class AccountMatch:
    """The first match is the one that `account` takes."""

    customer: Customer
    by: MatchedBy
    score: float
