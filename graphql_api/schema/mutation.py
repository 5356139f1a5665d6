"""Every statement that can be made."""

import strawberry

from graphql_api.context import Info
from graphql_api.resolvers import assertion
from graphql_api.types.assertion import AssertRoleInput, AssertRoleResult
from graphql_api.types.resolved import resolved


@strawberry.type(description="What users state; it counts at once.")
class Mutation:
    """Root fields."""

    @resolved(weight=50)
    async def assert_role(self, info: Info, input: AssertRoleInput) -> AssertRoleResult:
        """Say who plays which part in a decision; replaces what was asserted of that person there before."""
        return await assertion.assert_role(info.context, input)
