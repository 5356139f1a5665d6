"""The field `account` of what belongs to a customer."""

from typing import Any

import strawberry
from strawberry.types.field import StrawberryField
from strawberry.types.lazy_type import LazyType

from graphql_api.context import Info
from graphql_api.execution.measure import costs
from graphql_api.features.parts import selected_profile

# A customer has fields of the values that have this field: the name of its type breaks the circle of imports.
_ACCOUNT = LazyType[Any, Any]("Customer", "graphql_api.features.customer") | None


def account_field(description: str) -> StrawberryField:
    """The customer of a value with `customer_id`, as of its `as_of` where it has one."""

    async def account(self: Any, info: Info) -> Any:
        if self.customer_id is None:
            return None
        found = await selected_profile(info, self.customer_id, getattr(self, "as_of", None))
        customer: Any = info.schema.get_type_by_name("Customer")
        return customer.origin.of(*found)

    return strawberry.field(account, description=description, metadata=costs(2), graphql_type=_ACCOUNT)
