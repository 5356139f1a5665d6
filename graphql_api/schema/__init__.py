"""The schema: questions, and what users state."""

import strawberry

from graphql_api.schema.mutation import Mutation
from graphql_api.schema.query import Query

schema = strawberry.Schema(query=Query, mutation=Mutation)

__all__ = ["schema"]
