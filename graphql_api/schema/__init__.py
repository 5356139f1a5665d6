"""The schema: questions and the assertion."""

import strawberry
from strawberry.schema.config import StrawberryConfig

from graphql_api.schema.query import Query

schema = strawberry.Schema(query=Query, config=StrawberryConfig(auto_camel_case=True))

__all__ = ["schema"]
