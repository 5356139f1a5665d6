"""The field `account` of what belongs to a customer."""

from typing import TYPE_CHECKING, Annotated, Any

import strawberry
from strawberry.types.field import StrawberryField

from graphql_api.context import Info
from graphql_api.execution.measure import costs
from graphql_api.features.parts import selected_profile

if TYPE_CHECKING:
    from graphql_api.features.customer import Customer

Account = Annotated["Customer", strawberry.lazy("graphql_api.features.customer")]


def account_field(description: str) -> StrawberryField:
    """The customer of a value with `customer_id`, as of its `as_of` where it has one."""

    async def account(self: Any, info: Info) -> Account | None:
        if self.customer_id is None:
            return None
        found = await selected_profile(info, self.customer_id, getattr(self, "as_of", None))
        return _customer(info).of(*found)

    return strawberry.field(account, description=description, metadata=costs(2))


def _customer(info: Info) -> "type[Customer]":
    """The type of the schema, which has fields of such values itself."""
    kind: Any = info.schema.get_type_by_name("Customer")
    return kind.origin  # type: ignore[no-any-return]  # as the schema was built
