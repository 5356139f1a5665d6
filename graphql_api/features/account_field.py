"""The field `account` of what belongs to a customer."""

from typing import TYPE_CHECKING, Annotated, Any

import strawberry
from strawberry.types.field import StrawberryField

from graphql_api.context import Info
from graphql_api.execution.measure import costs

if TYPE_CHECKING:
    from graphql_api.features.customer import Customer

Account = Annotated["Customer", strawberry.lazy("graphql_api.features.customer")]


def account_field(description: str) -> StrawberryField:
    """The customer of a value with `customer_id`, as of its `as_of` where it has one."""

    async def account(self: Any, info: Info) -> Account | None:
        from graphql_api.features.customer import customer_of  # noqa: PLC0415 - a customer has these itself

        if self.customer_id is None:
            return None
        return await customer_of(info, self.customer_id, getattr(self, "as_of", None))

    return strawberry.field(account, description=description, metadata=costs(2))
