"""Customers like a customer."""

import strawberry

from graph import similar_customers as domain
from graphql_api.execution.taken import shaped
from graphql_api.features.enums import Locale
from graphql_api.features.field import resolved


@strawberry.type(
    description="A customer whose vector lies near, by the last scoring; `similarity` is the cosine "
    "from the mean of all, −1 to 1."
)
class SimilarCustomer:
    """`products` counts those that both bought."""

    customer_id: strawberry.ID
    name: str
    similarity: float
    products: int
    found: strawberry.Private[domain.Similar]

    @classmethod
    def of(cls, found: domain.Similar) -> "SimilarCustomer":
        """From the domain's value."""
        return shaped(cls, found, found=found)

    @resolved()
    def why(self, locale: Locale = Locale.EN) -> str:
        """What both have in common."""
        return self.found.text(locale.value)
